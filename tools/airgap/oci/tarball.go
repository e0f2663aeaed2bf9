package main

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

// tarball is an image as docker load reads it.
type tarball struct {
	image v1.Image
	tags  []string
}

// makeTarball writes a tarball to a file.
func makeTarball(args []string) error {
	flags := newFlags("tarball")
	image := flags.String("image", "", "the `layout` of the image")
	tags := flags.String("tags", "", "a `file` with a tag a line")
	output := flags.String("output", "", "the `file` to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	t, err := openTarball(*image, *tags)
	if err != nil {
		return err
	}
	file, err := os.Create(*output)
	if err != nil {
		return err
	}
	return errors.Join(t.write(file), file.Close())
}

func openTarball(dir, tags string) (tarball, error) {
	image, _, err := openImage(dir)
	if err != nil {
		return tarball{}, err
	}
	words, err := readWords(tags)
	return tarball{image, words}, err
}

// readWords returns the words of a file, which spaces and newlines part.
func readWords(path string) ([]string, error) {
	content, err := os.ReadFile(path)
	return append([]string{}, strings.Fields(string(content))...), err
}

// write writes the configuration, the layers and, last, what lists them.
func (t tarball) write(w io.Writer) error {
	archive := tar.NewWriter(w)
	config, err := t.writeConfig(archive)
	if err != nil {
		return err
	}
	layers, err := t.writeLayers(archive)
	if err != nil {
		return err
	}
	manifest, err := pretty([]object{{{"Config", config}, {"RepoTags", t.tags}, {"Layers", layers}}})
	if err != nil {
		return err
	}
	return errors.Join(add(archive, "manifest.json", manifest), archive.Close())
}

func (t tarball) writeConfig(archive *tar.Writer) (string, error) {
	content, err := t.image.RawConfigFile()
	if err != nil {
		return "", err
	}
	digest, err := t.image.ConfigName()
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("blobs/%s/%s", digest.Algorithm, digest.Hex)
	return name, add(archive, name, content)
}

func (t tarball) writeLayers(archive *tar.Writer) ([]string, error) {
	names := []string{}
	layers, err := t.image.Layers()
	if err != nil {
		return nil, err
	}
	for _, layer := range layers {
		name, err := writeLayer(archive, layer)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

func writeLayer(archive *tar.Writer, layer v1.Layer) (string, error) {
	digest, err := layer.Digest()
	if err != nil {
		return "", err
	}
	content, err := compressed(layer)
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("blobs/%s/%s.tar.gz", digest.Algorithm, digest.Hex)
	return name, add(archive, name, content)
}

// add writes a file with the mode and the time that rules_oci gives to all.
func add(archive *tar.Writer, name string, content []byte) error {
	err := archive.WriteHeader(&tar.Header{
		Typeflag: tar.TypeReg,
		Name:     name,
		Size:     int64(len(content)),
		Mode:     0o755,
		ModTime:  time.Unix(1672560000, 0),
	})
	if err != nil {
		return err
	}
	_, err = archive.Write(content)
	return err
}
