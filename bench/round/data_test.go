package round

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRenew holds that data are replaced when they have grown, and not before.
func TestRenew(t *testing.T) {
	dir := t.TempDir()
	d := &data{seeded: filepath.Join(dir, "seeded"), live: filepath.Join(dir, "live"), items: 100}
	write(t, filepath.Join(d.seeded, "folder", "items"), "seeded")
	live := filepath.Join(d.live, "folder", "items")

	for _, tt := range []struct {
		created float64
		want    string
	}{{0, "seeded"}, {5, "changed"}, {6, "seeded"}, {0, "changed"}} {
		d.created += tt.created - d.created
		if err := d.renew(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(live); err != nil || string(got) != tt.want {
			t.Errorf("after %v created: %q, %v; want %q", tt.created, got, err, tt.want)
		}
		write(t, live, "changed")
	}
}

func TestOccupied(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "folder", "file"), string(make([]byte, 100_000)))
	if got, err := occupied(dir); err != nil || got < 100_000 || got > 200_000 {
		t.Errorf("%d bytes, %v", got, err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
