package reload

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// clock is a clock that stands still until it is moved.
type clock struct {
	nanoseconds atomic.Int64
}

func (c *clock) now() time.Time         { return time.Unix(0, c.nanoseconds.Load()) }
func (c *clock) move(by time.Duration)  { c.nanoseconds.Add(int64(by)) }
func discard() *slog.Logger             { return slog.New(slog.DiscardHandler) }
func jsonLog(to io.Writer) *slog.Logger { return slog.New(slog.NewJSONHandler(to, nil)) }

// levels returns the levels of the lines of a log, and empties it.
func levels(t *testing.T, log *bytes.Buffer) (levels string) {
	t.Helper()
	for dec := json.NewDecoder(log); ; {
		var line struct{ Level, Error string }
		err := dec.Decode(&line)
		if errors.Is(err, io.EOF) {
			return strings.TrimSpace(levels)
		}
		if err != nil {
			t.Fatal(err)
		}
		levels += line.Level + " "
	}
}

// join takes contents apart from "bad".
func join(contents ...[]byte) (string, error) {
	all := string(bytes.Join(contents, []byte("+")))
	if strings.Contains(all, "bad") {
		return "", errors.New("it is bad")
	}
	return all, nil
}

func open(t *testing.T, log *slog.Logger, now func() time.Time, paths ...string) *File[string] {
	t.Helper()
	f, err := Open(join, log, now, paths...)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// write replaces a file in place.
func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// replace replaces a file by renaming another.
func replace(t *testing.T, path, content string) {
	t.Helper()
	write(t, path+".new", content)
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

// link lets a symbolic link lead to another target in one step.
func link(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path+".new"); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

func TestGetFollowsChanges(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	write(t, path, "one")
	var now clock
	f := open(t, discard(), now.now, path)
	for _, tt := range []struct {
		about  string
		change func()
		want   string
	}{
		{"nothing", func() {}, "one"},
		{"longer in place", func() { write(t, path, "three") }, "three"},
		{"by its time alone", func() {
			write(t, path, "seven")
			if err := os.Chtimes(path, time.Time{}, time.Unix(1, 0)); err != nil {
				t.Fatal(err)
			}
		}, "seven"},
		{"by its size alone", func() {
			write(t, path, "sixteen")
			if err := os.Chtimes(path, time.Time{}, time.Unix(1, 0)); err != nil {
				t.Fatal(err)
			}
		}, "sixteen"},
		{"another file of the same size and time", func() {
			write(t, path+".new", "another")
			if err := os.Chtimes(path+".new", time.Time{}, time.Unix(1, 0)); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(path+".new", path); err != nil {
				t.Fatal(err)
			}
		}, "another"},
		{"renamed over", func() { replace(t, path, "nine") }, "nine"},
	} {
		before := f.Get()
		tt.change()
		now.move(interval - 1)
		if got := f.Get(); got != before {
			t.Errorf("%s: %q within a second, want %q still", tt.about, got, before)
		}
		now.move(1)
		if got := f.Get(); got != tt.want {
			t.Errorf("%s: %q after a second, want %q", tt.about, got, tt.want)
		}
	}
}

// TestGetFollowsAMount swaps the files of a volume as Kubernetes does: they are
// links into a folder that is a link itself, and that one is replaced.
func TestGetFollowsAMount(t *testing.T) {
	dir := t.TempDir()
	for _, version := range []string{"v1", "v2"} {
		if err := os.Mkdir(filepath.Join(dir, version), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, version, "crt"), version+"crt")
		write(t, filepath.Join(dir, version, "key"), version+"key")
	}
	link(t, "v1", filepath.Join(dir, "..data"))
	link(t, "..data/crt", filepath.Join(dir, "crt"))
	link(t, "..data/key", filepath.Join(dir, "key"))
	var now clock
	f := open(t, discard(), now.now, filepath.Join(dir, "crt"), filepath.Join(dir, "key"))
	if got := f.Get(); got != "v1crt+v1key" {
		t.Errorf("%q at first", got)
	}
	link(t, "v2", filepath.Join(dir, "..data"))
	now.move(interval)
	if got := f.Get(); got != "v2crt+v2key" {
		t.Errorf("%q after the swap", got)
	}
}

// TestPairIsOfOneVersion swaps a pair while it is read.
func TestPairIsOfOneVersion(t *testing.T) {
	dir := t.TempDir()
	crt, key := filepath.Join(dir, "crt"), filepath.Join(dir, "key")
	write(t, crt, "crt1")
	write(t, key, "key1")
	var now clock
	var parsed []string
	f, err := Open(func(contents ...[]byte) (string, error) {
		all, err := join(contents...)
		parsed = append(parsed, all)
		return all, err
	}, discard(), now.now, crt, key)
	if err != nil {
		t.Fatal(err)
	}
	f.reader.readFile = func(path string) ([]byte, error) {
		content, err := readFile(path)
		if string(content) == "crt2" {
			replace(t, crt, "crt3")
			replace(t, key, "key3")
		}
		return content, err
	}
	replace(t, crt, "crt2")
	replace(t, key, "key2")
	now.move(interval)
	if got := f.Get(); got != "crt3+key3" {
		t.Errorf("%q", got)
	}
	if got := strings.Join(parsed, " "); got != "crt1+key1 crt3+key3" {
		t.Errorf("parsed %s", got)
	}
}

func TestFileThatChangesWithoutEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	write(t, path, "a")
	var now clock
	f := open(t, discard(), now.now, path)
	content := "a"
	f.reader.readFile = func(path string) ([]byte, error) {
		content += "a"
		write(t, path, content)
		return readFile(path)
	}
	write(t, path, "aa")
	now.move(interval)
	if got := f.Get(); got != "a" || len(content) != 1+maxTries {
		t.Errorf("%q, want the old value after %d tries; the file grew to %q", got, maxTries, content)
	}
}

