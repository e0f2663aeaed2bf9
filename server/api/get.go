package api

import (
	"net/http"
	"strconv"

	"example.com/multistage/items"
	"example.com/multistage/server/etag"
)

// get serves GET /api/items/{id}.
func (a *api) get(w http.ResponseWriter, r *http.Request) error {
	id, err := parseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	item, err := a.store.Get(r.Context(), id)
	if err != nil {
		return err
	}
	tag := etagOf(item)
	if err := checkLegible(r.Header, "If-Match"); err != nil { // an illegible If-None-Match spares no body
		return err
	}
	if !etag.Expected(r, tag) {
		return &failedPrecondition{tag}
	}
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "no-cache")
	if etag.Held(r, tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	writeJSON(w, http.StatusOK, append(item.AppendJSON(nil), '\n'))
	return nil
}

// parseID reads the id of an item as itemPath writes it. Anything else names no
// item.
func parseID(s string) (int64, error) {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil || id < 1 || id > items.MaxID || strconv.FormatInt(id, 10) != s {
		return 0, items.ErrNotFound
	}
	return id, nil
}

// itemPath returns the path of an item.
func itemPath(id int64) string {
	return itemsPath + "/" + strconv.FormatInt(id, 10)
}
