package api

import (
	"testing"

	"example.com/multistage/items"
)

// FuzzPlainDraft compares with the reader of all drafts: what is read fast is what
// that reads, and valid.
func FuzzPlainDraft(f *testing.F) {
	for _, body := range []string{
		`{"name":"a","description":"b"}`, " {\t\"description\" : \"b\" ,\r\n\"name\" : \"☃\" } ", `{"name":"a"}`, `{}`, `{"name":"a",}`,
		`{"name":"a","name":"b"}`, `{"name":"","name":"b"}`, `{"name":"a","description":"","description":"b"}`, `{"name":"a\n"}`,
		`{"name":"a"}}`, `{"name":"a"`, `{"name":1}`, `{"Name":"a"}`, `{"name":"a" "description":"b"}`, "{\"name\":\"\xff\"}", `[]`, ``,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, ok := plainDraft(body)
		if !ok {
			return
		}
		if detail := checkJSON(body); detail != "" {
			t.Fatalf("%q is read, which %s", body, detail)
		}
		if want, faults := parseDraft(body); got != want || len(faults) > 0 {
			t.Errorf("%q is read as %+v, want %+v, %+v", body, got, want, faults)
		}
	})
}

func TestPlainDraft(t *testing.T) {
	for body, want := range map[string]items.Draft{
		`{"name":"a","description":"b"}`:                       {Name: "a", Description: "b"},
		" {\"description\" : \"b c\",\r\n\t\"name\": \"☃\"}\n": {Name: "☃", Description: "b c"},
		`{"name":"a"}`: {Name: "a"},
	} {
		if got, ok := plainDraft([]byte(body)); !ok || got != want {
			t.Errorf("%s is read as %+v, %t", body, got, ok)
		}
	}
}

func BenchmarkDraft(b *testing.B) {
	body := []byte(`{"name":"Item number 000001","description":"A description that says some things about item 1"}`)
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			plainDraft(body)
		}
	})
	b.Run("any", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			checkJSON(body)
			parseDraft(body)
		}
	})
}
