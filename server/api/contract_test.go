package api

import (
	"io"
	"os"
	"testing"
)

func TestContractIsServed(t *testing.T) {
	want, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s := newService(t)
	resp := s.do(t, "GET", "/openapi.yaml", "")
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	tag := resp.Header.Get("ETag")
	if resp.StatusCode != 200 || string(body) != string(want) || resp.Header.Get("Content-Type") != "application/yaml" ||
		resp.Header.Get("Cache-Control") != "no-cache" || tag == "" {
		t.Errorf("%s %v, %d bytes, want %d", resp.Status, resp.Header, len(body), len(want))
	}
	again := s.do(t, "GET", "/openapi.yaml", "", "If-None-Match: "+tag)
	if again.StatusCode != 304 || again.Header.Get("ETag") != tag {
		t.Errorf("with its tag: %s %v", again.Status, again.Header)
	}
}
