package api

import (
	"net/http"
	"strconv"
)

// writeJSON answers with a JSON body. The explicit length keeps a large body
// from being sent in chunks, and lets HEAD tell it.
func writeJSON(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}
