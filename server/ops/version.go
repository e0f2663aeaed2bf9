package ops

import (
	"encoding/json"
	"net/http"
)

// Version says what the binary was built from.
type Version struct {
	Version  string `json:"version"`  // of the service, like "v1.2.3"
	Revision string `json:"revision"` // the commit, in hexadecimal
	Go       string `json:"go"`       // of the compiler, like "go1.26.8"
}

// ServeHTTP serves GET /version.
func (v Version) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	body, err := json.Marshal(v)
	if err != nil {
		panic("ops: " + err.Error()) // strings always marshal
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-cache")
	w.Write(append(body, '\n'))
}
