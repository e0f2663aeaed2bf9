package web

import (
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"example.com/multistage/server/route"
)

// newServer starts a server of the page alone.
func newServer(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(route.New(Routes()))
	t.Cleanup(server.Close)
	return server
}

// do sends a request and returns the response with its whole body.
func do(t *testing.T, method, url string, header http.Header) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header = header
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// served returns the embedded files by the path that they are served under.
func served(t *testing.T) map[string]string {
	t.Helper()
	paths := map[string]string{"/": "index.html", "/docs": "docs.html.gz", "/favicon.ico": "static/favicon.svg"}
	names, err := fs.Glob(files, "static/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		paths["/"+name] = name
	}
	return paths
}

func TestEveryEmbeddedFileIsServed(t *testing.T) {
	contentTypes := map[string]string{
		".html": "text/html; charset=utf-8",
		".css":  "text/css; charset=utf-8",
		".js":   "text/javascript; charset=utf-8",
		".svg":  "image/svg+xml",
	}
	const policy = "default-src 'none'; " +
		"script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
		"require-trusted-types-for 'script'; trusted-types 'none'"
	server := newServer(t)
	for at, name := range served(t) {
		content := readFile(t, name)
		want := map[string]string{
			"Content-Type":               contentTypes[path.Ext(strings.TrimSuffix(name, ".gz"))],
			"Content-Length":             strconv.Itoa(len(content)),
			"Cache-Control":              "no-cache",
			"Content-Security-Policy":    policy,
			"Referrer-Policy":            "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin",
		}
		bodies := map[string]string{http.MethodGet: content, http.MethodHead: ""}
		for method, wantBody := range bodies {
			response, body := do(t, method, server.URL+at, nil)
			if response.StatusCode != http.StatusOK || body != wantBody {
				t.Errorf("%s %s: status %d and %d bytes, want 200 and %d", method, at, response.StatusCode, len(body), len(wantBody))
			}
			for key, value := range want {
				if got := response.Header.Get(key); got != value {
					t.Errorf("%s %s: %s is %q, want %q", method, at, key, got, value)
				}
			}
		}
	}
}

// TestFileIsReadOnce holds that a file takes neither time nor memory before it is
// asked for, and is not read again.
func TestFileIsReadOnce(t *testing.T) {
	var reads atomic.Int32
	a := newAsset(func() []byte { reads.Add(1); return []byte("a") }, typeCSS)
	if n := reads.Load(); n != 0 {
		t.Errorf("the file is read %d times at the start", n)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			rec := httptest.NewRecorder()
			a.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/", nil))
			if rec.Body.String() != "a" {
				t.Errorf("served %q", rec.Body)
			}
		})
	}
	wg.Wait()
	if n := reads.Load(); n != 1 {
		t.Errorf("the file is read %d times, want once", n)
	}
}

// TestPackedFileIsTheSameAtAnyTime holds that making it again without a change of
// the contract changes nothing.
func TestPackedFileIsTheSameAtAnyTime(t *testing.T) {
	file, err := files.Open("docs.html.gz")
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	if !r.ModTime.IsZero() || r.Name != "" {
		t.Errorf("the file tells of the time %s and the name %q", r.ModTime, r.Name)
	}
}

func TestOnlyFilesOfThePageAreServed(t *testing.T) {
	server := newServer(t)
	for _, at := range []string{"/index.html", "/static", "/static/", "/static/web.go", "/static/app.css/", "/static/missing.js"} {
		response, _ := do(t, http.MethodGet, server.URL+at, nil)
		if got := response.Header.Get("Content-Type"); response.StatusCode != http.StatusNotFound || got != "application/problem+json" {
			t.Errorf("GET %s: status %d with %s, want 404 with a problem", at, response.StatusCode, got)
		}
	}
}

// tagOf returns the tag of a file with a content.
func tagOf(content string) string {
	_, tag := newAsset(func() []byte { return []byte(content) }, typeCSS).content()
	return tag
}

func TestETagsDifferByContent(t *testing.T) {
	tags := make(map[string]string)
	for _, content := range []string{"", "a", "b"} {
		tag := tagOf(content)
		if other, ok := tags[tag]; ok {
			t.Errorf("%q and %q have the same tag %s", content, other, tag)
		}
		tags[tag] = content
	}
	if first, second := tagOf("a"), tagOf("a"); first != second {
		t.Errorf("one content has the tags %s and %s", first, second)
	}
}

func TestConditionalRequests(t *testing.T) {
	server := newServer(t)
	response, _ := do(t, http.MethodGet, server.URL+"/", nil)
	tag := response.Header.Get("ETag")
	tests := []struct {
		name string
		tags []string
		want int
	}{
		{"the tag", []string{tag}, http.StatusNotModified},
		{"the tag made weak by a proxy", []string{"W/" + tag}, http.StatusNotModified},
		{"a list with the tag", []string{`"other", ` + tag}, http.StatusNotModified},
		{"the tag in a second line", []string{`"other"`, tag}, http.StatusNotModified},
		{"any tag", []string{"*"}, http.StatusNotModified},
		{"another tag", []string{`"other"`}, http.StatusOK},
		{"the tag without quotes", []string{tag[1 : len(tag)-1]}, http.StatusOK},
		{"nothing", []string{""}, http.StatusOK},
	}
	for _, test := range tests {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			response, body := do(t, method, server.URL+"/", http.Header{"If-None-Match": test.tags})
			if response.StatusCode != test.want {
				t.Errorf("%s with %s: status %d, want %d", method, test.name, response.StatusCode, test.want)
			}
			if response.Header.Get("ETag") != tag {
				t.Errorf("%s with %s: ETag is %q, want %q", method, test.name, response.Header.Get("ETag"), tag)
			}
			if hasBody := body != ""; hasBody != (method == http.MethodGet && test.want == http.StatusOK) {
				t.Errorf("%s with %s: body is %q", method, test.name, body)
			}
		}
	}
}
