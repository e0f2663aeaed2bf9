package items

import (
	"encoding/json"
	"testing"
	"time"
	"unicode/utf8"
)

func TestJSON(t *testing.T) {
	item := New(7, Draft{"a \"b\" \\ <é>", "\n\t\u2028"}, time.Date(2026, 11, 23, 20, 21, 0, 120_000_999, time.UTC))
	const want = `{"id":7,"name":"a \"b\" \\ <é>","description":"\n\t` + "\u2028" + `",` +
		`"created_at":"2026-11-23T20:21:00.120000Z","updated_at":"2026-11-23T20:21:00.120000Z","version":1}`
	if got := string(item.AppendJSON(nil)); got != want {
		t.Errorf("AppendJSON: %s\nwant %s", got, want)
	}
	if got := string(item.AppendJSON([]byte("x"))); got != "x"+want {
		t.Errorf("AppendJSON to x: %s", got)
	}
	var back Item
	if err := json.Unmarshal([]byte(want), &back); err != nil || back != item {
		t.Errorf("Unmarshal = %+v, %v; want %+v", back, err, item)
	}
}

// FuzzJSON checks that any text survives the JSON form, or becomes what
// encoding/json makes of invalid UTF-8.
func FuzzJSON(f *testing.F) {
	f.Add("name", "description", int64(1), int64(0))
	f.Add("\x00\x1f\x7f\"\\/", "\xff\xc3\xed\xa0\x80 \u2028\U0001d11e", int64(MaxID), int64(1<<50))
	f.Fuzz(func(t *testing.T, name, description string, id, micros int64) {
		at := time.UnixMicro(micros).UTC()
		if at.Year() < 0 || at.Year() > 9999 {
			t.Skip("RFC 3339 has no such year")
		}
		item := New(id, Draft{name, description}, at)
		form := item.AppendJSON(nil)
		if !utf8.Valid(form) {
			t.Fatalf("not UTF-8: %q", form)
		}
		var back Item
		if err := json.Unmarshal(form, &back); err != nil {
			t.Fatalf("%v: %s", err, form)
		}
		item.Name, item.Description = stdlib(t, name), stdlib(t, description)
		if back != item {
			t.Errorf("%+v became %+v", item, back)
		}
	})
}

// stdlib returns what encoding/json makes of a string on its way there and back.
func stdlib(t *testing.T, s string) (back string) {
	t.Helper()
	form, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(form, &back); err != nil {
		t.Fatal(err)
	}
	return back
}