// TestBadVersions checks that a version that is of no use leaves the value and
// is logged once, however often the value is asked for.
func TestBadVersions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	write(t, path, "good")
	var (
		now clock
		log bytes.Buffer
	)
	f := open(t, jsonLog(&log), now.now, path)
	remove := func() {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		about  string
		change func()
		want   string
		levels string
	}{
		{"nothing", func() {}, "good", ""},
		{"bad", func() { replace(t, path, "bad") }, "good", "ERROR"},
		{"bad in another way", func() { replace(t, path, "badly") }, "good", "ERROR"},
		{"away", remove, "good", "ERROR"},
		{"bad again", func() { replace(t, path, "bad") }, "good", "ERROR"},
		{"away again", remove, "good", "ERROR"},
		{"good again", func() { replace(t, path, "better") }, "better", "INFO"},
		{"away after a good one", remove, "better", "ERROR"},
		{"a folder", func() {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, "better", "ERROR"},
	} {
		tt.change()
		for range 3 {
			now.move(interval)
			if got := f.Get(); got != tt.want {
				t.Errorf("%s: %q, want %q", tt.about, got, tt.want)
			}
		}
		logged := log.String()
		if got := levels(t, &log); got != tt.levels {
			t.Errorf("%s: logged %q, want the levels %q", tt.about, logged, tt.levels)
		}
		if tt.levels == "ERROR" && !strings.Contains(logged, path) {
			t.Errorf("%s: %q does not name the file", tt.about, logged)
		}
	}
}

// TestUnreadableVersionIsTriedAgain gives back the right to read a file, which
// changes none of its stamps. The right is a fake's, as root may read all.
func TestUnreadableVersionIsTriedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	write(t, path, "one")
	var (
		now clock
		log bytes.Buffer
	)
	f := open(t, jsonLog(&log), now.now, path)
	f.reader.readFile = func(string) ([]byte, error) { return nil, fs.ErrPermission }
	replace(t, path, "two")
	for range 3 {
		now.move(interval)
		if got := f.Get(); got != "one" {
			t.Errorf("%q while the file can't be read", got)
		}
	}
	f.reader.readFile = readFile
	now.move(interval)
	if got := f.Get(); got != "two" {
		t.Errorf("%q when the file can be read", got)
	}
	if got := levels(t, &log); got != "ERROR INFO" {
		t.Errorf("logged %s", got)
	}
}

