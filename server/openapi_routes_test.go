package main

import (
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"example.com/multistage/server/api"
	"example.com/multistage/server/ops"
	"example.com/multistage/server/web"
)

// TestContractHasEveryRoute holds that neither the contract nor the service has an
// operation that the other lacks. Files that pages load are no operations.
func TestContractHasEveryRoute(t *testing.T) {
	want := make(map[string]bool)
	log := slog.New(slog.DiscardHandler)
	for _, r := range slices.Concat(api.Routes(nil, log, api.Options{}), ops.Routes(nil, ops.Version{}), web.Routes()) {
		if !strings.HasPrefix(r.Path, "/static/") && r.Path != "/favicon.ico" {
			want[r.Method+" "+strings.TrimSuffix(r.Path, "{$}")] = true
		}
	}
	got := readContract(t).operations()
	for _, op := range slices.Sorted(maps.Keys(want)) {
		if got[op] == nil {
			t.Errorf("the service has %s, the contract has not", op)
		}
	}
	for _, op := range slices.Sorted(maps.Keys(got)) {
		if !want[op] {
			t.Errorf("the contract has %s, the service has not", op)
		}
	}
}

// TestOtherMethodsAreRefused sends to each path of the contract the methods that it
// has not there.
func TestOtherMethodsAreRefused(t *testing.T) {
	c := readContract(t)
	refused := c.model.Components.Responses.GetOrZero("MethodNotAllowed")
	w := newWorld(t, plain)
	said := newSeen()
	for path, item := range c.model.Paths.PathItems.FromOldest() {
		var ref map[string]string
		other := item.Extensions.GetOrZero("x-other-methods")
		if other == nil || other.Decode(&ref) != nil || ref["$ref"] != "#/components/responses/MethodNotAllowed" {
			t.Errorf("%s: x-other-methods is %v", path, ref)
		}
		allowed := methods(item.GetOperations().FromOldest())
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "BREW"} {
			if slices.Contains(allowed, method) {
				continue
			}
			r := request{method: method, target: strings.ReplaceAll(path, "{id}", "1")}
			resp := w.send(t, r)
			if resp.status != http.StatusMethodNotAllowed || resp.header.Get("Allow") != strings.Join(allowed, ", ") {
				t.Errorf("%s %s: %d, Allow: %q, want %q", method, path, resp.status, resp.header.Get("Allow"), allowed)
				continue
			}
			if err := c.checkHeaders(r.http(t, w.url), resp, refused); err != nil {
				t.Errorf("%s %s: %v", method, path, err)
			}
			media := refused.Content.GetOrZero(resp.mediaType())
			var body any
			if err := json.Unmarshal([]byte(resp.body), &body); err != nil || media == nil {
				t.Errorf("%s %s: %v: %s", method, path, err, resp.body)
				continue
			}
			if err := c.checkValue(media.Schema, body); err != nil {
				t.Errorf("%s %s: %v", method, path, err)
			}
			said.bodies[canonical(t, body)] = true
		}
	}
	checkSaid(t, "405", refused.Content.GetOrZero("application/problem+json"), said)
}

// methods returns the names of operations in the order of Allow, with HEAD beside
// GET.
func methods[T any](operations func(func(string, T) bool)) []string {
	var all []string
	for method := range operations {
		all = append(all, strings.ToUpper(method))
	}
	if slices.Contains(all, http.MethodGet) {
		all = append(all, http.MethodHead)
	}
	slices.Sort(all)
	return all
}
