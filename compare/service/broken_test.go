package service

import (
	"errors"
	"testing"
)

// TestLastLine holds that reasons are the same each time.
func TestLastLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                "",
		"first\nlast\n\n": "last",
		`{"time":"2026-11-25T04:00:00.1Z","level":"ERROR","msg":"no store"}`:         `{"level":"ERROR","msg":"no store"}`,
		"time=2026-11-25T04:00:00.1Z level=ERROR msg=x":                              "level=ERROR msg=x",
		`{"msg":"x","request_id":"a1b2"}`:                                            `{"msg":"x"}`,
		"listen tcp 127.30.1.99:40123: bind: address already in use":                 "listen tcp: bind: address already in use",
		"listen tcp 0.0.0.0:40123: bind: address already in use":                     "listen tcp 0.0.0.0: bind: address already in use",
		"container 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef": "container",
		"mkdir /data: permission denied":                                             "mkdir /data: permission denied",
	} {
		if got := lastLine(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestRefusal(t *testing.T) {
	for text, want := range map[string]Broken{
		"docker run: exit status 125\ndocker: Error response from daemon: no such device.\nSee 'docker run --help'.": "the engine does not run it: no such device.",
		"docker run: exit status 1\nout of ideas": "the engine does not run it: out of ideas",
	} {
		if got := refusal(errors.New(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
