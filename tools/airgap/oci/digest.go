package main

import (
	"fmt"
	"os"

	"example.com/multistage/image/layout"
)

// writeDigest writes the digest of what a layout holds: LAYOUT FILE.
func writeDigest(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("digest: want a layout and a file, got %q", args)
	}
	_, descriptor, err := layout.OpenOnly(args[0])
	if err != nil {
		return err
	}
	return os.WriteFile(args[1], []byte(descriptor.Digest.String()+"\n"), 0o644)
}
