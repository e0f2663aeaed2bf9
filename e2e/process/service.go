package process

import (
	"path/filepath"
	"testing"

	"example.com/multistage/e2e/blackbox"
)

// Deploy returns the service as a process, with a new directory for its data.
func Deploy(t *testing.T) blackbox.Service {
	return service{t.TempDir()}
}

type service struct {
	dir string
}

func (s service) Start(t *testing.T, settings ...string) blackbox.Instance {
	t.Helper()
	p := start(t, append(environment(s.dir), settings...))
	p.URL()
	return p
}

// environment is that of a server on a free port with its data in dir.
func environment(dir string) []string {
	return []string{"ITEMS_ADDR=127.0.0.1:0", "ITEMS_STORE=bolt:" + filepath.Join(dir, "items.db")}
}
