package api

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"example.com/multistage/items"
)

func TestDelete(t *testing.T) {
	s := newService(t)
	first, second := s.create(t, "one"), s.create(t, "two")
	resp := s.do(t, "DELETE", itemPath(first.ID), "")
	if body, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusNoContent || len(body) != 0 {
		t.Errorf("%s, body %q", resp.Status, body)
	}
	if _, err := s.store.Get(t.Context(), first.ID); !errors.Is(err, items.ErrNotFound) {
		t.Errorf("after the answer: %v", err)
	}
	for _, path := range []string{itemPath(first.ID), "/api/items/3", "/api/items/x"} {
		wantProblem(t, s.do(t, "DELETE", path, ""), http.StatusNotFound)
	}
	s.wantItem(t, s.do(t, "GET", itemPath(second.ID), ""), second)
}
