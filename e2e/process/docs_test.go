package process

import (
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/multistage/server/ops"
	"example.com/multistage/server/route"
)

// operating is the page of operators.
const operating = "../../docs/operating.md"

// rows returns the cells of the tables' rows under a heading of the page, by the
// first of them, without the marks of code.
func rows(t *testing.T, heading string) map[string][]string {
	t.Helper()
	page, err := os.ReadFile(operating)
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(page), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("%s has no section %q", operating, heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	rows := make(map[string][]string)
	for _, row := range regexp.MustCompile(`(?m)^\| (.*) \|$`).FindAllStringSubmatch(section, -1) {
		cells := strings.Split(strings.ReplaceAll(row[1], "`", ""), " | ")
		if strings.HasPrefix(row[1], "`") { // neither the head nor the line below it
			rows[cells[0]] = cells
		}
	}
	return rows
}

// wantSame holds that the page tells of just what there is.
func wantSame(t *testing.T, what string, told map[string][]string, there []string) {
	t.Helper()
	slices.Sort(there)
	if got := slices.Sorted(maps.Keys(told)); len(there) == 0 || !slices.Equal(got, there) {
		t.Errorf("%s tells of the %s %q, want %q", operating, what, got, there)
	}
}

// TestDocsTellOfEveryFlag compares the page with the help.
func TestDocsTellOfEveryFlag(t *testing.T) {
	p := start(t, nil, "-h")
	p.Wait()
	told := rows(t, "Settings")
	var flags []string
	flag := regexp.MustCompile(`(?m)^  (-\S+).*\[(\w+)\]\n((?:        .*\n)+)`)
	byDefault := regexp.MustCompile(`\(default (.*)\)\n$`)
	for _, match := range flag.FindAllStringSubmatch(p.stdout.String(), -1) {
		name, variable, usage := match[1], match[2], match[3]
		flags = append(flags, name)
		value := "none"
		if found := byDefault.FindStringSubmatch(usage); found != nil {
			value = found[1]
		}
		if cells := told[name]; len(cells) > 2 && (cells[1] != variable || cells[2] != value) {
			t.Errorf("%s: the page says %q, want %s and %s", name, cells, variable, value)
		}
	}
	wantSame(t, "flags", told, flags)
}

// TestDocsTellOfEveryMetric compares the page with what servers of both kinds of store
// expose. That the database is away does not matter.
func TestDocsTellOfEveryMetric(t *testing.T) {
	p := start(t, append(environment(t.TempDir()), adminSetting))
	create(t, p)
	_, ofFile := get(t, p.admin()+"/metrics")
	_, ofDatabase := get(t, start(t, append(awayEnvironment(), adminSetting)).admin()+"/metrics")
	told := rows(t, "Metrics")
	exposed := make(map[string]string) // types by name
	for _, match := range regexp.MustCompile(`(?m)^# TYPE (\S+) (\S+)$`).FindAllStringSubmatch(ofFile+ofDatabase, -1) {
		exposed[match[1]] = match[2]
	}
	for name, kind := range exposed {
		if cells := told[name]; len(cells) > 1 && cells[1] != kind {
			t.Errorf("%s: the page says %s, want %s", name, cells[1], kind)
		}
		if inFile, inDatabase := strings.Contains(ofFile, name), strings.Contains(ofDatabase, name); inFile && strings.HasPrefix(name, "items_store_connection") ||
			inDatabase && strings.HasPrefix(name, "items_database") {
			t.Errorf("%s is told of a file: %t, of PostgreSQL: %t", name, inFile, inDatabase)
		}
	}
	wantSame(t, "metrics", told, slices.Collect(maps.Keys(exposed)))
}

// TestDocsTellOfEveryEndpoint compares the page with the routes.
func TestDocsTellOfEveryEndpoint(t *testing.T) {
	for heading, routes := range map[string][]string{
		"Endpoints for machines": patterns(ops.Routes(nil, ops.Version{})),
		"The admin listener":     patterns(ops.AdminRoutes(nil, ops.Vars{}, nil, nil)),
	} {
		wantSame(t, "endpoints", rows(t, heading), routes)
	}
	p := start(t, append(environment(t.TempDir()), adminSetting))
	for endpoint := range rows(t, "The admin listener") {
		path := strings.NewReplacer("GET ", "", "/profile", "/profile?seconds=1").Replace(endpoint)
		if status, _ := get(t, p.admin()+path); status != http.StatusOK {
			t.Errorf("%s answers %d", endpoint, status)
		}
	}
}

// patterns returns the methods and paths of routes.
func patterns(routes []route.Route) []string {
	names := make([]string, len(routes))
	for i, r := range routes {
		names[i] = r.Method + " " + strings.TrimSuffix(r.Path, "{$}")
	}
	return names
}
