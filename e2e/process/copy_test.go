package process

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"example.com/multistage/e2e/blackbox"
)

// copied runs the copy command from one directory's database to that of another.
func copied(t *testing.T, from, to string, args ...string) *process {
	t.Helper()
	p := startCopy(t, from, to, args...)
	p.Wait()
	return p
}

func startCopy(t *testing.T, from, to string, args ...string) *process {
	t.Helper()
	return start(t, nil, copyArgs(from, to, args...)...)
}

func copyArgs(from, to string, args ...string) []string {
	return append([]string{"copy", "-from", "bolt:" + databaseIn(from), "-to", "bolt:" + databaseIn(to)}, args...)
}

func databaseIn(dir string) string { return filepath.Join(dir, "items.db") }

// wantCopied checks that a copy was whole, and returns its group of what it told: how
// many items it copied, how many both have, and the sum.
func wantCopied(t *testing.T, p *process) (told []string) {
	t.Helper()
	re := regexp.MustCompile(`^copied (\d+) items from .*\nverified: both have (\d+) items, .*SHA-256 of the export: (\w+)\n$`)
	told = re.FindStringSubmatch(p.stdout.String())
	if status := p.Wait(); status != 0 || told == nil {
		t.Fatalf("exit status %d, %q, %q", status, p.stdout, p.stderr)
	}
	return told[1:]
}

// many is how many items take a copy some time.
const many = 200_000

// filled returns a directory with a database of many items, of which the last was
// deleted, and what an export of them is.
func filled(t *testing.T) (dir string, export []byte) {
	t.Helper()
	dir = t.TempDir()
	p := start(t, environment(dir))
	importLines(t, p.URL()+"/api/items", many)
	request, err := http.NewRequest(http.MethodDelete, fmt.Sprint(p.URL(), "/api/items/", many), nil)
	if err != nil {
		t.Fatal(err)
	}
	if response, err := http.DefaultClient.Do(request); err != nil || response.Body.Close() != nil || response.StatusCode != http.StatusNoContent {
		t.Fatalf("%v, %v", response, err)
	}
	export = exported(t, p)
	p.Signal(syscall.SIGTERM)
	p.Wait()
	return dir, export
}

// exported returns all items of a server as it exports them.
func exported(t *testing.T, p *process) []byte {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, p.URL()+"/api/items", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "application/x-ndjson")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s, %v", response.Status, err)
	}
	return content
}

// TestCopyInterrupted holds that a copy which was interrupted, be it by Ctrl-C, by
// kill -9 or by a full disk, here a limit of the size of files, is gone on with, and that
// a server of the copy serves what that of the source did.
func TestCopyInterrupted(t *testing.T) {
	from, export := filled(t)
	for name, interrupt := range map[string]func(t *testing.T, to string){
		"SIGINT": func(t *testing.T, to string) {
			p := startCopy(t, from, to)
			awaitSize(t, databaseIn(to), 4<<20)
			p.Signal(syscall.SIGINT)
			wantStopped(t, p, databaseIn(to), "interrupted")
		},
		"SIGKILL": func(t *testing.T, to string) {
			p := startCopy(t, from, to)
			awaitSize(t, databaseIn(to), 4<<20)
			p.Signal(syscall.SIGKILL)
			if status := p.Wait(); status != -1 {
				t.Fatalf("exit status %d: the copy was not under way", status)
			}
		},
		"a full disk": func(t *testing.T, to string) {
			wantStopped(t, run(t, nil, append([]string{"prlimit", "--fsize=8388608", binary(t)}, copyArgs(from, to)...)...),
				databaseIn(to), "the store is full")
		},
	} {
		t.Run(name, func(t *testing.T) {
			to := t.TempDir()
			interrupt(t, to)
			wantFailure(t, copied(t, from, to), databaseIn(to), "is not empty", "-to", "-resume")
			p := copied(t, from, to, "-resume")
			told := wantCopied(t, p)
			if told[0] == "0" || told[0] == told[1] || told[1] != fmt.Sprint(many-1) || !strings.Contains(p.stdout.String(), "were already\n") {
				t.Errorf("%s", p.stdout)
			}
			if sum := fmt.Sprintf("%x", sha256.Sum256(export)); told[2] != sum {
				t.Errorf("the sum is %s, and that of the export %s", told[2], sum)
			}
			server := start(t, environment(to))
			if got := exported(t, server); string(got) != string(export) {
				t.Error("the copy serves something else than its source")
			}
			create(t, server)
			if status, _ := get(t, fmt.Sprint(server.URL(), "/api/items/", many+1)); status != http.StatusOK {
				t.Errorf("the new item is answered with %d: its id is another one", status)
			}
		})
	}
}

