package api

import (
	"net/http"
	"strconv"

	"example.com/multistage/items"
)

// writeItem answers with an item.
func (a *api) writeItem(w http.ResponseWriter, status int, item items.Item) {
	w.Header()["Etag"] = a.tags.of(item.Version)
	body := a.bodies.take()
	defer a.bodies.give(body)
	*body = append(item.AppendJSON(*body), '\n')
	a.writeJSON(w, status, body)
}

// maxUntold is the most bytes of a body whose length net/http tells: those of a
// response that it can hold until the handler returns, for which it has 2 KiB.
const maxUntold = 1 << 10

// writeJSON answers with a JSON body. The explicit length keeps a large body
// from being sent in chunks, and lets HEAD tell it. It takes the memory of a body that
// could not be written: HTTP/2 may read on in that.
func (a *api) writeJSON(w http.ResponseWriter, status int, body *[]byte) {
	a.json.Set(w.Header())
	if len(*body) > maxUntold {
		w.Header().Set("Content-Length", strconv.Itoa(len(*body)))
	}
	w.WriteHeader(status)
	if _, err := w.Write(*body); err != nil {
		*body = nil
	}
}
