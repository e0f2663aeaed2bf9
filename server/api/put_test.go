package api

import (
	"net/http"
	"testing"

	"example.com/multistage/items"
)

func TestPut(t *testing.T) {
	s := newService(t)
	item := s.create(t, "one")
	for _, tt := range []struct {
		body string
		want items.Draft
	}{
		{`{"name":"two","description":"d"}`, items.Draft{Name: "two", Description: "d"}},
		{`{"name":"three"}`, items.Draft{Name: "three"}},
	} {
		item.Name, item.Description, item.Version = tt.want.Name, tt.want.Description, item.Version+1
		resp := s.do(t, "PUT", itemPath(item.ID), tt.body, "Content-Type: application/json")
		s.wantItem(t, resp, item)
		if got := resp.Header.Get("Location"); got != "" {
			t.Errorf("Location: %s, which is for what was made", got)
		}
	}
	again := s.do(t, "PUT", itemPath(item.ID), `{"name":"three"}`, "Content-Type: application/json")
	s.wantItem(t, again, item) // nothing changes, and so neither does the version
}

// TestPutRefuses sends requests that must be refused and change nothing.
func TestPutRefuses(t *testing.T) {
	s := newService(t)
	item := s.create(t, "one")
	for _, tt := range []struct {
		path, mediaType, body string
		status                int
		places                []string
	}{
		{"/api/items/1", "application/json", `{"description":"d"}`, 422, []string{"/name"}},
		{"/api/items/1", "application/json", `{"name":"x","name":"y","id":1}`, 422, []string{"/name", "/id"}},
		{"/api/items/1", "application/json", `{"name":`, 400, []string{""}},
		{"/api/items/1", "application/json", ``, 400, []string{""}},
		{"/api/items/1", "application/merge-patch+json", `{"name":"x"}`, 415, nil},
		{"/api/items/2", "application/json", `{"name":"x"}`, 404, nil},
		{"/api/items/2", "application/json", `{"name":`, 404, nil},
		{"/api/items/01", "application/json", `{"name":"x"}`, 404, nil},
	} {
		t.Run(tt.path+" "+tt.body, func(t *testing.T) {
			wantProblem(t, s.do(t, "PUT", tt.path, tt.body, "Content-Type: "+tt.mediaType), tt.status, tt.places...)
		})
	}
	s.wantItem(t, s.do(t, http.MethodGet, itemPath(item.ID), ""), item)
}
