package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"

	"github.com/google/go-containerregistry/pkg/v1/types"
)

// image are the attributes of oci_image. Those that a file holds are its path.
type image struct {
	output                                    output
	layers                                    []layer
	os, architecture, variant, user, workdir  string
	created, entrypoint, exposedPorts         string
	volumes, environment, labels, annotations string
}

// makeImage makes an image. Its arguments are, after the flags, the label and the
// file of each layer.
func makeImage(args []string) error {
	i, err := parseImage(args)
	if err != nil {
		return err
	}
	return i.write()
}

func parseImage(args []string) (image, error) {
	var i image
	flags := newFlags("image")
	flags.StringVar((*string)(&i.output), "output", "", "the `directory` to write")
	flags.StringVar(&i.os, "os", "", "the operating system")
	flags.StringVar(&i.architecture, "architecture", "", "the architecture")
	flags.StringVar(&i.variant, "variant", "", "the variant of the architecture")
	flags.StringVar(&i.user, "user", "", "the user that the program runs as")
	flags.StringVar(&i.workdir, "workdir", "", "where the program runs")
	flags.StringVar(&i.created, "created", "", "a `file` with a time")
	flags.StringVar(&i.entrypoint, "entrypoint", "", "a `file` with a word a line")
	flags.StringVar(&i.exposedPorts, "exposed-ports", "", "a `file` with a list")
	flags.StringVar(&i.volumes, "volumes", "", "a `file` with a list")
	flags.StringVar(&i.environment, "env", "", "a `file` with name=value a line")
	flags.StringVar(&i.labels, "labels", "", "a `file` with key=value a line")
	flags.StringVar(&i.annotations, "annotations", "", "a `file` with key=value a line")
	if err := flags.Parse(args); err != nil {
		return image{}, err
	}
	return i, i.readLayers(flags)
}

func (i *image) readLayers(flags *flag.FlagSet) error {
	if flags.NArg()%2 != 0 {
		return fmt.Errorf("the layer %s has no file", flags.Arg(flags.NArg()-1))
	}
	for n := 0; n < flags.NArg(); n += 2 {
		l, err := readLayer(flags.Arg(n), flags.Arg(n+1))
		if err != nil {
			return err
		}
		i.layers = append(i.layers, l)
	}
	return nil
}

func (i image) write() error {
	config, err := i.writeConfig()
	if err != nil {
		return err
	}
	layers := []object{}
	for _, l := range i.layers {
		if _, err := i.output.blob(l.content); err != nil {
			return err
		}
		layers = append(layers, l.descriptor())
	}
	manifest, err := i.manifest(config, layers)
	if err != nil {
		return err
	}
	digest, err := i.output.blob(manifest)
	if err != nil {
		return err
	}
	return i.output.finish(object{
		{"schemaVersion", 2},
		{"mediaType", types.OCIImageIndex},
		{"manifests", []object{{
			{"mediaType", types.OCIManifestSchema1},
			{"digest", digest},
			{"size", len(manifest)},
		}}},
	})
}

func (i image) manifest(config object, layers []object) ([]byte, error) {
	manifest := object{
		{"schemaVersion", 2},
		{"mediaType", types.OCIManifestSchema1},
		{"config", config},
		{"layers", layers},
	}
	return annotated(manifest, i.annotations)
}

// writeConfig writes the configuration and returns its descriptor.
func (i image) writeConfig() (object, error) {
	config, err := i.config()
	if err != nil {
		return nil, err
	}
	content, err := pretty(config)
	if err != nil {
		return nil, err
	}
	// rules_oci passes it through a shell variable, which has no newline at its end.
	content = bytes.TrimRight(content, "\n")
	digest, err := i.output.blob(content)
	return object{
		{"mediaType", types.OCIConfigJSON},
		{"size", len(content)},
		{"digest", digest},
	}, err
}

func (i image) config() (config, error) {
	created, err := readTime(i.created)
	execution, errExecution := i.execution()
	c := config{
		Created:      created,
		Config:       execution,
		History:      []history{},
		RootFS:       rootFS{Type: "layers", DiffIDs: []string{}},
		Architecture: i.architecture,
		OS:           i.os,
		Variant:      i.variant,
	}
	for _, l := range i.layers {
		c.add(l)
	}
	return c, errors.Join(err, errExecution)
}

func (i image) execution() (execution, error) {
	entrypoint, err1 := readCommand(i.entrypoint)
	ports, err2 := readSet(i.exposedPorts)
	volumes, err3 := readSet(i.volumes)
	env, err4 := readEnv(i.environment)
	labels, err5 := readPairs(i.labels)
	return execution{
		Entrypoint:   entrypoint,
		ExposedPorts: ports,
		Volumes:      volumes,
		Env:          env,
		Labels:       labels,
		User:         i.user,
		WorkingDir:   i.workdir,
	}, errors.Join(err1, err2, err3, err4, err5)
}
