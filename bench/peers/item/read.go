package item

import (
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	"unicode/utf8"
)

// maxBody is the most bytes that a body may have.
const maxBody = 64 << 10

// ReadDraft reads the draft in the body of a request. Where there is none it
// answers so itself.
func ReadDraft(w http.ResponseWriter, r *http.Request) (d Draft, ok bool) {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&d); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return d, false
	}
	if d.Name == "" || utf8.RuneCountInString(d.Name) > 200 || utf8.RuneCountInString(d.Description) > 4000 {
		http.Error(w, "a name has 1 to 200 characters, a description at most 4000", http.StatusUnprocessableEntity)
		return d, false
	}
	return d, true
}

// Drafts yields the drafts of a stream of JSON values, up to its end or an error.
func Drafts(r io.Reader) iter.Seq2[Draft, error] {
	return func(yield func(Draft, error) bool) {
		for decoder := json.NewDecoder(r); ; {
			var d Draft
			err := decoder.Decode(&d)
			if errors.Is(err, io.EOF) || !yield(d, err) || err != nil {
				return
			}
		}
	}
}
