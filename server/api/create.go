package api

import (
	"context"
	"net/http"

	"example.com/multistage/items"
)

// create serves POST /api/items.
func (a *api) create(w http.ResponseWriter, r *http.Request) error {
	if err := checkMediaType(r.Header, mediaJSON); err != nil {
		return err
	}
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
	writeItem(w, http.StatusCreated, item)
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
