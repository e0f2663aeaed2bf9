// Package facts finds out what container images consist of. It reads each layer once and keeps no contents of
// files but those of a few databases.
package facts

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"example.com/multistage/compare/result"
	"example.com/multistage/image/policy"
)

// Of returns the facts of an image, which depend on nothing but its manifest, configuration and layers.
// Linked are the Go modules that the service is made of, as module@version; nil where that is not known.
func Of(image v1.Image, linked []string) (result.Facts, error) {
	manifest, err := image.Manifest()
	if err != nil {
		return result.Facts{}, fmt.Errorf("the manifest: %w", err)
	}
	size, err := image.Size()
	if err != nil {
		return result.Facts{}, fmt.Errorf("the manifest: %w", err)
	}
	config, err := image.ConfigFile()
	if err != nil {
		return result.Facts{}, fmt.Errorf("the configuration: %w", err)
	}
	layers, err := image.Layers()
	if err != nil {
		return result.Facts{}, fmt.Errorf("the layers: %w", err)
	}
	root := newDirectory()
	facts := result.Facts{User: config.Config.User, Compressed: size + manifest.Config.Size}
	if platform := config.Platform(); platform != nil {
		facts.Platform = platform.String()
	}
	commands := commands(config.History)
	for i, source := range layers {
		layer, err := readLayer(source, root)
		if err != nil {
			return result.Facts{}, fmt.Errorf("layer %d: %w", i, err)
		}
		if i < len(commands) {
			layer.CreatedBy = commands[i]
		}
		facts.Layers = append(facts.Layers, layer)
		facts.Compressed += layer.Compressed
		facts.Uncompressed += layer.Uncompressed
	}
	describe(&facts, root)
	facts.Modules = modules(root, linked)
	return facts, nil
}

// describe fills in what the files of an image say.
func describe(facts *result.Facts, root *node) {
	var files, executables, setuid, shells, managers []string
	for file, n := range root.all() {
		name := path.Base(file)
		files = append(files, file)
		if n.executable() {
			executables = append(executables, file)
		}
		if n.setuid() {
			setuid = append(setuid, file)
		}
		if n.starts(name, policy.Shells()) {
			shells = append(shells, file)
		}
		if n.starts(name, policy.PackageManagers()) {
			managers = append(managers, file)
		}
	}
	facts.Files, facts.Executables, facts.Setuid = result.List(files), result.List(executables), result.List(setuid)
	facts.Shells, facts.PackageManagers = result.List(shells), result.List(managers)
	facts.OSPackages = result.List(packages(root))
	facts.Writable = result.List(writable(root, facts.User))
}

// commands returns what made each layer, the lowest first, in short.
func commands(history []v1.History) (all []string) {
	for _, h := range history {
		if !h.EmptyLayer {
			all = append(all, shorten(h.CreatedBy))
		}
	}
	return all
}

// shorten returns an instruction without what an engine puts before it, in at most 80 characters.
func shorten(command string) string {
	command = strings.Join(strings.Fields(command), " ")
	if _, rest, found := strings.Cut(command, "/bin/sh -c "); found {
		command = strings.TrimSpace(strings.TrimPrefix(rest, "#(nop) "))
	}
	command = strings.TrimSuffix(command, " # buildkit")
	const most = 80
	if characters := []rune(command); len(characters) > most {
		command = string(characters[:most-3]) + "..."
	}
	return command
}

// modules compares what a scanner finds in the binaries with what the service is made of. The main module of a
// binary is not among them.
func modules(root *node, linked []string) result.Modules {
	var m result.Modules
	found := make(map[string]bool)
	for _, n := range root.all() {
		if n.modules == nil {
			continue
		}
		m.Binaries++
		for _, module := range n.modules {
			found[module] = true
		}
	}
	m.Found = result.List(slices.Sorted(maps.Keys(found)))
	if m.Compared = linked != nil; !m.Compared {
		return m
	}
	var missing, foreign []string
	for _, module := range slices.Sorted(slices.Values(linked)) {
		if !found[module] {
			missing = append(missing, module)
		}
	}
	for _, module := range slices.Sorted(maps.Keys(found)) {
		if !slices.Contains(linked, module) {
			foreign = append(foreign, module)
		}
	}
	m.Missing, m.Foreign = result.List(missing), result.List(foreign)
	return m
}
