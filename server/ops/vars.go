package ops

import (
	"encoding/json"
	"math"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"time"
)

// Vars serves GET /debug/vars: what runs, and how it is set up.
type Vars struct {
	Version Version
	// Flags are the values in force, by the name of the flag.
	Flags map[string]string
	// Start is when the process started to serve.
	Start time.Time
}

// module is a Go module that is part of the binary.
type module struct {
	Path    string `json:"path"`
	Version string `json:"version"`
}

// ServeHTTP answers with JSON. Durations are in seconds, sizes in bytes.
func (v Vars) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	body, err := json.MarshalIndent(struct {
		Version
		OS         string            `json:"os"`
		Arch       string            `json:"arch"`
		Modules    []module          `json:"modules"`
		Flags      map[string]string `json:"flags"`
		GOMAXPROCS int               `json:"gomaxprocs"`
		GOMEMLIMIT *int64            `json:"gomemlimit"` // null where there is none
		PID        int               `json:"pid"`
		Start      time.Time         `json:"start_time"`
		Uptime     float64           `json:"uptime_seconds"`
	}{
		v.Version, runtime.GOOS, runtime.GOARCH, modules(), v.Flags,
		runtime.GOMAXPROCS(0), memoryLimit(), os.Getpid(), v.Start.UTC(), time.Since(v.Start).Seconds(),
	}, "", "  ")
	if err != nil {
		panic("ops: " + err.Error()) // all of it always marshals
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Write(append(body, '\n'))
}

// modules returns the modules that the binary says it is made of.
func modules() []module {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return []module{}
	}
	found := []module{} // in JSON a list, even an empty one
	for _, m := range build.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		found = append(found, module{m.Path, m.Version})
	}
	return found
}

// memoryLimit returns the soft limit of Go's memory, or nil.
func memoryLimit() *int64 {
	limit := debug.SetMemoryLimit(-1) // reads it
	if limit == math.MaxInt64 {
		return nil
	}
	return &limit
}
