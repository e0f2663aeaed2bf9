package api

// Options change what the operations ask of requests. The zero value is the
// default.
type Options struct {
	// RequireIfMatch refuses changes and removals without an If-Match.
	RequireIfMatch bool
}
