package policy

// Item is an item of a benchmark.
type Item struct {
	Number string
	Title  string
	Rules  []string // those of Rules that hold it, or what of it an image can show
	Note   string   // what an image cannot show
}

// CIS returns section 4 of the CIS Docker Benchmark, Container Images and Build
// File Configuration: https://www.cisecurity.org/benchmark/docker
func CIS() []Item {
	return []Item{
		{"4.1", "a user for the container has been created", []string{"user", "accounts"}, ""},
		{"4.2", "containers use only trusted base images", []string{"labels", "files", "layers"},
			"There is no base image: the label base.name says scratch, and all files of all layers are listed."},
		{"4.3", "unnecessary packages are not installed", []string{"files", "shell", "package-manager"}, ""},
		{"4.4", "images are scanned and rebuilt to include security patches", []string{"build"},
			"Scanning is done over time. What it needs is here: the binary names its Go version and all modules."},
		{"4.5", "content trust for Docker is enabled", []string{"blobs"},
			"A setting of the engine that pulls. What a signature signs is here: digests that hold for all blobs."},
		{"4.6", "HEALTHCHECK instructions have been added", []string{"healthcheck"},
			"OCI's image configuration has no field for it: there, probes of the platform stand in."},
		{"4.7", "update instructions are not used alone in Dockerfiles", []string{"instructions", "package-manager"},
			"Nothing is updated, because nothing is installed. Stages before the last are not in the image."},
		{"4.8", "setuid and setgid permissions are removed", []string{"setuid"}, ""},
		{"4.9", "COPY is used instead of ADD in Dockerfiles", []string{"instructions"},
			"Stages before the last are not in the image."},
		{"4.10", "secrets are not stored in Dockerfiles", []string{"secrets"},
			"Secrets are known by form and name only."},
		{"4.11", "only verified packages are installed", []string{"package-manager", "build"},
			"The only packages are Go modules, which the go command and Bazel verify by the sums that the binary names."},
		{"4.12", "all signed artifacts are validated", []string{"build", "blobs"},
			"No artifact is signed. What comes from elsewhere is known by its sum, what is built by its digest."},
	}
}
