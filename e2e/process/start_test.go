package process

import (
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// BenchmarkStart measures from the start of the process to the first answer,
// on a database with items.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "items.db"), database(b, 1000), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p := start(b, environment(dir))
		response, err := http.Get(p.URL() + "/api/items/1000")
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			b.Fatal(response.Status)
		}
		p.Signal(syscall.SIGTERM)
		p.Wait()
		b.StartTimer()
	}
}
