package api

import (
	"net/http"

	"example.com/multistage/items"
)

// patch serves PATCH /api/items/{id}. A patch is made to one version of the item,
// so that two at once that change different fields are both kept.
func (a *api) patch(w http.ResponseWriter, r *http.Request) error {
	id, err := parseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := checkMediaType(r.Header, mediaMergePatch); err != nil {
		w.Header().Set("Accept-Patch", mediaMergePatch)
		return err
	}
	item, err := a.target(r, id)
	if err != nil {
		return err
	}
	patch, err := readJSON(w, r)
	if err != nil {
		return err
	}
	err = a.whileUnchanged(r, item, func(current items.Item) error {
		draft, err := valid(mergePatch(current.Draft(), patch))
		if err != nil {
			return err
		}
		item, err = a.store.Update(r.Context(), id, current.Version, draft)
		return err
	})
	if err != nil {
		return err
	}
	a.writeItem(w, http.StatusOK, item)
	return nil
}
