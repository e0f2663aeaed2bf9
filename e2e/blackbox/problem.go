package blackbox

import (
	"net/http"
	"slices"
	"testing"
)

// problem is the body of every error (RFC 9457).
type problem struct {
	Type   string  `json:"type"`
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Detail string  `json:"detail"`
	Errors []fault `json:"errors"`
}

// fault is one thing wrong with a request, at a field of its body or at a
// parameter of its query.
type fault struct {
	Pointer   string `json:"pointer"`
	Parameter string `json:"parameter"`
	Detail    string `json:"detail"`
}

// wantProblem checks an error whose faults are at exactly these places, of which
// "" is the whole body.
func (a answer) wantProblem(t *testing.T, status int, places ...string) {
	t.Helper()
	a.wantStatus(t, status)
	a.wantHeader(t, "Content-Type", "application/problem+json")

	got := decode[problem](t, a)
	if got.Type != "about:blank" || got.Title != http.StatusText(status) || got.Status != status || got.Detail == "" {
		t.Errorf("incomplete problem: %s", a.body)
	}
	var at []string
	for _, fault := range got.Errors {
		at = append(at, fault.Pointer+fault.Parameter)
		if fault.Detail == "" {
			t.Errorf("no detail for %q: %s", fault.Pointer+fault.Parameter, a.body)
		}
	}
	slices.Sort(at)
	slices.Sort(places)
	if !slices.Equal(at, places) {
		t.Errorf("faults at %q, want %q: %s", at, places, a.body)
	}
}
