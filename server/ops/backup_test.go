package ops

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
	"example.com/multistage/server/route"
)

// backups serves what s says, as a service that drains does.
func backups(t *testing.T, s Snapshotter) *httptest.Server {
	server := httptest.NewUnstartedServer(route.New(AdminRoutes(NewMetrics(Version{}), Vars{}, s, slog.New(slog.DiscardHandler))))
	draining, drain := context.WithCancel(t.Context())
	drain()
	server.Config.BaseContext = func(net.Listener) context.Context { return draining }
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// TestBackup checks that what is served is a whole database of the items.
func TestBackup(t *testing.T) {
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "items.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Create(t.Context(), items.Draft{Name: "x"}); err != nil {
		t.Fatal(err)
	}
	server := backups(t, store)
	resp, err := server.Client().Get(server.URL + "/backup")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	content, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	name := resp.Header.Get("Content-Disposition")
	if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "application/octet-stream" ||
		resp.Header.Get("Content-Length") != strconv.Itoa(len(content)) || !validName(name) {
		t.Errorf("%s %v", resp.Status, resp.Header)
	}
	count, err := boltstore.Restore(t.Context(), filepath.Join(t.TempDir(), "items.db"), bytes.NewReader(content), false, nil)
	if count != 1 || err != nil {
		t.Errorf("%d items, %v", count, err)
	}

	head, err := server.Client().Head(server.URL + "/backup")
	if err != nil {
		t.Fatal(err)
	}
	head.Body.Close()
	if head.ContentLength != int64(len(content)) {
		t.Errorf("HEAD: %d bytes, want %d", head.ContentLength, len(content))
	}
}

// validName reports whether a Content-Disposition names a file with a time.
func validName(disposition string) bool {
	ok, err := filepath.Match(`attachment; filename="items-2???????T??????Z.db"`, disposition)
	return ok && err == nil
}

// brokenSnapshots fails before a snapshot begins, or after some bytes of it.
type brokenSnapshots struct{ bytes int64 }

func (b brokenSnapshots) Snapshot(_ context.Context, take func(int64, io.WriterTo) error) error {
	if b.bytes == 0 {
		return errors.New("secret cause")
	}
	return take(1<<20, b)
}

func (b brokenSnapshots) WriteTo(w io.Writer) (int64, error) {
	n, _ := w.Write(make([]byte, b.bytes))
	return int64(n), errors.New("secret cause")
}

func TestBackupFails(t *testing.T) {
	server := backups(t, brokenSnapshots{})
	resp, err := server.Client().Get(server.URL + "/backup")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if resp.StatusCode != 503 || resp.Header.Get("Content-Type") != "application/problem+json" || bytes.Contains(body, []byte("secret")) {
		t.Errorf("%s %v %s", resp.Status, resp.Header, body)
	}

	server = backups(t, brokenSnapshots{1000})
	resp, err = server.Client().Get(server.URL + "/backup")
	if err != nil {
		return // cut off before the header was sent
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err == nil {
		t.Errorf("%d bytes of a broken backup end well", len(body))
	}
}

// TestNoBackup checks that where the store has backups of its own, none is listed, and
// who asks for one is told how they are made.
func TestNoBackup(t *testing.T) {
	server := backups(t, nil)
	for path, want := range map[string]struct {
		status       int
		says, unsaid string
	}{
		"/backup": {501, "pg_dump", "items.db"},
		"/":       {200, "/metrics\n", "/backup"},
	} {
		resp, err := server.Client().Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != want.status || !strings.Contains(string(body), want.says) || strings.Contains(string(body), want.unsaid) {
			t.Errorf("%s: %s %v %s, %v", path, resp.Status, resp.Header, body, err)
		}
		if media := resp.Header.Get("Content-Type"); want.status == 501 && media != "application/problem+json" {
			t.Errorf("%s: %s", path, media)
		}
	}
}

// TestBackupAborts checks that a backup which breaks in the middle is told to
// what watches requests as cut off.
func TestBackupAborts(t *testing.T) {
	defer func() {
		if p := recover(); p != http.ErrAbortHandler {
			t.Errorf("panic %v, want %v", p, http.ErrAbortHandler)
		}
	}()
	b := backup{brokenSnapshots{1000}, slog.New(slog.DiscardHandler)}
	b.ServeHTTP(deadlines{httptest.NewRecorder()}, httptest.NewRequestWithContext(t.Context(), "GET", "/backup", nil))
}

// deadlines is a response that takes deadlines, which a recorder does not.
type deadlines struct{ *httptest.ResponseRecorder }

func (deadlines) SetWriteDeadline(time.Time) error { return nil }
