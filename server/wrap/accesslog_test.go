package wrap

import (
	"bytes"
	"net/http"
	"testing"

	"example.com/multistage/server/route"
)

func TestAccessLog(t *testing.T) {
	const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	router := route.New([]route.Route{{Method: "GET", Path: "/{name}", Handler: answer(418, "short")}})
	var log bytes.Buffer
	requests, flush := requestLog(&log)
	h := Handler(router, RequestID, AccessLog(requests))
	serve(t, h, "X-Request-ID: id-1", "Traceparent: "+traceparent)
	flush()
	lines := logLines(t, &log)
	if len(lines) != 1 {
		t.Fatalf("%d lines for one request", len(lines))
	}
	for name, want := range map[string]any{
		"msg": "request", "method": "GET", "route": "/{name}", "path": "/path", "status": 418.0, "bytes": 5.0,
		"remote": "192.0.2.1:1234", "request_id": "id-1", "traceparent": traceparent,
	} {
		if got := lines[0][name]; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if took, ok := lines[0]["duration_ms"].(float64); !ok || took < 0 {
		t.Errorf("duration_ms: %v", lines[0]["duration_ms"])
	}
}

func TestAccessLogStatus(t *testing.T) {
	for name, tt := range map[string]struct {
		handler http.Handler
		status  float64
		aborted any
	}{
		"nothing written": {http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), 200, nil},
		"body only":       {http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(nil) }), 200, nil},
		"interim":         {http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(103); w.WriteHeader(404) }), 404, nil},
		"aborted":         {http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			requests, flush := requestLog(&log)
			func() {
				defer func() { recover() }() // as net/http does
				serve(t, AccessLog(requests)(tt.handler))
			}()
			flush()
			lines := logLines(t, &log)
			if len(lines) != 1 || lines[0]["status"] != tt.status || lines[0]["aborted"] != tt.aborted {
				t.Errorf("log %v, want status %v, aborted %v", lines, tt.status, tt.aborted)
			}
		})
	}
}

func TestNoAccessLog(t *testing.T) {
	if resp := serve(t, AccessLog(nil)(answer(204, ""))); resp.StatusCode != 204 {
		t.Errorf("%s without a log", resp.Status)
	}
}

func TestRouteOf(t *testing.T) {
	for pattern, want := range map[string]string{
		"GET /api/items/{id}": "/api/items/{id}", "/api/items": "/api/items", "GET /{$}": "/{$}", "/": "", "": "",
	} {
		if got := routeOf(pattern); got != want {
			t.Errorf("routeOf(%q) = %q, want %q", pattern, got, want)
		}
	}
}

func TestValidTraceparent(t *testing.T) {
	const trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
	for s, want := range map[string]bool{
		"00-" + trace + "-" + parent + "-01":                    true,
		"01-" + trace + "-" + parent + "-00":                    true,
		"01-" + trace + "-" + parent + "-00-more":               true,
		"01-" + trace + "-" + parent + "-00-mo re":              false,
		"01-" + trace + "-" + parent + "-00more":                false,
		"00-" + trace + "-" + parent + "-01-more":               false,
		"ff-" + trace + "-" + parent + "-01":                    false,
		"00-" + trace + "-" + parent + "-0":                     false,
		"00-" + trace + "-" + parent + "-0G":                    false,
		"00-" + trace + "-" + "0000000000000000" + "-01":        false,
		"00-00000000000000000000000000000000-" + parent + "-01": false,
		"00-0AF7651916CD43DD8448EB211C80319C-" + parent + "-01": false,
		"00_" + trace + "-" + parent + "-01":                    false,
		"":                                                      false,
	} {
		if got := validTraceparent(s); got != want {
			t.Errorf("validTraceparent(%q) = %t", s, got)
		}
	}
}
