package result

// Facts are what an image consists of. They depend neither on the machine nor on the time.
type Facts struct {
	Platform     string  `json:"platform"`
	Compressed   int64   `json:"compressed"`   // bytes to pull: manifest, configuration and layers as a registry sends them
	Uncompressed int64   `json:"uncompressed"` // bytes of the layers' archives
	Layers       []Layer `json:"layers"`
	Reproducible *bool   `json:"reproducible,omitempty"` // built twice from nothing: the same layers

	User            string  `json:"user"`  // as the configuration has it; "" is root
	Files           Listing `json:"files"` // files, directories and links of the file system
	Executables     Listing `json:"executables"`
	Setuid          Listing `json:"setuid"` // setgid too
	Shells          Listing `json:"shells"`
	PackageManagers Listing `json:"package_managers"`
	OSPackages      Listing `json:"os_packages"`
	Writable        Listing `json:"writable"` // paths that the image's user may write to
	Modules         Modules `json:"modules"`
}

// Layer is a layer of an image.
type Layer struct {
	Digest       string `json:"digest"`       // of the compressed layer
	Compressed   int64  `json:"compressed"`   // bytes
	Uncompressed int64  `json:"uncompressed"` // bytes
	CreatedBy    string `json:"created_by,omitempty"`
}

// Listing is a number of things and the first of them, at most Examples.
type Listing struct {
	Count int      `json:"count"`
	First []string `json:"first,omitempty"`
}

// Examples is how many things a Listing names.
const Examples = 20

// List returns what a listing says of sorted names.
func List(names []string) Listing {
	return Listing{len(names), names[:min(len(names), Examples)]}
}

// Modules are the Go modules that a scanner finds in the binaries of an image.
type Modules struct {
	Binaries int     `json:"binaries"` // that name their modules
	Found    Listing `json:"found"`    // module@version
	Missing  Listing `json:"missing"`  // linked into the service, not found
	Foreign  Listing `json:"foreign"`  // found, not of the service
	Compared bool    `json:"compared"` // false: it is not known what is linked
}

// True tells whether a scanner sees the modules of the service and no others.
func (m Modules) True() bool {
	return m.Compared && m.Missing.Count == 0 && m.Foreign.Count == 0
}
