package wrap

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"example.com/multistage/server/logs"
)

func TestFirstWrapperIsOutermost(t *testing.T) {
	var order []string
	note := func(name string) Wrapper {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				order = append(order, name)
				next.ServeHTTP(w, r)
			})
		}
	}
	serve(t, Handler(http.NotFoundHandler(), note("a"), note("b")))
	if !slices.Equal(order, []string{"a", "b"}) {
		t.Errorf("order %v", order)
	}
}

// serve sends a GET request with the given headers, each "Name: value", to h.
func serve(t *testing.T, h http.Handler, headers ...string) *http.Response {
	t.Helper()
	return serveMethod(t, h, "GET", headers...)
}

// serveMethod is serve for any method.
func serveMethod(t *testing.T, h http.Handler, method string, headers ...string) *http.Response {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), method, "/path?query", nil)
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		req.Header.Add(name, value)
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	return rec.Result()
}

// answer is a handler that writes a status and a body.
func answer(status int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	})
}

// logLines returns the lines of a JSON log.
func logLines(t *testing.T, log *bytes.Buffer) (lines []map[string]any) {
	t.Helper()
	dec := json.NewDecoder(log)
	for {
		var line map[string]any
		err := dec.Decode(&line)
		if err == io.EOF {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
}

func jsonLog(to io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(to, nil))
}

// requestLog returns a log of requests that is in to after flush.
func requestLog(to io.Writer) (log *logs.Requests, flush func()) {
	w := logs.NewWriter(to)
	return logs.NewRequests(w, true), func() { w.Close() }
}
