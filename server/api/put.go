package api

import (
	"net/http"

	"example.com/multistage/items"
)

// put serves PUT /api/items/{id}. It replaces the whole draft of an item, and makes
// none, since the store assigns the ids.
func (a *api) put(w http.ResponseWriter, r *http.Request) error {
	id, err := parseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := checkMediaType(r.Header, mediaJSON); err != nil {
		return err
	}
	item, err := a.target(r, id)
	if err != nil {
		return err
	}
	draft, err := readDraft(w, r)
	if err != nil {
		return err
	}
	err = a.whileUnchanged(r, item, func(current items.Item) (err error) {
		item, err = a.store.Update(r.Context(), id, versionFor(r, current), draft)
		return err
	})
	if err != nil {
		return err
	}
	a.writeItem(w, http.StatusOK, item)
	return nil
}
