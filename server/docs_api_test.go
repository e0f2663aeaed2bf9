package main

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"

	"example.com/multistage/items"
)

// TestGuideHasEveryStatus holds that the table of statuses in docs/api.md is that of
// the contract.
func TestGuideHasEveryStatus(t *testing.T) {
	want := map[string]bool{"405": true} // of every path
	for _, operation := range readContract(t).operations() {
		for status := range operation.Responses.Codes.FromOldest() {
			want[status] = true
		}
	}
	got := rows(t, "status")
	for _, status := range slices.Sorted(maps.Keys(want)) {
		if got[status] == "" {
			t.Errorf("docs/api.md has no status %s", status)
		}
	}
	for _, status := range slices.Sorted(maps.Keys(got)) {
		if !want[status] {
			t.Errorf("docs/api.md has the status %s, the contract has not", status)
		}
	}
}

// TestGuideNamesEverything holds that docs/api.md names every parameter and every
// header of a response.
func TestGuideNamesEverything(t *testing.T) {
	c := readContract(t)
	guide := guide(t)
	named := func(name string) {
		if !regexp.MustCompile("`" + regexp.QuoteMeta(name) + "[`:]|" + regexp.QuoteMeta(name) + ": ").MatchString(guide) {
			t.Errorf("docs/api.md does not name %s", name)
		}
	}
	for op, operation := range c.operations() {
		for _, p := range c.parameters(op) {
			if p.In != "path" {
				named(p.Name)
			}
		}
		for _, response := range operation.Responses.Codes.FromOldest() {
			for name := range response.Headers.FromOldest() {
				if name != "Connection" { // HTTP/1.1 alone has it
					named(name)
				}
			}
		}
	}
}

// TestGuideHasTheLimits holds that docs/api.md tells the limits of the contract, and
// the contract those of the domain.
func TestGuideHasTheLimits(t *testing.T) {
	c := readContract(t)
	schema := func(name string) (from, to int64) {
		s := c.model.Components.Schemas.GetOrZero(name).Schema()
		if s.Maximum != nil {
			return int64(*s.Minimum), int64(*s.Maximum)
		}
		if s.MinLength != nil {
			from = *s.MinLength
		}
		if s.MaxLength != nil {
			return from, *s.MaxLength
		}
		return from, *s.MaxItems
	}
	parameter := func(op, name string) (from, to int64) {
		i := slices.IndexFunc(c.parameters(op), func(p *v3.Parameter) bool { return p.Name == name })
		if s := c.parameters(op)[i].Schema.Schema(); s.Maximum == nil {
			return *s.MinLength, *s.MaxLength
		} else {
			return int64(*s.Minimum), int64(*s.Maximum)
		}
	}
	limits := rows(t, "what")
	query := rows(t, "parameter")
	check := func(where, text string, from, to, domain int64) {
		t.Helper()
		if to != domain {
			t.Errorf("%s: the contract has %d, the service %d", where, to, domain)
		}
		if !strings.HasPrefix(text, span(from, to)) {
			t.Errorf("docs/api.md: %s is %q, want %s", where, text, span(from, to))
		}
	}
	from, to := schema("Name")
	check("a name", limits["a name"], from, to, items.MaxNameLen)
	from, to = schema("Description")
	check("a description", limits["a description"], from, to, items.MaxDescriptionLen)
	from, to = schema("ID")
	check("an id", limits["an id"], from, to, items.MaxID)
	_, to = schema("Faults")
	check("faults", limits["faults in one answer"], to, to, 32)
	from, to = parameter(opCreate, "Idempotency-Key")
	check("a key", limits["an `Idempotency-Key`"], from, to, items.MaxKeyLen)
	from, to = parameter(opList, "limit")
	check("limit", query["`limit`"], from, to, 1000)
	from, to = parameter(opList, "q")
	check("q", query["`q`"], from, to, 200)
	if hours := strconv.Itoa(int(items.KeyTTL.Hours())) + " hours"; !strings.Contains(limits["an `Idempotency-Key`"], hours) {
		t.Errorf("docs/api.md does not say that a key is remembered for %s", hours)
	}
	if examined := grouped(items.MaxExamined) + " items"; !strings.Contains(guide(t), examined) ||
		!strings.Contains(c.operations()[opList].Description, examined) {
		t.Errorf("docs/api.md or the contract does not say that a search looks at %s", examined)
	}
}

// span returns limits in the words of the guide.
func span(from, to int64) string {
	switch from {
	case 0:
		return "at most " + grouped(to)
	case to:
		return grouped(to)
	}
	return grouped(from) + " to " + grouped(to)
}

// grouped returns a number with commas between its thousands.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func guide(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// rows returns the table of docs/api.md whose first column has the given title: the
// second column by the first.
func rows(t *testing.T, title string) map[string]string {
	t.Helper()
	_, table, found := strings.Cut(guide(t), "| "+title+" | ")
	if !found {
		t.Fatalf("docs/api.md has no table of %s", title)
	}
	table, _, _ = strings.Cut(table, "\n\n")
	all := make(map[string]string)
	for _, line := range strings.Split(table, "\n")[2:] {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			t.Fatalf("docs/api.md has the row %q", line)
		}
		all[strings.TrimSpace(cells[1])] = strings.TrimSpace(cells[2])
	}
	return all
}