// TestOpenRefuses checks that an error names the file and what to do.
func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	write(t, good, "good")
	for name, tt := range map[string]struct {
		make   func(path string) error
		remedy string
	}{
		"missing":   {func(string) error { return nil }, "make it"},
		"folder":    {func(path string) error { return os.Mkdir(path, 0o700) }, "name one"},
		"pipe":      {func(path string) error { return syscall.Mkfifo(path, 0o600) }, "name one"},
		"too-large": {func(path string) error { return os.WriteFile(path, make([]byte, maxSize+1), 0o600) }, "smaller"},
		"bad":       {func(path string) error { return os.WriteFile(path, []byte("bad"), 0o600) }, "it is bad"},
		"beneath-a-file": {func(path string) error {
			if err := os.WriteFile(path+"-folder", nil, 0o600); err != nil {
				return err
			}
			return os.Symlink(path+"-folder/x", path)
		}, "name another"},
	} {
		path := filepath.Join(dir, name)
		if err := tt.make(path); err != nil {
			t.Fatal(err)
		}
		_, err := Open(join, discard(), time.Now, good, path)
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), tt.remedy) {
			t.Errorf("%s: %v, want an error that names the file and says %q", name, err, tt.remedy)
		}
	}
	if err := explain("path", &fs.PathError{Err: syscall.EACCES}); !strings.Contains(err.Error(), "path can't be read") {
		t.Errorf("no right to read: %v", err)
	}
}

// TestManyGoroutines uses a file from many goroutines while it changes: each
// version is parsed once, and all see the last.
func TestManyGoroutines(t *testing.T) {
	const versions, users = 50, 8
	path := filepath.Join(t.TempDir(), "file")
	write(t, path, "0")
	var now clock
	var parsed atomic.Int64
	f, err := Open(func(contents ...[]byte) (int, error) {
		parsed.Add(1)
		return len(contents[0]), nil
	}, discard(), now.now, path)
	if err != nil {
		t.Fatal(err)
	}
	for range versions {
		replace(t, path, strings.Repeat("x", f.Get()+1))
		now.move(interval)
		var wg sync.WaitGroup
		for range users {
			wg.Go(func() {
				for range 10 {
					f.Get()
				}
			})
		}
		wg.Wait()
	}
	if f.Get() != versions+1 || parsed.Load() != versions+1 {
		t.Errorf("value %d after %d parsings, want %d of both", f.Get(), parsed.Load(), versions+1)
	}
}

// TestLooksAtMostOnceASecond lets goroutines ask at the same moment.
func TestLooksAtMostOnceASecond(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	write(t, path, "x")
	var now clock
	f := open(t, discard(), now.now, path)
	looks := 0
	f.reader.readFile = func(string) ([]byte, error) {
		looks++
		return nil, fs.ErrPermission // so that each look reads
	}
	write(t, path, "xx")
	now.move(interval)
	elapsed := int64(interval)
	for range 3 {
		f.lookOnce(elapsed) // as goroutines do that saw that it was time
	}
	if looks != 1 {
		t.Errorf("%d looks in one moment", looks)
	}
}

func TestGetAllocatesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	write(t, path, "x")
	f := open(t, discard(), new(clock).now, path)
	if n := testing.AllocsPerRun(100, func() { f.Get() }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkGet(b *testing.B) {
	path := filepath.Join(b.TempDir(), "file")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		b.Fatal(err)
	}
	f, err := Open(join, discard(), time.Now, path)
	if err != nil {
		b.Fatal(err)
	}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			f.Get()
		}
	})
}
