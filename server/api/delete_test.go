package api

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
	"example.com/multistage/server/route"
)

func TestDelete(t *testing.T) {
	s := newService(t)
	first, second := s.create(t, "one"), s.create(t, "two")
	resp := s.do(t, "DELETE", itemPath(first.ID), "")
	if body, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusNoContent || len(body) != 0 {
		t.Errorf("%s, body %q", resp.Status, body)
	}
	if _, err := s.store.Get(t.Context(), first.ID); !errors.Is(err, items.ErrNotFound) {
		t.Errorf("after the answer: %v", err)
	}
	for _, path := range []string{itemPath(first.ID), "/api/items/3", "/api/items/x"} {
		wantProblem(t, s.do(t, "DELETE", path, ""), http.StatusNotFound)
	}
	s.wantItem(t, s.do(t, "GET", itemPath(second.ID), ""), second)
}

// TestDeleteDamaged holds that a damaged item can be removed, which mends lists and
// backups, and that a client which names its version does not do so.
func TestDeleteDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "items.db")
	open := func() *boltstore.Store {
		store, err := boltstore.Open(path, boltstore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return store
	}
	store := open()
	for _, name := range []string{"first", "damaged", "last"} { // the ends are checked at the start
		service{store: store}.create(t, name)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.ReplaceAll(content, []byte("damaged"), []byte("damagee")), 0o600); err != nil {
		t.Fatal(err)
	}
	store = open()
	defer store.Close()
	for _, options := range []Options{{}, {RequireIfMatch: true}} {
		s := service{store, route.New(Routes(store, slog.New(slog.DiscardHandler), options))}
		wantProblem(t, s.do(t, "GET", "/api/items", ""), http.StatusInternalServerError)
		for _, header := range []string{`If-Match: "1"`, `If-None-Match: "2"`} {
			wantProblem(t, s.do(t, "DELETE", "/api/items/2", "", header), http.StatusInternalServerError)
		}
	}
	s := service{store, route.New(Routes(store, slog.New(slog.DiscardHandler), Options{RequireIfMatch: true}))}
	if resp := s.do(t, "DELETE", "/api/items/2", ""); resp.StatusCode != http.StatusNoContent {
		t.Error(resp.Status)
	}
	wantProblem(t, s.do(t, "GET", "/api/items/2", ""), http.StatusNotFound)
	if listed := decode[[]items.Item](t, s.do(t, "GET", "/api/items", "")); len(listed) != 2 || listed[0].Name != "first" || listed[1].Name != "last" {
		t.Errorf("%+v", listed)
	}
	err = store.Snapshot(t.Context(), func(_ int64, snapshot io.WriterTo) error {
		var backup bytes.Buffer
		_, err := snapshot.WriteTo(&backup)
		if err == nil {
			_, err = boltstore.Restore(t.Context(), filepath.Join(t.TempDir(), "items.db"), &backup, false, nil)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
