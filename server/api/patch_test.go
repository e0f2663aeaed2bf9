package api

import (
	"net/http"
	"testing"

	"example.com/multistage/items"
)

const patchType = "Content-Type: application/merge-patch+json"

func TestPatch(t *testing.T) {
	s := newService(t)
	item := s.create(t, "one")
	for _, tt := range []struct {
		patch, name, description string
	}{
		{`{"description":"d"}`, "one", "d"},
		{`{"name":"two"}`, "two", "d"},
		{`{"description":null}`, "two", ""},
		{`{"name":"three","description":"e"}`, "three", "e"},
		{`{"name":"\u0041","description":""}`, "A", ""},
	} {
		item.Name, item.Description, item.Version = tt.name, tt.description, item.Version+1
		s.wantItem(t, s.do(t, "PATCH", itemPath(item.ID), tt.patch, patchType), item)
	}
	for _, nothing := range []string{`{}`, `{"name":"A"}`, `{"description":null}`} {
		s.wantItem(t, s.do(t, "PATCH", itemPath(item.ID), nothing, patchType), item)
	}
}

// TestPatchRefuses sends requests that must be refused and change nothing.
func TestPatchRefuses(t *testing.T) {
	s := newService(t)
	item := s.create(t, "one")
	for _, tt := range []struct {
		path, patch string
		status      int
		places      []string
	}{
		{"/api/items/1", `{"name":null}`, 422, []string{"/name"}},
		{"/api/items/1", `{"name":""}`, 422, []string{"/name"}},
		{"/api/items/1", `{"name":{"a":"b"}}`, 422, []string{"/name"}},
		{"/api/items/1", `{"description":"d","description":null}`, 422, []string{"/description"}},
		{"/api/items/1", `{"description":"\ud834"}`, 422, []string{"/description"}},
		{"/api/items/1", `{"version":null,"Name":"x"}`, 422, []string{"/version", "/Name"}},
		{"/api/items/1", `null`, 422, []string{""}},
		{"/api/items/1", `[{"op":"remove","path":"/name"}]`, 422, []string{""}},
		{"/api/items/1", `{"name":`, 400, []string{""}},
		{"/api/items/2", `{}`, 404, nil},
		{"/api/items/2", `{"name":null}`, 404, nil},
	} {
		t.Run(tt.path+" "+tt.patch, func(t *testing.T) {
			wantProblem(t, s.do(t, "PATCH", tt.path, tt.patch, patchType), tt.status, tt.places...)
		})
	}
	for _, mediaType := range []string{"application/json", "application/json-patch+json", "application/merge-patch+json; charset=latin1"} {
		resp := s.do(t, "PATCH", "/api/items/1", `{"name":"x"}`, "Content-Type: "+mediaType)
		if got := resp.Header.Get("Accept-Patch"); got != "application/merge-patch+json" {
			t.Errorf("Accept-Patch: %q", got)
		}
		wantProblem(t, resp, http.StatusUnsupportedMediaType)
	}
	s.wantItem(t, s.do(t, http.MethodGet, itemPath(item.ID), ""), item)
}

// TestPatchOfAChangedItem changes the item while the patch is made: both changes
// are kept.
func TestPatchOfAChangedItem(t *testing.T) {
	s := newService(t)
	item := s.create(t, "one")
	late := meddled(t, s, func() { s.update(t, item.ID, items.Draft{Name: "two"}) })
	item.Name, item.Description, item.Version = "two", "d", 3
	s.wantItem(t, late.do(t, "PATCH", itemPath(item.ID), `{"description":"d"}`, patchType), item)
}
