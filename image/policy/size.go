package policy

func size(i *Image, want Expected, r *report) {
	program, _ := i.program()
	r.budget("the program", int64(len(program.content)), want.Budget.Binary)
	r.budget("the archives of the layers", i.uncompressed(), want.Budget.Uncompressed)
	r.budget("manifest, configuration and layers", i.compressed(), want.Budget.Compressed)
}

func (r *report) budget(what string, got, most int64) {
	if got > most {
		r.addf("%s: %d bytes, want at most %d", what, got, most)
	}
}

// compressed returns how many bytes the manifest has, and all blobs that it lists.
func (i *Image) compressed() int64 {
	sum := i.size + i.manifest.Config.Size
	for _, layer := range i.manifest.Layers {
		sum += layer.Size
	}
	return sum
}

// uncompressed returns how many bytes the archives of the layers have.
func (i *Image) uncompressed() int64 {
	var sum int64
	for _, layer := range i.layers {
		sum += layer.size
	}
	return sum
}
