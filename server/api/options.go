package api

// Options change what the operations ask of requests. The zero value is the
// default.
type Options struct {
	// RequireIfMatch refuses changes and removals without an If-Match.
	RequireIfMatch bool
	// MaxStreams is how many exports, imports and pages above 64 KiB may be under
	// way at once; further ones are answered with 503. 0 means no limit.
	MaxStreams int
}
