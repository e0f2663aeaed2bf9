package main

// config is the configuration of an image. The order of its fields is that in which
// rules_oci writes them; a field that is not set is left out, one that is set to
// nothing is not.
//
// https://github.com/opencontainers/image-spec/blob/main/config.md
type config struct {
	Created      string    `json:"created"`
	Config       execution `json:"config"`
	History      []history `json:"history"`
	RootFS       rootFS    `json:"rootfs"`
	Architecture string    `json:"architecture"`
	OS           string    `json:"os"`
	Variant      string    `json:"variant,omitempty"`
}

// execution is how a container of the image runs.
type execution struct {
	Entrypoint   []string `json:",omitzero"`
	ExposedPorts object   `json:",omitzero"`
	Volumes      object   `json:",omitzero"`
	Env          []string `json:",omitzero"`
	Labels       object   `json:",omitzero"`
	User         string   `json:",omitempty"`
	WorkingDir   string   `json:",omitempty"`
}

// history is where a layer comes from.
type history struct {
	Created   string `json:"created"`
	CreatedBy string `json:"created_by"`
}

// rootFS are the layers before compression.
type rootFS struct {
	Type    string   `json:"type"`
	DiffIDs []string `json:"diff_ids"`
}

// add lists a layer.
func (c *config) add(l layer) {
	c.History = append(c.History, history{Created: epoch, CreatedBy: "bazel build " + l.label})
	c.RootFS.DiffIDs = append(c.RootFS.DiffIDs, l.diffID)
}
