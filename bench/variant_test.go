package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"example.com/multistage/bench/peer"
)

// TestUnprofiled holds that the variant is built without a profile, and nothing else is.
func TestUnprofiled(t *testing.T) {
	t.Setenv("GOFLAGS", "-mod=mod")
	var flags, dir string
	p := unprofiled(peer.Peer{Name: "items", Build: func(_ context.Context, in string) (string, error) {
		flags, dir = os.Getenv("GOFLAGS"), in
		return in + "/items", nil
	}})
	binary, err := p.Build(t.Context(), "bin")
	if err != nil || p.Name != "items-unprofiled" || flags != "-mod=mod -pgo=off" || binary != "bin/unprofiled/items" {
		t.Errorf("%s built in %s with %q as %s, %v", p.Name, dir, flags, binary, err)
	}
	if after := os.Getenv("GOFLAGS"); strings.Contains(after, "pgo") {
		t.Errorf("GOFLAGS stays %q", after)
	}
}
