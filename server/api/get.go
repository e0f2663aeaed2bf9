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
	body := a.bodies.take()
	defer a.bodies.give(body)
	form, version, err := a.store.AppendItem(r.Context(), *body, id)
	if err != nil {
		return err
	}
	*body = append(form, '\n')
	tag := a.tags.of(version)
	if err := checkLegible(r.Header, "If-Match"); err != nil { // an illegible If-None-Match spares no body
		return err
	}
	if !etag.Expected(r, tag[0]) {
		return &failedPrecondition{tag[0]}
	}
	w.Header()["Etag"] = tag
	a.noCache.Set(w.Header())
	if etag.Held(r, tag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	a.writeJSON(w, http.StatusOK, body)
	return nil
}

// parseID reads the id of an item as itemPath writes it. Anything else names no
// item.
func parseID(s string) (int64, error) {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil || id < 1 || id > items.MaxID || s[0] == '0' || s[0] == '+' {
		return 0, items.ErrNotFound
	}
	return id, nil
}

// itemPath returns the path of an item.
func itemPath(id int64) string {
	return itemsPath + "/" + strconv.FormatInt(id, 10)
}
