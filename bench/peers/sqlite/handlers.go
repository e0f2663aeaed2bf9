package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"example.com/multistage/bench/peers/item"
)

func (s *store) get(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	it, err := scan(s.getOne.QueryRowContext(r.Context(), id))
	if errors.Is(err, sql.ErrNoRows) {
		http.NotFound(w, r)
		return
	}
	if err != nil {
		fail(w, err)
		return
	}
	answer(w, http.StatusOK, it)
}

// list answers with a page of the items after an id, of those with q in their name
// where the query has one.
func (s *store) list(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	after, _ := strconv.ParseInt(query.Get("after"), 10, 64)
	statement, args := s.page, []any{after}
	if q := query.Get("q"); q != "" {
		statement, args = s.found, append(args, q)
	}
	rows, err := statement.QueryContext(r.Context(), args...)
	if err != nil {
		fail(w, err)
		return
	}
	defer rows.Close()
	page := make([]item.Item, 0, 100)
	for rows.Next() {
		it, err := scan(rows)
		if err != nil {
			fail(w, err)
			return
		}
		page = append(page, it)
	}
	if err := rows.Err(); err != nil {
		fail(w, err)
		return
	}
	answer(w, http.StatusOK, page)
}

func (s *store) create(w http.ResponseWriter, r *http.Request) {
	d, ok := item.ReadDraft(w, r)
	if !ok {
		return
	}
	it, err := insert(r.Context(), s.into, d)
	if err != nil {
		fail(w, err)
		return
	}
	answer(w, http.StatusCreated, it)
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}

func fail(w http.ResponseWriter, err error) {
	http.Error(w, err.Error(), http.StatusInternalServerError)
}
