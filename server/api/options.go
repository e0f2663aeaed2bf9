package api

// Options change what the operations ask of requests. The zero value is the
// default.
type Options struct {
	// RequireIfMatch refuses changes and removals without an If-Match.
	RequireIfMatch bool
	// MaxStreams is how many exports and imports may run at once; further ones
	// are answered with 503. 0 means no limit.
	MaxStreams int
}
