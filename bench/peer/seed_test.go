package peer

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestImportMustBeWhole holds that an import of which less became durable than was
// sent is an error.
func TestImportMustBeWhole(t *testing.T) {
	for _, test := range []struct {
		name, answer string
		whole        bool
	}{
		{"all", `{"line":3,"status":201,"id":3}` + "\n" + `{"done":true,"lines":3,"durable":3,"failed":0}`, true},
		{"refused", `{"done":true,"lines":3,"durable":2,"failed":1}`, false},
		{"stopped", `{"done":false,"lines":3,"durable":3,"failed":0,"status":503}`, false},
		{"cut off", `{"line":3,"status":201,"id":3}`, false},
		{"nothing", "", false},
		{"another", "<html>", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				io.Copy(io.Discard, r.Body)
				io.WriteString(w, test.answer)
			}))
			defer service.Close()
			if err := importItems(t.Context(), service.URL, 3); (err == nil) != test.whole {
				t.Error(err)
			}
		})
	}
}

// TestSeedMustEndWell holds that a process that fails to store drafts is an error.
func TestSeedMustEndWell(t *testing.T) {
	t.Setenv("ITEMS_TOKEN", "is not for a service that is seeded")
	for script, well := range map[string]bool{
		`cat >/dev/null; [ -z "$ITEMS_TOKEN" ]`: true,
		"cat >/dev/null":                        true,
		"cat >/dev/null; exit 1":                false,
		"exit 0":                                false, // reads nothing
	} {
		seed := seedBy(func(string) []string { return []string{"-c", script} })
		if err := seed(t.Context(), "/bin/sh", "", "", 100_000); (err == nil) != well {
			t.Errorf("%s: %v", script, err)
		}
	}
}
