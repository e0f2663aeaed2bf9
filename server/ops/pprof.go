package ops

import (
	"fmt"
	"io"
	"net/http"
	"runtime"
	"runtime/pprof"
	"runtime/trace"
	"strconv"
	"text/tabwriter"
	"time"

	"example.com/multistage/server/problem"
	"example.com/multistage/server/route"
)

// profilesPath is where go tool pprof looks for profiles.
const profilesPath = "/debug/pprof/"

// maxProfile is the most seconds that a profile may take.
const maxProfile = 300

// profiles returns the routes of Go's profiles, each where net/http/pprof has
// it. That package is not linked: it adds 0.3 MB to the binary, and registers
// its handlers for all of a process.
func profiles() []route.Route {
	get := func(name string, h http.HandlerFunc) route.Route {
		return route.Route{Method: http.MethodGet, Path: profilesPath + name, Handler: h}
	}
	routes := []route.Route{
		get("{$}", serveIndex),
		get("profile", recording{30, pprof.StartCPUProfile, pprof.StopCPUProfile}.serve),
		get("trace", recording{1, trace.Start, trace.Stop}.serve),
	}
	for _, p := range pprof.Profiles() {
		routes = append(routes, get(p.Name(), func(w http.ResponseWriter, r *http.Request) { serveProfile(w, r, p) }))
	}
	return routes
}

// serveIndex lists the profiles.
func serveIndex(w http.ResponseWriter, _ *http.Request) {
	profileHeader(w, "text/plain; charset=utf-8")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, p := range pprof.Profiles() {
		fmt.Fprintf(table, "%s%s\t%d\t?debug=1 as text\n", profilesPath, p.Name(), p.Count())
	}
	fmt.Fprintf(table, "%sprofile\t\t?seconds=30 of CPU time, at most %d\n", profilesPath, maxProfile)
	fmt.Fprintf(table, "%strace\t\t?seconds=1 of what the scheduler does, for go tool trace\n", profilesPath)
	table.Flush()
}

// serveProfile serves what p has counted: for go tool pprof, or as text with
// debug=1 or 2. With gc=1 garbage is collected first.
func serveProfile(w http.ResponseWriter, r *http.Request, p *pprof.Profile) {
	if r.FormValue("seconds") != "" {
		badParameter(w, "seconds", "is for profile and trace: compare two profiles by go tool pprof -base instead")
		return
	}
	debug, err := strconv.Atoi(r.FormValue("debug"))
	if r.FormValue("debug") != "" && err != nil {
		badParameter(w, "debug", "must be 0, 1 or 2")
		return
	}
	if r.FormValue("gc") == "1" {
		runtime.GC()
	}
	media := "application/octet-stream"
	if debug > 0 {
		media = "text/plain; charset=utf-8"
	}
	profileHeader(w, media)
	p.WriteTo(w, debug)
}

// recording is a profile of what happens from now on.
type recording struct {
	seconds int // where the request does not say
	start   func(io.Writer) error
	stop    func()
}

func (rec recording) serve(w http.ResponseWriter, r *http.Request) {
	seconds := rec.seconds
	if s := r.FormValue("seconds"); s != "" {
		var err error
		if seconds, err = strconv.Atoi(s); err != nil || seconds < 1 || seconds > maxProfile {
			badParameter(w, "seconds", fmt.Sprintf("must be a number from 1 to %d", maxProfile))
			return
		}
	}
	if r.Method == http.MethodHead {
		profileHeader(w, "application/octet-stream")
		return
	}
	took := time.Duration(seconds) * time.Second
	extendDeadline(w, r, took)
	if err := rec.start(startedWriter{w}); err != nil {
		problem.Write(w, problem.Problem{Status: http.StatusConflict, Detail: "Another such profile is being taken: " + err.Error() + "."})
		return
	}
	defer rec.stop()
	select {
	case <-time.After(took):
	case <-r.Context().Done():
	}
}

// startedWriter sets the header of a profile once it has begun to be written, so
// that one which can't be taken is answered otherwise.
type startedWriter struct {
	http.ResponseWriter
}

func (w startedWriter) Write(p []byte) (int, error) {
	profileHeader(w, "application/octet-stream")
	return w.ResponseWriter.Write(p)
}

// extendDeadline gives a response that takes long the server's usual time after
// that.
func extendDeadline(w http.ResponseWriter, r *http.Request, took time.Duration) {
	server, ok := r.Context().Value(http.ServerContextKey).(*http.Server)
	if ok && server.WriteTimeout > 0 {
		// A server without deadlines needs no later one.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(server.WriteTimeout + took))
	}
}

func profileHeader(w http.ResponseWriter, media string) {
	w.Header().Set("Content-Type", media)
	w.Header().Set("Cache-Control", "no-store")
}

func badParameter(w http.ResponseWriter, name, detail string) {
	problem.Write(w, problem.BadParameters(problem.Error{Parameter: name, Detail: detail}))
}
