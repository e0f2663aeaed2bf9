package wrap

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"example.com/multistage/server/route"
)

// notes is a [Meter] that writes down what it is told.
type notes []string

func (n *notes) Begin() { *n = append(*n, "begin") }

func (n *notes) End(method, route string, status int, took time.Duration) {
	*n = append(*n, fmt.Sprintf("%s %q %d %t", method, route, status, took > 0))
}

func TestMeasure(t *testing.T) {
	for name, tt := range map[string]struct {
		handler http.Handler
		want    string
	}{
		"route":           {route.New([]route.Route{{Method: "GET", Path: "/{name}", Handler: answer(418, "")}}), `GET "/{name}" 418 true`},
		"no route":        {route.New(nil), `GET "" 404 true`},
		"nothing written": {http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), `GET "" 200 true`},
		"cut off": {http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(200)
			panic(http.ErrAbortHandler)
		}), `GET "" 0 true`},
	} {
		t.Run(name, func(t *testing.T) {
			var got notes
			func() {
				defer func() { recover() }() // as net/http does
				serve(t, Measure(&got)(tt.handler))
			}()
			if want := []string{"begin", tt.want}; !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}
