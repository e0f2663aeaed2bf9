package api

import (
	"encoding/json"
	"strings"
	"testing"

	"example.com/multistage/items"
)

// FuzzMergePatch checks that a patch is either refused with a reason, or makes the
// draft that the algorithm of RFC 7396, section 2, makes of it.
func FuzzMergePatch(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"name":"x"}`, `{"description":null}`, `{"name":null}`, `{"name":"a","name":"b"}`, `{"id":null}`, `[]`, `null`,
		`{"description":"\ud834"}`, `{"description":{"a":null}}`, `{"\u006eame":"x"}`,
	} {
		f.Add("name", "description", seed)
	}
	f.Fuzz(func(t *testing.T, name, description, patch string) {
		before := items.Draft{Name: name, Description: description}
		if before.Validate() != nil || checkJSON([]byte(patch)) != "" {
			t.Skip("no stored item, or no JSON")
		}
		got, faults := mergePatch(before, []byte(patch))
		if len(faults) > 0 {
			for _, fault := range faults {
				if fault.Pointer == nil || *fault.Pointer != "" && !strings.HasPrefix(*fault.Pointer, "/") || fault.Detail == "" {
					t.Errorf("%s: fault %+v", patch, fault)
				}
			}
			return
		}
		if err := got.Validate(); err != nil {
			t.Errorf("%s made %+v: %v", patch, got, err)
		}
		var fields map[string]any
		if err := json.Unmarshal([]byte(patch), &fields); err != nil || fields == nil {
			t.Fatalf("%s was taken: %v", patch, err)
		}
		want := map[string]any{"name": name, "description": description}
		for field, value := range fields {
			if value == nil {
				delete(want, field)
			} else {
				want[field] = value
			}
		}
		if want["description"] == nil {
			want["description"] = ""
		}
		if len(want) != 2 || want["name"] != got.Name || want["description"] != got.Description {
			t.Errorf("%s made %+v, want %v", patch, got, want)
		}
	})
}
