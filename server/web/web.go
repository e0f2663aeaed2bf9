// Package web serves the home page: plain files, compiled into the binary.
package web

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"net/http"
	"path"

	"example.com/multistage/server/route"
)

//go:embed docs.html.gz index.html static
var files embed.FS

// The media types of the page's files. The table of types that package mime
// reads differs between machines.
const (
	typeHTML       = "text/html; charset=utf-8"
	typeCSS        = "text/css; charset=utf-8"
	typeJavaScript = "text/javascript; charset=utf-8"
	typeSVG        = "image/svg+xml"
)

// Routes returns the home page and each file that it loads.
func Routes() []route.Route {
	return []route.Route{
		file("/{$}", "index.html", typeHTML),
		file("/docs", "docs.html.gz", typeHTML),             // made by tools/reference
		file("/favicon.ico", "static/favicon.svg", typeSVG), // browsers ask for it beside JSON
		file("/static/favicon.svg", "static/favicon.svg", typeSVG),
		file("/static/app.css", "static/app.css", typeCSS),
		file("/static/app.js", "static/app.js", typeJavaScript),
		file("/static/api.js", "static/api.js", typeJavaScript),
		file("/static/conflict.js", "static/conflict.js", typeJavaScript),
		file("/static/create.js", "static/create.js", typeJavaScript),
		file("/static/docs.css", "static/docs.css", typeCSS),
		file("/static/dom.js", "static/dom.js", typeJavaScript),
		file("/static/draft.js", "static/draft.js", typeJavaScript),
		file("/static/editor.js", "static/editor.js", typeJavaScript),
		file("/static/empty.js", "static/empty.js", typeJavaScript),
		file("/static/examples.js", "static/examples.js", typeJavaScript),
		file("/static/export.js", "static/export.js", typeJavaScript),
		file("/static/import.js", "static/import.js", typeJavaScript),
		file("/static/items.js", "static/items.js", typeJavaScript),
		file("/static/lines.js", "static/lines.js", typeJavaScript),
		file("/static/list.js", "static/list.js", typeJavaScript),
		file("/static/pager.js", "static/pager.js", typeJavaScript),
		file("/static/removal.js", "static/removal.js", typeJavaScript),
		file("/static/row.js", "static/row.js", typeJavaScript),
		file("/static/rows.js", "static/rows.js", typeJavaScript),
		file("/static/search.js", "static/search.js", typeJavaScript),
		file("/static/service.js", "static/service.js", typeJavaScript),
		file("/static/tally.js", "static/tally.js", typeJavaScript),
		file("/static/token.js", "static/token.js", typeJavaScript),
	}
}

// file returns the route that serves an embedded file under a path.
func file(path, name, contentType string) route.Route {
	content := newAsset(func() []byte { return read(name) }, contentType)
	return route.Route{Method: http.MethodGet, Path: path, Handler: content}
}

// read returns an embedded file, unpacked where gzip has packed it.
func read(name string) []byte {
	body, err := files.ReadFile(name)
	if err == nil && path.Ext(name) == ".gz" {
		body, err = unpack(body)
	}
	if err != nil {
		panic("web: " + err.Error()) // the file is damaged, or not among those compiled in
	}
	return body
}

func unpack(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
