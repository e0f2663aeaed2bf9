package ops

import (
	"io"
	"net/http"
	"strings"

	"example.com/multistage/server/route"
)

// list returns the route of /, which has the paths of routes as text, a line each.
func list(routes []route.Route) route.Route {
	paths := ""
	for _, r := range routes {
		paths += strings.TrimSuffix(r.Path, "{$}") + "\n"
	}
	return route.Route{Method: http.MethodGet, Path: "/{$}", Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		io.WriteString(w, paths)
	})}
}
