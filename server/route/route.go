// Package route makes one handler of a table of routes.
package route

import (
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"example.com/multistage/server/problem"
)

// Route is one operation of the service.
type Route struct {
	// Method is an HTTP method; GET serves HEAD as well.
	Method string
	// Path is a path in the pattern language of [http.ServeMux].
	Path    string
	Handler http.Handler
}

// New returns a handler for the routes. It sets [http.Request.Pattern], and
// answers a path that no route has with 404 and a method that no route of the
// path has with 405, both as [problem.Problem].
//
// It panics when two routes conflict, as [http.ServeMux] does.
func New(routes []Route) http.Handler {
	mux := http.NewServeMux()
	methods := make(map[string][]string)
	for _, r := range routes {
		mux.Handle(r.Method+" "+r.Path, r.Handler)
		methods[r.Path] = append(methods[r.Path], r.Method)
	}
	for at, allowed := range methods {
		mux.Handle(at, methodNotAllowed(allowed))
	}
	mux.HandleFunc("/", notFound)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.RequestURI == "*" { // ServeMux answers it without a body
			problem.Write(w, problem.Problem{
				Status: http.StatusBadRequest,
				Detail: r.Method + " is about a path, not about the whole server.",
			})
			return
		}
		if !isClean(r.URL.Path) { // ServeMux answers it with a redirect that escapes twice
			notFound(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// isClean reports whether a path has no empty, "." or ".." elements.
func isClean(p string) bool {
	if strings.HasPrefix(p, "/") && !strings.Contains(p, "//") && !strings.Contains(p, "/.") {
		return true // as nearly all
	}
	clean := path.Clean("/" + p)
	return p == clean || p == clean+"/"
}

// methodNotAllowed answers all methods that are more special patterns of a path
// have left over.
func methodNotAllowed(methods []string) http.Handler {
	allowed := make(map[string]bool)
	for _, m := range methods {
		allowed[m] = true
	}
	if allowed[http.MethodGet] {
		allowed[http.MethodHead] = true
	}
	allow := strings.Join(slices.Sorted(maps.Keys(allowed)), ", ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", allow)
		problem.Write(w, problem.Problem{
			Status: http.StatusMethodNotAllowed,
			Detail: fmt.Sprintf("The method %s is not among those of this path: %s.", r.Method, allow),
		})
	})
}

func notFound(w http.ResponseWriter, r *http.Request) {
	problem.Write(w, problem.Problem{
		Status: http.StatusNotFound,
		Detail: "There is nothing at " + r.URL.Path + ".",
	})
}
