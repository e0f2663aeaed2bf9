package ops

import (
	"net/http"
	"strconv"

	"example.com/multistage/server/prom"
)

// other is the value of a label for all that would have a value of its own
// otherwise, such as the paths that no route has.
const other = "other"

// request is what requests are counted by.
type request struct {
	method string
	route  string // a pattern, never a path
	status int    // 0 of a response that was cut off
}

// newRequest returns what a request is counted by.
func newRequest(method, route string, status int) request {
	if route == "" {
		route = other
	}
	return request{knownMethod(method), route, status}
}

// Labels implements [prom.Labelled].
func (r request) Labels() string {
	status := "aborted"
	if r.status != 0 {
		status = strconv.Itoa(r.status)
	}
	return prom.Labels("method", r.method, "route", r.route, "status", status)
}

// knownMethod returns a method that the service or its wrappers know. All others
// are one, since a client can make up any number of them.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodOptions:
		return method
	}
	return other
}
