package process

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"example.com/multistage/e2e/blackbox"
)

// restore runs the restore command to its end: from the file, or for "-" from
// content.
func restore(t *testing.T, dir string, args ...string) *process {
	t.Helper()
	p := start(t, environment(dir), append([]string{"restore"}, args...)...)
	p.Wait()
	return p
}

// wantRestored checks that a restore has made a database.
func wantRestored(t *testing.T, p *process) {
	t.Helper()
	if status := p.Wait(); status != 0 || !strings.HasPrefix(p.stdout.String(), "restored ") {
		t.Fatalf("exit status %d, %q, %q", status, p.stdout, p.stderr)
	}
}

// TestBackupUnderLoad holds that a backup that is taken while items are created
// has each of those whose creation was answered before, and that it is restored
// to a database that serves them.
func TestBackupUnderLoad(t *testing.T) {
	p := start(t, append(environment(t.TempDir()), adminSetting))
	var w writers
	w.start(t, p.URL(), 8)
	w.await(500)
	before := w.answered()
	status, content := get(t, p.admin()+"/backup")
	w.stop()
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	if all := w.answered(); len(all) <= len(before) {
		t.Fatalf("no item was created while the backup was taken")
	}

	dir := t.TempDir()
	backup := filepath.Join(dir, "backup.db")
	if err := os.WriteFile(backup, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	wantRestored(t, restore(t, dir, backup))
	restored := start(t, environment(dir))
	for location, want := range before {
		if status, got := get(t, restored.URL()+location); status != http.StatusOK || got != want {
			t.Fatalf("%s: %d %s, want %s", location, status, got, want)
		}
	}
	create(t, restored)
}

// writers create items, each as fast as it is answered.
type writers struct {
	wg   sync.WaitGroup
	done chan struct{}

	mu    sync.Mutex
	grown *sync.Cond
	items map[string]string // what was answered, by location
	err   error
}

func (w *writers) start(t *testing.T, url string, n int) {
	w.done, w.items = make(chan struct{}), make(map[string]string)
	w.grown = sync.NewCond(&w.mu)
	for range n {
		w.wg.Go(func() {
			for w.create(url) {
			}
		})
	}
	t.Cleanup(func() {
		if w.err != nil {
			t.Error(w.err)
		}
	})
}

// create creates an item and reports whether to go on.
func (w *writers) create(url string) bool {
	select {
	case <-w.done:
		return false
	default:
	}
	location, body, err := post(url)
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.grown.Broadcast()
	if err != nil {
		w.err = err
		return false
	}
	w.items[location] = body
	return true
}

func post(url string) (location, body string, err error) {
	response, err := http.Post(url+"/api/items", "application/json", strings.NewReader(`{"name":"under load"}`))
	if err != nil {
		return "", "", err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if response.StatusCode != http.StatusCreated {
		return "", "", fmt.Errorf("%s: %s", response.Status, content)
	}
	return response.Header.Get("Location"), string(content), err
}

// await waits until n items were created.
func (w *writers) await(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.items) < n && w.err == nil {
		w.grown.Wait()
	}
}

func (w *writers) answered() map[string]string {
	w.mu.Lock()
	defer w.mu.Unlock()
	copied := make(map[string]string, len(w.items))
	for location, body := range w.items {
		copied[location] = body
	}
	return copied
}

func (w *writers) stop() {
	close(w.done)
	w.wg.Wait()
}

func TestRestoreFromStandardInput(t *testing.T) {
	dir := t.TempDir()
	p := pipe(t, environment(dir), bytes.NewReader(database(t, 3)), binary(t), "restore", "-")
	wantRestored(t, p)
	if !strings.HasPrefix(p.stdout.String(), "restored 3 items ") {
		t.Errorf("%s", p.stdout)
	}
	_, list := get(t, start(t, environment(dir)).URL()+"/api/items")
	var items []struct{ ID int }
	if err := json.Unmarshal([]byte(list), &items); err != nil || len(items) != 3 {
		t.Errorf("%s, %v", list, err)
	}
}

// TestRestoreRefuses holds that a backup that is no whole database of items is
// not put in place, and leaves nothing behind.
func TestRestoreRefuses(t *testing.T) {
	whole := database(t, 200)
	damaged := bytes.Clone(whole)
	copy(damaged[5*4096:], bytes.Repeat([]byte{0xff}, 4096))
	for name, content := range map[string][]byte{
		"empty":     nil,
		"foreign":   []byte("this is no database\n"),
		"truncated": whole[:5*4096],
		"damaged":   damaged,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			backup := filepath.Join(t.TempDir(), "backup.db")
			if err := os.WriteFile(backup, content, 0o600); err != nil {
				t.Fatal(err)
			}
			wantFailure(t, restore(t, dir, backup), filepath.Join(dir, "items.db"), "stays as it was", "use another one")
			wantFiles(t, dir)
		})
	}
	t.Run("missing", func(t *testing.T) {
		wantFailure(t, restore(t, t.TempDir(), "/missing/backup.db"), "/missing/backup.db", "name a backup")
	})
}

