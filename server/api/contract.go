package api

import (
	_ "embed"
	"net/http"
	"strconv"

	"example.com/multistage/server/etag"
)

//go:embed openapi.yaml
var openAPI string

// contract serves GET /openapi.yaml: what the API promises, for programs.
func contract() http.Handler {
	tag := etag.Of([]byte(openAPI))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("ETag", tag)
		header.Set("Cache-Control", "no-cache")
		if etag.Held(r, tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		header.Set("Content-Type", "application/yaml") // RFC 9512
		header.Set("Content-Length", strconv.Itoa(len(openAPI)))
		w.Write([]byte(openAPI))
	})
}
