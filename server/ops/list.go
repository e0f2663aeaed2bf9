package ops

import (
	"io"
	"net/http"
	"strings"

	"example.com/multistage/server/route"
)

// listOf serves the paths of routes as text, a line each.
func listOf(routes []route.Route) http.Handler {
	list := ""
	for _, r := range routes {
		list += strings.TrimSuffix(r.Path, "{$}") + "\n"
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		io.WriteString(w, list)
	})
}