// wantStopped checks that a copy has ended amid its items, and told how to go on.
func wantStopped(t *testing.T, p *process, to, why string) {
	t.Helper()
	status, last := p.Wait(), p.stderr.String()
	last = last[strings.LastIndexByte(strings.TrimSuffix(last, "\n"), '\n')+1:]
	if status != 1 || !regexp.MustCompile(`^server: .*`+why+`.*: bolt:`+regexp.QuoteMeta(to)+` has \d+ items, up to id \d+: go on by -resume\n$`).MatchString(last) {
		t.Errorf("exit status %d, %q", status, last)
	}
}

// awaitSize waits until a file has so many bytes.
func awaitSize(t *testing.T, path string, size int64) {
	t.Helper()
	blackbox.Eventually(t, patience, path+" has grown", func() bool {
		info, err := os.Stat(path)
		return err == nil && info.Size() >= size
	})
}

// TestCopyRefuses holds that a copy which can't begin leaves both stores as they were,
// and makes none of them.
func TestCopyRefuses(t *testing.T) {
	content := database(t, 3)
	with := func(t *testing.T) (dir string) {
		dir = t.TempDir()
		if err := os.WriteFile(databaseIn(dir), content, 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	t.Run("missing source", func(t *testing.T) {
		from, to := t.TempDir(), t.TempDir()
		wantFailure(t, copied(t, from, to), databaseIn(from), "does not exist")
		wantFiles(t, from)
		wantFiles(t, to)
	})
	t.Run("running server", func(t *testing.T) {
		dir, empty := with(t), t.TempDir()
		server := start(t, environment(dir))
		server.URL()
		locked := fmt.Sprint("locked by process ", server.cmd.Process.Pid)
		wantFailure(t, copied(t, dir, empty), databaseIn(dir), locked, "stop it")
		wantFiles(t, empty)
		wantFailure(t, copied(t, with(t), dir), databaseIn(dir), locked, "stop it")
	})
	t.Run("another store", func(t *testing.T) {
		from, to := with(t), t.TempDir()
		server := start(t, environment(to))
		create(t, server)
		server.Signal(syscall.SIGTERM)
		server.Wait()
		wantFailure(t, copied(t, from, to), databaseIn(to), "is not empty")
		wantFailure(t, copied(t, from, to, "-resume"), databaseIn(to), "stays as it was", "item 1 is another one at the target", "-to")
	})
	t.Run("its own copy", func(t *testing.T) { // which is just compared again
		from := with(t)
		told := wantCopied(t, copied(t, from, with(t), "-resume"))
		if told[0] != "0" || told[1] != "3" {
			t.Errorf("%q", told)
		}
	})
}

func TestCopyUsage(t *testing.T) {
	for _, args := range [][]string{
		{}, {"-from", "bolt:a"}, {"-to", "bolt:a"}, {"-from", "bolt:a", "-to", "bolt:./a"}, {"-from", "bolt:a", "-to", "a"},
		{"-from", "bolt:a", "-to", "bolt:b", "c"}, {"-colour"},
	} {
		p := start(t, []string{"ITEMS_FROM=bolt:a", "ITEMS_TO=bolt:b"}, append([]string{"copy"}, args...)...)
		if status := p.Wait(); status != 2 || !strings.Contains(p.stderr.String(), "copy -h") {
			t.Errorf("%q: exit status %d: %s", args, status, p.stderr)
		}
	}
	p := start(t, nil, "copy", "-h")
	if status, help := p.Wait(), p.stdout.String(); status != 0 || !strings.Contains(help, "-resume") || strings.Contains(help, "ITEMS_") {
		t.Errorf("help: exit status %d: %s", status, p.stdout)
	}
}
