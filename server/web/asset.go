package web

import (
	"net/http"
	"strconv"
	"sync"

	"example.com/multistage/server/etag"
)

// contentSecurityPolicy lets the page load its own files and talk to its own
// service, and nothing else. Trusted Types make the browser refuse every way to
// turn text into markup.
const contentSecurityPolicy = "default-src 'none'; " +
	"script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// asset is one file of the page. It serves no ranges: the files are small, and
// a range that can't be satisfied would be an error without a problem body.
type asset struct {
	contentType string
	content     func() (body []byte, tag string)
}

// newAsset returns the file that read returns when it is asked for first.
func newAsset(read func() []byte, contentType string) *asset {
	return &asset{contentType: contentType, content: sync.OnceValues(func() ([]byte, string) {
		body := read()
		return body, etag.Of(body)
	})}
}

// ServeHTTP answers with the file, or with 304 where the client has it.
func (a *asset) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, tag := a.content()
	header := w.Header()
	header.Set("ETag", tag)
	header.Set("Cache-Control", "no-cache") // ask each time, so that no page mixes two versions
	header.Set("Content-Security-Policy", contentSecurityPolicy)
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	if etag.Held(r, tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Type", a.contentType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
}
