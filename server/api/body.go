package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"example.com/multistage/server/problem"
)

// maxBody is the most bytes that the body of a request may have.
const maxBody = 64 << 10

// The media types of bodies.
const (
	mediaJSON       = "application/json"
	mediaMergePatch = "application/merge-patch+json"
	mediaNDJSON     = "application/x-ndjson"
)

// checkMediaType returns the media type of a request, which must be one of those
// given. All are forms of JSON, whose charset is UTF-8 (RFC 8259, section 8.1).
func checkMediaType(header http.Header, mediaTypes ...string) (string, error) {
	contentType := strings.Join(header.Values("Content-Type"), ", ")
	got, params, err := mime.ParseMediaType(contentType)
	charset, hasCharset := params["charset"]
	encoding := strings.Join(header.Values("Content-Encoding"), ", ")
	switch {
	case err != nil || !slices.Contains(mediaTypes, got):
		return "", unsupported("The body must have the media type %s, not %q.", strings.Join(mediaTypes, " or "), contentType)
	case hasCharset && !strings.EqualFold(charset, "utf-8"):
		return "", unsupported("The body must be UTF-8, not %q.", charset)
	case encoding != "" && !strings.EqualFold(encoding, "identity"):
		return "", unsupported("The body must have no content encoding, not %q.", encoding)
	}
	return got, nil
}

func unsupported(format string, args ...any) error {
	return &requestError{problem.Problem{
		Status: http.StatusUnsupportedMediaType,
		Detail: fmt.Sprintf(format, args...),
	}}
}

// readJSON reads a body that is one JSON value.
func readJSON(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := readBody(w, r)
	if err != nil {
		return nil, err
	}
	if detail := checkJSON(body); detail != "" {
		return nil, malformed("body", detail)
	}
	return body, nil
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.ContentLength > maxBody {
		return nil, tooLarge() // before a client that waits for 100 Continue sends it
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, tooLarge()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		if r.ProtoMajor == 1 { // the rest of the body would be taken for a request; HTTP/2 would end other requests
			w.Header().Set("Connection", "close")
		}
		return nil, &requestError{problem.Problem{
			Status: http.StatusRequestTimeout,
			Detail: "The body took too long to arrive.",
		}}
	}
	if err != nil {
		return nil, malformed("body", "could not be read to its end")
	}
	return body, nil
}

func tooLarge() error {
	return &requestError{problem.Problem{
		Status: http.StatusRequestEntityTooLarge,
		Detail: fmt.Sprintf("The body must have at most %d bytes.", maxBody),
	}}
}

// malformed says that a part of the body is no JSON.
func malformed(part, detail string) error {
	return &requestError{problem.Problem{
		Status: http.StatusBadRequest,
		Detail: "The " + part + " " + detail + ".",
		Errors: []problem.Error{fault("", detail)},
	}}
}

// checkJSON says why a text is not one JSON value in valid UTF-8, or nothing.
func checkJSON(text []byte) (detail string) {
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return "is empty: it must be a JSON object"
	case bytes.HasPrefix(text, []byte("\ufeff")):
		return "begins with a byte order mark, which JSON has not"
	case !utf8.Valid(text):
		return "is not valid UTF-8"
	}
	var value json.RawMessage
	err := json.Unmarshal(text, &value)
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf("is not valid JSON: %v at byte %d", e, e.Offset)
	}
	if err != nil {
		return "is not valid JSON: " + err.Error()
	}
	return ""
}
