package api

import (
	"context"
	"net/http"

	"example.com/multistage/items"
)

// post serves POST /api/items.
func (a *api) post(w http.ResponseWriter, r *http.Request) error {
	mediaType, err := checkMediaType(r.Header, mediaJSON, mediaNDJSON)
	switch {
	case err != nil:
		return err
	case mediaType == mediaNDJSON:
		return a.importItems(w, r)
	}
	return a.create(w, r)
}

// create serves POST /api/items with JSON.
func (a *api) create(w http.ResponseWriter, r *http.Request) error {
	key, err := idempotencyKey(r.Header)
	if err != nil {
		return err
	}
	draft, err := readDraft(w, r)
	if err != nil {
		return err
	}
	item, replayed, err := a.createOnce(r.Context(), key, draft)
	if err != nil {
		return err
	}
	if replayed {
		w.Header().Set("Idempotency-Replayed", "true")
	}
	w.Header().Set("Location", itemPath(item.ID))
	a.writeItem(w, http.StatusCreated, item)
	return nil
}

// createOnce creates an item under a key, or without one where it is empty.
func (a *api) createOnce(ctx context.Context, key string, draft items.Draft) (item items.Item, replayed bool, err error) {
	if key == "" {
		item, err = a.store.Create(ctx, draft)
		return item, false, err
	}
	return a.store.CreateOnce(ctx, key, draft)
}
