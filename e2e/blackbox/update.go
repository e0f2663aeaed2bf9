package blackbox

import (
	"fmt"
	"net/http"
	"syscall"
	"testing"
)

const mergePatch = "application/merge-patch+json"

func (c client) put(path, body string, headers ...string) answer {
	c.t.Helper()
	return c.do(http.MethodPut, path, body, append(headers, "Content-Type", "application/json")...)
}

func (c client) patch(path, body string, headers ...string) answer {
	c.t.Helper()
	return c.do(http.MethodPatch, path, body, append(headers, "Content-Type", mergePatch)...)
}

func (c client) delete(path string, headers ...string) answer {
	c.t.Helper()
	return c.do(http.MethodDelete, path, "", headers...)
}

// wantItem checks an answer with an item of these contents, and that reading it
// back gives the same.
func (c client) wantItem(got answer, name, description string, version int64) {
	c.t.Helper()
	got.wantStatus(c.t, http.StatusOK)
	got.wantHeader(c.t, "Content-Type", "application/json")
	got.wantHeader(c.t, "ETag", fmt.Sprintf(`"%d"`, version))
	it := decode[item](c.t, got)
	if it.Name != name || it.Description != description || it.Version != version || it.UpdatedAt.Before(it.CreatedAt) {
		c.t.Errorf("%s, want %q, %q in version %d", got.body, name, description, version)
	}
	if read := c.get(fmt.Sprint("/api/items/", it.ID)); read.body != got.body {
		c.t.Errorf("read back %s, want %s", read.body, got.body)
	}
}

func testUpdate(t *testing.T, service Service) {
	instance := service.Start(t)
	c := newClient(t, instance)
	c.create("one")
	c.wantItem(c.put("/api/items/1", `{"name":"two","description":"d"}`), "two", "d", 2)
	c.wantItem(c.put("/api/items/1", `{"name":"two"}`), "two", "", 3)
	c.wantItem(c.put("/api/items/1", `{"name":"two","description":""}`), "two", "", 3)
	c.wantItem(c.patch("/api/items/1", `{"description":"e"}`), "two", "e", 4)
	c.wantItem(c.patch("/api/items/1", `{"name":"three"}`), "three", "e", 5)
	c.wantItem(c.patch("/api/items/1", `{"description":null}`), "three", "", 6)
	c.wantItem(c.patch("/api/items/1", `{}`), "three", "", 6)

	c.put("/api/items/1", `{"description":"d"}`).wantProblem(t, http.StatusUnprocessableEntity, "/name")
	c.put("/api/items/1", `{"name":`).wantProblem(t, http.StatusBadRequest, "")
	c.put("/api/items/2", `{"name":"x"}`).wantProblem(t, http.StatusNotFound)
	c.patch("/api/items/1", `{"name":null,"colour":"red"}`).wantProblem(t, http.StatusUnprocessableEntity, "/name", "/colour")
	c.patch("/api/items/1", `[]`).wantProblem(t, http.StatusUnprocessableEntity, "")
	c.patch("/api/items/2", `{}`).wantProblem(t, http.StatusNotFound)
	got := c.do(http.MethodPatch, "/api/items/1", `{"name":"x"}`, "Content-Type", "application/json")
	got.wantProblem(t, http.StatusUnsupportedMediaType)
	got.wantHeader(t, "Accept-Patch", mergePatch)
	c.wantItem(c.get("/api/items/1"), "three", "", 6)

	instance.Signal(syscall.SIGKILL)
	instance.Wait()
	c = newClient(t, service.Start(t))
	c.wantItem(c.get("/api/items/1"), "three", "", 6)
}

func testDelete(t *testing.T, service Service) {
	instance := service.Start(t)
	c := newClient(t, instance)
	c.create("one")
	c.create("two")
	if got := c.delete("/api/items/2"); got.status != http.StatusNoContent || got.body != "" {
		t.Errorf("status %d, body %q", got.status, got.body)
	}
	c.delete("/api/items/2").wantProblem(t, http.StatusNotFound)
	instance.Signal(syscall.SIGKILL)
	instance.Wait()

	c = newClient(t, service.Start(t))
	c.get("/api/items/2").wantProblem(t, http.StatusNotFound)
	c.wantItem(c.get("/api/items/1"), "one", "", 1)
	if next := c.create("three"); next.ID != 3 {
		t.Errorf("id %d, want 3: that of a deleted item was given again", next.ID)
	}
}

func testPreconditions(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	writes := map[string]func(path string, headers ...string) answer{
		http.MethodPut:   func(path string, headers ...string) answer { return c.put(path, `{"name":"new"}`, headers...) },
		http.MethodPatch: func(path string, headers ...string) answer { return c.patch(path, `{"name":"new"}`, headers...) },
		http.MethodDelete: func(path string, headers ...string) answer {
			return c.delete(path, headers...)
		},
	}
	for method, write := range writes {
		for _, test := range []struct {
			header, value string
			holds         bool
		}{
			{"If-Match", `"1"`, true},
			{"If-Match", `"7", "1"`, true},
			{"If-Match", `*`, true},
			{"If-Match", `"2"`, false},
			{"If-Match", `W/"1"`, false},
			{"If-None-Match", `"2"`, true},
			{"If-None-Match", `W/"1"`, false},
			{"If-None-Match", `*`, false},
		} {
			t.Run(fmt.Sprint(method, " ", test.header, " ", test.value), func(t *testing.T) {
				path := fmt.Sprint("/api/items/", c.create("old").ID)
				got := write(path, test.header, test.value)
				if test.holds {
					if got.status != http.StatusOK && got.status != http.StatusNoContent {
						t.Errorf("status %d: %s", got.status, got.body)
					}
					return
				}
				got.wantProblem(t, http.StatusPreconditionFailed)
				got.wantHeader(t, "ETag", `"1"`)
				c.wantItem(c.get(path), "old", "", 1)
			})
		}
		write(fmt.Sprint("/api/items/", c.create("old").ID), "If-Match", "1").wantProblem(t, http.StatusBadRequest)
		write("/api/items/999", "If-Match", "*").wantProblem(t, http.StatusNotFound)
	}
}

func testRequireIfMatch(t *testing.T, service Service) {
	c := newClient(t, service.Start(t, "ITEMS_REQUIRE_IF_MATCH=true"))
	c.create("one")
	c.put("/api/items/1", `{"name":"x"}`).wantProblem(t, http.StatusPreconditionRequired)
	c.patch("/api/items/1", `{"name":"x"}`).wantProblem(t, http.StatusPreconditionRequired)
	c.delete("/api/items/1").wantProblem(t, http.StatusPreconditionRequired)
	c.wantItem(c.put("/api/items/1", `{"name":"two"}`, "If-Match", `"1"`), "two", "", 2)
	c.delete("/api/items/1", "If-Match", `"2"`).wantStatus(t, http.StatusNoContent)
}
