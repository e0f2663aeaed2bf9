package api

import "net/http"

// create serves POST /api/items.
func (a *api) create(w http.ResponseWriter, r *http.Request) error {
	if err := checkMediaType(r.Header, mediaJSON); err != nil {
		return err
	}
	draft, err := readDraft(w, r)
	if err != nil {
		return err
	}
	item, err := a.store.Create(r.Context(), draft)
	if err != nil {
		return err
	}
	w.Header().Set("Location", itemPath(item.ID))
	writeItem(w, http.StatusCreated, item)
	return nil
}
