package wrap

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestRecoverAnswersPanic(t *testing.T) {
	var log bytes.Buffer
	h := Recover(jsonLog(&log))(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		panic("secret cause")
	}))
	resp := serve(t, h)
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != 500 || resp.Header.Get("Content-Type") != "application/problem+json" ||
		resp.Header.Get("Content-Length") != "" || bytes.Contains(body, []byte("secret")) {
		t.Errorf("%s %v: %s", resp.Status, resp.Header, body)
	}
	lines := logLines(t, &log)
	if len(lines) != 1 || lines[0]["panic"] != "secret cause" ||
		!strings.Contains(lines[0]["stack"].(string), "recover_test.go") {
		t.Errorf("log %v", lines)
	}
}

func TestRecoverCutsOffAResponseThatHasBegun(t *testing.T) {
	var log bytes.Buffer
	h := Recover(jsonLog(&log))(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "half")
		panic("late")
	}))
	defer func() {
		if p := recover(); p != http.ErrAbortHandler {
			t.Errorf("panic %v, want %v", p, http.ErrAbortHandler)
		}
		if len(logLines(t, &log)) != 1 {
			t.Error("the panic is not logged")
		}
	}()
	serve(t, h)
}
