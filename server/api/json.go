package api

import (
	"net/http"
	"strconv"

	"example.com/multistage/items"
)

// writeItem answers with an item.
func writeItem(w http.ResponseWriter, status int, item items.Item) {
	w.Header().Set("ETag", etagOf(item))
	writeJSON(w, status, append(item.AppendJSON(nil), '\n'))
}

// writeJSON answers with a JSON body. The explicit length keeps a large body
// from being sent in chunks, and lets HEAD tell it.
func writeJSON(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}
