// Package problem is the one error body of the service: application/problem+json
// as in RFC 9457.
package problem

import (
	"encoding/json"
	"net/http"
)

// Problem is an RFC 9457 problem of the type "about:blank": its title is the
// name of its status.
type Problem struct {
	// Status is the HTTP status code, 400 to 599.
	Status int
	// Detail is a sentence for people: what is wrong and what to do.
	Detail string
	// Errors names the single faults of a request, where there are any.
	Errors []Error
}

// Error is one fault and where it is: Pointer or Parameter is set.
type Error struct {
	// Pointer is the JSON Pointer (RFC 6901) of the value at fault in the
	// request's body; nil means that the fault is not in the body, and the
	// empty pointer is the whole body.
	Pointer *string `json:"pointer,omitempty"`
	// Parameter is the query parameter at fault.
	Parameter string `json:"parameter,omitempty"`
	// Detail is a phrase that follows the name of what is at fault.
	Detail string `json:"detail"`
}

// Write answers a request with p. Headers set before stay, so that callers add
// Allow, Retry-After and the like.
func Write(w http.ResponseWriter, p Problem) {
	write(w, p.Status, p.body())
}

// Fixed returns a function that writes p as [Write] does, but makes its body only
// once: for answers that must cost little.
func Fixed(p Problem) func(http.ResponseWriter) {
	body := p.body()
	return func(w http.ResponseWriter) { write(w, p.Status, body) }
}

// body returns p as JSON in one line.
func (p Problem) body() []byte {
	body, err := json.Marshal(struct {
		Type   string  `json:"type"`
		Title  string  `json:"title"`
		Status int     `json:"status"`
		Detail string  `json:"detail"`
		Errors []Error `json:"errors,omitempty"`
	}{"about:blank", http.StatusText(p.Status), p.Status, p.Detail, p.Errors})
	if err != nil {
		panic("problem: " + err.Error()) // strings and integers always marshal
	}
	return append(body, '\n')
}

func write(w http.ResponseWriter, status int, body []byte) {
	header := w.Header()
	header.Set("Content-Type", "application/problem+json")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(body)
}
