package facts

import (
	"archive/tar"
	"fmt"
	"io"
	"path"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"example.com/multistage/compare/result"
	"example.com/multistage/image/archive"
)

// What whiteouts are named: https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts
const (
	whiteout = ".wh."
	opaque   = ".wh..wh..opq"
)

// readLayer reads a layer and applies it to the file system below it.
func readLayer(source v1.Layer, root *node) (layer result.Layer, err error) {
	digest, err := source.Digest()
	if err != nil {
		return layer, err
	}
	layer.Digest = digest.String()
	if layer.Compressed, err = source.Size(); err != nil {
		return layer, err
	}
	content, err := source.Uncompressed()
	if err != nil {
		return layer, err
	}
	defer content.Close()
	counted := &counter{Reader: content}
	if err := apply(counted, root); err != nil {
		return layer, err
	}
	// What follows the end of the archive is in the layer too.
	_, err = io.Copy(io.Discard, counted)
	layer.Uncompressed = counted.bytes
	return layer, err
}

// added is an entry of a layer.
type added struct {
	names  []string
	node   *node
	target []string // of a hard link, else nil
}

// apply applies the archive of a layer to the file system below it. Whiteouts remove what is below only,
// wherever they stand in the archive.
func apply(content io.Reader, root *node) error {
	var entries []added
	err := archive.Each(content, func(header *tar.Header, content io.Reader) error {
		names := split(header.Name)
		if len(names) == 0 {
			return nil // the root
		}
		switch base, parent := names[len(names)-1], names[:len(names)-1]; {
		case base == opaque:
			if directory := root.find(parent); directory != nil && directory.children != nil {
				clear(directory.children)
			}
			return nil
		case strings.HasPrefix(base, whiteout):
			root.remove(append(parent[:len(parent):len(parent)], strings.TrimPrefix(base, whiteout)))
			return nil
		}
		entry := added{names: names, node: newNode(header)}
		if header.Typeflag == tar.TypeLink {
			entry.target = split(header.Linkname)
		} else if err := entry.node.read(path.Join(names...), content); err != nil {
			return fmt.Errorf("%s: %w", header.Name, err)
		}
		entries = append(entries, entry)
		return nil
	})
	for _, entry := range entries {
		// A directory within itself would have no end.
		if target := root.find(entry.target); entry.target != nil && target != nil && target.children == nil {
			entry.node = target
		}
		root.put(entry.names, entry.node)
	}
	return err
}

// counter counts the bytes that are read.
type counter struct {
	io.Reader
	bytes int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.bytes += int64(n)
	return n, err
}
