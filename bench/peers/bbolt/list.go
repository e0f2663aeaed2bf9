package main

import (
	"bytes"
	"net/http"
	"strconv"

	bolt "go.etcd.io/bbolt"
)

// limit is the number of items in a page.
const limit = 100

// list answers with a page of the items after an id, of those with q in their name
// where the query has one.
func (s *store) list(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	after, _ := strconv.ParseInt(query.Get("after"), 10, 64)
	part := []byte(query.Get("q"))
	body := make([]byte, 0, 32<<10)
	body = append(body, '[')
	if err := s.db.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(bucket).Cursor()
		n := 0
		for k, v := c.Seek(key(after + 1)); k != nil && n < limit; k, v = c.Next() {
			if len(part) > 0 && !bytes.Contains(name(v), part) {
				continue
			}
			if n > 0 {
				body = append(body, ',')
			}
			body = append(body, v...)
			n++
		}
		return nil
	}); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, http.StatusOK, append(body, ']'))
}

// name returns the name in an item's JSON, with its escapes.
func name(form []byte) []byte {
	_, after, _ := bytes.Cut(form, []byte(`"name":"`))
	before, _, _ := bytes.Cut(after, []byte(`","description":`))
	return before
}
