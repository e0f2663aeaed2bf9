package policy

// Budget is how many bytes are allowed.
type Budget struct {
	Binary       int64 // the program that the entrypoint starts
	Compressed   int64 // what a registry stores: manifest, configuration and layers
	Uncompressed int64 // the layers' archives
}
