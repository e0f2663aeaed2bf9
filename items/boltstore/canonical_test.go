package boltstore

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"example.com/multistage/items"
)

// FuzzCanonical compares with encoding/json: what is read fast is what that reads.
func FuzzCanonical(f *testing.F) {
	item := items.New(7, items.Draft{Name: "name", Description: "text"}, time.Now())
	form := string(item.AppendJSON(nil))
	f.Add("name", "text", int64(1), int64(1), int64(1<<50))
	f.Add("a \"b\"", "\\ \n", int64(items.MaxID), int64(0), int64(0))
	f.Add("\xff\u2028", "☃𝄞", int64(-1), int64(-5), int64(-1))
	f.Add(form, form[:40], int64(1<<62), int64(1<<53), int64(1))
	f.Fuzz(func(t *testing.T, name, description string, id, version, micros int64) {
		item := items.New(id, items.Draft{Name: name, Description: description}, time.UnixMicro(micros))
		item.Version = version
		if year := item.CreatedAt.Year(); year < 0 || year > 9999 {
			t.Skip("RFC 3339 has no such year")
		}
		form := item.AppendJSON(nil)
		var want items.Item
		if err := json.Unmarshal(form, &want); err != nil {
			t.Fatal(err)
		}
		if got, ok := readCanonical(form); ok && got != want {
			t.Errorf("%s is read as %+v, want %+v", form, got, want)
		}
		if got, ok := readCanonicalName(id, form); ok && string(got) != want.Name {
			t.Errorf("of %s the name is read as %q", form, got)
		}
		if got, ok := readCanonicalVersion(id, form); ok && got != want.Version {
			t.Errorf("of %s the version is read as %d", form, got)
		}
	})
}

func TestCanonical(t *testing.T) {
	item := items.New(7, items.Draft{Name: "Naïve <☃>", Description: "of usual length"}, time.Now())
	form := string(item.AppendJSON(nil))
	if got, ok := readCanonical([]byte(form)); !ok || got != item {
		t.Errorf("%s is read as %+v, %t", form, got, ok)
	}
	if name, ok := readCanonicalName(7, []byte(form)); !ok || string(name) != item.Name {
		t.Errorf("the name of %s is %q, %t", form, name, ok)
	}
	if version, ok := readCanonicalVersion(7, []byte(form)); !ok || version != item.Version {
		t.Errorf("the version of %s is %d, %t", form, version, ok)
	}
	if _, ok := readCanonicalVersion(8, []byte(form)); ok {
		t.Error("the version of another id is taken")
	}
	if _, ok := readCanonicalName(8, []byte(form)); ok {
		t.Error("the name of another id is taken")
	}
	for _, other := range []string{
		"", "{}", form + " ", form[:len(form)-1],
		strings.Replace(form, ":7", ":07", 1), strings.Replace(form, ":7", ":9007199254740992", 1),
		strings.Replace(form, ":7", ":", 1), strings.Replace(form, ":7", ": 7", 1),
		strings.Replace(form, "Na", `N\u0061`, 1), strings.Replace(form, `Z"`, `"`, 1),
	} {
		if got, ok := readCanonical([]byte(other)); ok {
			t.Errorf("%s is read as %+v", other, got)
		}
	}
	for i := range form {
		if _, ok := readCanonical([]byte(form[:i])); ok {
			t.Errorf("%s is read", form[:i])
		}
	}
}

func TestEscapesAreRead(t *testing.T) {
	s := newStore(t)
	want, err := s.Create(t.Context(), items.Draft{Name: `"a\`, Description: "b\n"})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"", `"A`, `\`} {
		page, err := s.List(t.Context(), items.Query{Name: part, Limit: 1})
		if err != nil || len(page.Items) != 1 || page.Items[0] != want {
			t.Errorf("List(%q) = %+v, %v; want %+v", part, page.Items, err, want)
		}
	}
}

// BenchmarkSearch looks at as many items as a call may, and finds none.
func BenchmarkSearch(b *testing.B) {
	s := newStore(b)
	drafts := make([]items.Draft, items.MaxExamined)
	for i := range drafts {
		drafts[i] = items.Draft{Name: fmt.Sprint("An item of usual length ", i), Description: strings.Repeat("x", 100)}
	}
	if _, err := s.CreateBatch(b.Context(), drafts); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if page, err := s.List(b.Context(), items.Query{Name: "none", Limit: 100}); err != nil || len(page.Items) != 0 {
			b.Fatal(page, err)
		}
	}
}
