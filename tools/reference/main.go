// Command reference makes the reference page of the API from its contract. It is run
// by hand after a change of the contract, and a test says when that was forgotten:
//
//	go run ./tools/reference
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"

	"example.com/multistage/tools/reference/page"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

// run makes the page of the repository in which the user typed the command.
func run() error {
	root := os.Getenv("BUILD_WORKSPACE_DIRECTORY") // set by bazel run
	contract, err := os.ReadFile(filepath.Join(root, "server/api/openapi.yaml"))
	if err != nil {
		return fmt.Errorf("%w: run it at the root of the repository", err)
	}
	html, err := page.Make(contract)
	if err != nil {
		return err
	}
	packed, err := pack(html)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, "server/web/docs.html.gz"), packed, 0o644)
}

// pack returns content as gzip packs it, the same at any time: with neither a name
// nor a time.
func pack(content []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
