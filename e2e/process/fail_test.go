package process

import (
	"bytes"
	"crypto/rand"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestPortInUse(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	address := listener.Addr().String()
	dir := t.TempDir()
	p := start(t, append(environment(dir), "ITEMS_ADDR="+address))
	wantFailure(t, p, address, "-addr")
	if _, err := os.Stat(filepath.Join(dir, "items.db")); err == nil {
		t.Error("a server that can't listen made a database")
	}
}

func TestStoreIsDirectory(t *testing.T) {
	dir := t.TempDir()
	p := start(t, append(environment(dir), "ITEMS_STORE=bolt:"+dir))
	wantFailure(t, p, dir, "name a file")
}

func TestMissingDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "missing")
	wantFailure(t, start(t, environment(dir)), dir, "create it")
	if _, err := os.Stat(dir); err == nil {
		t.Errorf("%s was made", dir)
	}
}

func TestUnreadableDirectory(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0); err != nil {
		t.Fatal(err)
	}
	wantFailure(t, unprivileged(t, environment(dir)), filepath.Join(dir, "items.db"), "permission denied", "let the user")
}

func TestUnreadableFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "items.db")
	if err := os.WriteFile(path, nil, 0); err != nil {
		t.Fatal(err)
	}
	wantFailure(t, unprivileged(t, environment(dir)), path, "permission denied", "let the user")
}

// unprivileged starts a server that file permissions hold for. Root passes them
// by two capabilities, which setpriv takes away.
func unprivileged(t *testing.T, env []string) *process {
	t.Helper()
	if os.Geteuid() != 0 {
		return start(t, env)
	}
	return run(t, env, "setpriv", "--bounding-set=-dac_override,-dac_read_search", binary(t))
}

func TestDamagedFile(t *testing.T) {
	whole := database(t, 200)
	random := make([]byte, len(whole))
	rand.Read(random)
	for name, content := range map[string][]byte{
		"text":                     []byte("this is no database\n"),
		"random":                   random,
		"zeroed":                   make([]byte, len(whole)),
		"first pages zeroed":       append(make([]byte, 8192), whole[8192:]...),
		"all but two pages zeroed": append(whole[:8192:8192], make([]byte, len(whole)-8192)...),
		"one byte":                 whole[:1],
		"one page":                 whole[:4096],
		"two pages":                whole[:8192],
		"three pages":              whole[:12288],
		"five pages":               whole[:20480],
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "items.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			wantFailure(t, start(t, environment(dir)), path, "backup")
			after, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(after, content) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestLockedFile(t *testing.T) {
	dir := t.TempDir()
	first := start(t, environment(dir))
	url := first.URL()

	begin := time.Now()
	pid := strconv.Itoa(first.cmd.Process.Pid)
	wantFailure(t, start(t, environment(dir)), filepath.Join(dir, "items.db"), "locked by process "+pid, "stop it")
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("waited %v for the lock, want about one second", took)
	}

	response, err := http.Get(url + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("the first server answers %s", response.Status)
	}
}

// wantFailure checks that a server ends with status 1 and one line that says
// all of words.
func wantFailure(t *testing.T, p *process, words ...string) {
	t.Helper()
	if status := p.Wait(); status != 1 {
		t.Errorf("exit status %d, want 1", status)
	}
	line := p.stderr.String()
	if !strings.HasPrefix(line, "server: ") || strings.Count(line, "\n") != 1 || !strings.HasSuffix(line, "\n") {
		t.Errorf("not one line of the server:\n%s", line)
	}
	for _, word := range words {
		if !strings.Contains(line, word) {
			t.Errorf("%q does not say %q", line, word)
		}
	}
}

// create creates an item.
func create(t testing.TB, p *process) {
	t.Helper()
	response, err := http.Post(p.URL()+"/api/items", "application/json", strings.NewReader(`{"name":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
}

// database returns the bytes of a database with n items.
func database(t testing.TB, n int) []byte {
	t.Helper()
	dir := t.TempDir()
	p := start(t, environment(dir))
	for range n {
		create(t, p)
	}
	p.Signal(syscall.SIGTERM)
	p.Wait()
	content, err := os.ReadFile(filepath.Join(dir, "items.db"))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestNoRoomForDatabase holds that a first start on a full disk, here a limit of
// the size of files, leaves nothing that keeps the next one from starting.
func TestNoRoomForDatabase(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "items.db")
	wantFailure(t, run(t, environment(dir), "prlimit", "--fsize=8192", binary(t)), path, "make room")
	if info, err := os.Stat(path); err == nil {
		t.Errorf("a file of %d bytes is left", info.Size())
	}
	start(t, environment(dir)).URL()
}

// TestNoRoomForRestore holds that a restore on a full disk, here a limit of the size
// of files, leaves the database as it was and nothing beside it.
func TestNoRoomForRestore(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "items.db"), filepath.Join(t.TempDir(), "backup.db")
	whole := database(t, 200)
	for file, content := range map[string][]byte{path: database(t, 1), backup: whole} {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	limit := "--fsize=" + strconv.Itoa(len(whole)-1)
	wantFailure(t, run(t, environment(dir), "prlimit", limit, binary(t), "restore", "-force", backup), path, "make room")
	wantFiles(t, dir, "items.db")
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the database was changed, %v", err)
	}
}
