package policy

import (
	"bytes"
	"debug/elf"
	"fmt"
	"slices"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

// Image is an image that was read.
type Image struct {
	source   v1.Image
	manifest *v1.Manifest
	size     int64 // of the manifest, in bytes
	config   *v1.ConfigFile
	layers   []Layer
}

// Read reads an image once, for all rules. It holds the contents of all files in
// memory.
func Read(image v1.Image) (*Image, error) {
	manifest, err := image.Manifest()
	if err != nil {
		return nil, fmt.Errorf("the manifest: %w", err)
	}
	size, err := image.Size()
	if err != nil {
		return nil, fmt.Errorf("the manifest: %w", err)
	}
	config, err := image.ConfigFile()
	if err != nil {
		return nil, fmt.Errorf("the configuration: %w", err)
	}
	sources, err := image.Layers()
	if err != nil {
		return nil, fmt.Errorf("the layers: %w", err)
	}
	read := &Image{source: image, manifest: manifest, size: size, config: config}
	for i, source := range sources {
		layer, err := readLayer(source)
		if err != nil {
			return nil, fmt.Errorf("layer %d: %w", i, err)
		}
		read.layers = append(read.layers, layer)
	}
	return read, nil
}

// Platform returns what the image is for, such as "linux/arm64/v8".
func (i *Image) Platform() string {
	platform := i.config.Platform()
	if platform == nil {
		return ""
	}
	return platform.String()
}

// files returns the files of all layers, the lowest first.
func (i *Image) files() []File {
	var files []File
	for _, layer := range i.layers {
		files = append(files, layer.Files...)
	}
	return files
}

// find returns the file with an absolute path, which is that of the highest layer.
func (i *Image) find(path string) (File, bool) {
	files := i.files()
	slices.Reverse(files)
	at := slices.IndexFunc(files, func(f File) bool { return "/"+f.path() == path })
	if at < 0 {
		return File{}, false
	}
	return files[at], true
}

// program returns the file that the entrypoint starts. The rule entrypoint says
// why there is none.
func (i *Image) program() (File, bool) {
	if len(i.config.Config.Entrypoint) == 0 {
		return File{}, false
	}
	file, found := i.find(i.config.Config.Entrypoint[0])
	return file, found && file.mode().IsRegular()
}

// binary returns the program as an ELF file. The rule entrypoint says why it is
// none.
func (i *Image) binary() (*elf.File, bool) {
	program, found := i.program()
	if !found {
		return nil, false
	}
	binary, err := elf.NewFile(bytes.NewReader(program.content))
	return binary, err == nil
}

// command holds that a path is that of a file which the image's user can execute,
// and which a user with an unknown uid and group 0 can.
func (i *Image) command(path string, r *report) {
	if !strings.HasPrefix(path, "/") {
		r.addf("%q is not an absolute path", path)
		return
	}
	file, found := i.find(path)
	if !found || !file.mode().IsRegular() {
		r.addf("%s is not a file of the image", path)
		return
	}
	if who, allowed := i.permitted(file, execute); !allowed {
		r.addf("%s may not execute %s", who, file)
	}
}

// permitted tells whether users may do something with a file: the image's, and one
// with an unknown uid and group 0, which some platforms give to every container.
// Otherwise it names the user who may not.
func (i *Image) permitted(file File, what permission) (who string, allowed bool) {
	if id, ok := i.identity(); ok && !file.permits(id, what) {
		return "user " + i.config.Config.User, false
	}
	return "an unknown user with group 0", file.permits(identity{uid: -1, gid: 0}, what)
}
