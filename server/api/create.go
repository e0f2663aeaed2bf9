package api

import "net/http"

// create serves POST /api/items.
func (a *api) create(w http.ResponseWriter, r *http.Request) error {
	draft, err := readDraft(w, r)
	if err != nil {
		return err
	}
	item, err := a.store.Create(r.Context(), draft)
	if err != nil {
		return err
	}
	w.Header().Set("Location", itemPath(item.ID))
	w.Header().Set("ETag", etagOf(item))
	writeJSON(w, http.StatusCreated, append(item.AppendJSON(nil), '\n'))
	return nil
}