// wantFiles checks which files are in a directory.
func wantFiles(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if fmt.Sprint(got) != fmt.Sprint(names) {
		t.Errorf("files %q, want %q", got, names)
	}
}

// TestRestoreOverADatabase holds that a database stays unless its user insists,
// and that one which a server has open stays even so.
func TestRestoreOverADatabase(t *testing.T) {
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := os.WriteFile(backup, database(t, 2), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "items.db")
	p := start(t, environment(dir))
	create(t, p)
	wantFailure(t, restore(t, dir, backup), path, "-force")
	wantFailure(t, restore(t, dir, "-force", backup), path, "locked by process", "stop it")
	if status, _ := get(t, p.URL()+"/api/items/1"); status != http.StatusOK {
		t.Errorf("the server answers %d", status)
	}
	p.Signal(syscall.SIGTERM)
	p.Wait()

	wantFailure(t, restore(t, dir, backup), path, "exists already", "-force", "ITEMS_STORE")
	wantFiles(t, dir, "items.db")
	wantRestored(t, restore(t, dir, "-force", backup))
	wantFiles(t, dir, "items.db")
	if status, _ := get(t, start(t, environment(dir)).URL()+"/api/items/2"); status != http.StatusOK {
		t.Errorf("an item of the backup is answered with %d", status)
	}
}

// TestRestoreInterrupted holds that Ctrl-C ends a restore, and leaves nothing.
func TestRestoreInterrupted(t *testing.T) {
	dir := t.TempDir()
	silent, feed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	defer feed.Close()
	p := pipe(t, environment(dir), silent, binary(t), "restore", "-")
	awaitFile(t, filepath.Join(dir, "items.db.restore-*"))
	p.Signal(syscall.SIGINT)
	wantFailure(t, p, "interrupted", filepath.Join(dir, "items.db"))
	wantFiles(t, dir)
}

// awaitFile waits until there is a file whose path matches a pattern.
func awaitFile(t *testing.T, pattern string) {
	t.Helper()
	blackbox.Eventually(t, patience, pattern+" is there", func() bool {
		found, err := filepath.Glob(pattern)
		return err == nil && len(found) > 0
	})
}

func TestRestoreUsage(t *testing.T) {
	for _, args := range [][]string{{"restore"}, {"restore", "a", "b"}, {"restore", "-colour", "a"}} {
		p := start(t, environment(t.TempDir()), args...)
		if status := p.Wait(); status != 2 || !strings.Contains(p.stderr.String(), "restore -h") {
			t.Errorf("%q: exit status %d: %s", args, status, p.stderr)
		}
	}
	p := start(t, nil, "restore", "-h")
	if status := p.Wait(); status != 0 || !strings.Contains(p.stdout.String(), "-force") {
		t.Errorf("help: exit status %d: %s", status, p.stdout)
	}
}
