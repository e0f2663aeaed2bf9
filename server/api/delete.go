package api

import (
	"errors"
	"net/http"

	"example.com/multistage/items"
)

// delete serves DELETE /api/items/{id}.
func (a *api) delete(w http.ResponseWriter, r *http.Request) error {
	id, err := parseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	item, err := a.target(r, id)
	switch {
	case errors.Is(err, items.ErrDamaged) && unconditional(r): // lists are whole again without it
		item.ID = id
	case err != nil:
		return err
	}
	err = a.whileUnchanged(r, item, func(current items.Item) error {
		return a.store.Delete(r.Context(), id, versionFor(r, current))
	})
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
