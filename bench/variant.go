package main

import (
	"context"
	"os"
	"path/filepath"

	"example.com/multistage/bench/peer"
)

// withVariants returns the peers, and after them the service without its profile, where its
// source has one: https://go.dev/doc/pgo
func withVariants(peers []peer.Peer) []peer.Peer {
	if _, err := os.Stat(filepath.Join(root, "server", "default.pgo")); err != nil {
		return peers
	}
	for _, p := range peers {
		if p.Name == "items" {
			return append(peers, unprofiled(p))
		}
	}
	return peers
}

// unprofiled returns a peer that is built without profile-guided optimisation. It shares the
// data of the other, since its program has the same name.
func unprofiled(p peer.Peer) peer.Peer {
	build := p.Build
	p.Name += "-unprofiled"
	p.About = "the same without profile-guided optimisation"
	p.MaxItems = 10_000
	p.Build = func(ctx context.Context, dir string) (string, error) {
		before := os.Getenv("GOFLAGS")
		os.Setenv("GOFLAGS", before+" -pgo=off")
		defer os.Setenv("GOFLAGS", before)
		return build(ctx, filepath.Join(dir, "unprofiled"))
	}
	return p
}
