// Command layer writes a layer of an image: a tar archive, compressed by gzip.
//
//	layer LIST OUTPUT
//
// LIST is a file with the entries as JSON. The same entries give the same bytes
// on every machine: times are those of 1970, nothing else of the machine gets
// in, and the compressor is that of the Go version in go.mod. That is why this
// is not the pkg_tar of rules_pkg, whose compressor is the one of the Python at
// hand, and which makes directories and owners up where none are given.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: layer LIST OUTPUT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "layer:", err)
		os.Exit(1)
	}
}

func run(list, output string) error {
	content, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	var entries []entry
	if err := json.Unmarshal(content, &entries); err != nil {
		return fmt.Errorf("%s: %w", list, err)
	}
	file, err := os.Create(output)
	if err != nil {
		return err
	}
	if err := write(file, entries); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
