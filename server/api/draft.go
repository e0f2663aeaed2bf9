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
	"strings"
	"unicode/utf8"

	"example.com/multistage/items"
	"example.com/multistage/server/problem"
)

// maxBody is the most bytes that the body of a request may have.
const maxBody = 64 << 10

// maxFaults bounds the faults that an answer lists.
const maxFaults = 32

// readDraft reads the draft of an item from the body of a request. Its error is
// a *requestError that names everything wrong with it.
func readDraft(w http.ResponseWriter, r *http.Request) (items.Draft, error) {
	if err := checkMediaType(r.Header); err != nil {
		return items.Draft{}, err
	}
	body, err := readBody(w, r)
	if err != nil {
		return items.Draft{}, err
	}
	if err := checkJSON(body); err != nil {
		return items.Draft{}, err
	}
	draft, faults := parseDraft(body)
	if len(faults) > 0 {
		return items.Draft{}, &requestError{invalidDraft(faults[:min(len(faults), maxFaults)])}
	}
	return draft, nil
}

// checkMediaType accepts JSON, whose charset is UTF-8 (RFC 8259, section 8.1).
func checkMediaType(header http.Header) error {
	const mediaType = "application/json"
	contentType := strings.Join(header.Values("Content-Type"), ", ")
	got, params, err := mime.ParseMediaType(contentType)
	charset, hasCharset := params["charset"]
	encoding := strings.Join(header.Values("Content-Encoding"), ", ")
	switch {
	case err != nil || got != mediaType:
		return unsupported("The body must have the media type %s, not %q.", mediaType, contentType)
	case hasCharset && !strings.EqualFold(charset, "utf-8"):
		return unsupported("The body must be UTF-8, not %q.", charset)
	case encoding != "" && !strings.EqualFold(encoding, "identity"):
		return unsupported("The body must have no content encoding, not %q.", encoding)
	}
	return nil
}

func unsupported(format string, args ...any) error {
	return &requestError{problem.Problem{
		Status: http.StatusUnsupportedMediaType,
		Detail: fmt.Sprintf(format, args...),
	}}
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	tooLarge := &requestError{problem.Problem{
		Status: http.StatusRequestEntityTooLarge,
		Detail: fmt.Sprintf("The body must have at most %d bytes.", maxBody),
	}}
	if r.ContentLength > maxBody {
		return nil, tooLarge // before a client that waits for 100 Continue sends it
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, tooLarge
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		w.Header().Set("Connection", "close") // the rest of the body would be taken for a request
		return nil, &requestError{problem.Problem{
			Status: http.StatusRequestTimeout,
			Detail: "The body took too long to arrive.",
		}}
	}
	if err != nil {
		return nil, malformed("could not be read to its end")
	}
	return body, nil
}

func malformed(detail string) error {
	return &requestError{problem.Problem{
		Status: http.StatusBadRequest,
		Detail: "The body " + detail + ".",
		Errors: []problem.Error{fault("", detail)},
	}}
}

// checkJSON accepts one JSON value in valid UTF-8.
func checkJSON(body []byte) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return malformed("is empty: it must be a JSON object")
	}
	if !utf8.Valid(body) {
		return malformed("is not valid UTF-8")
	}
	var value json.RawMessage
	err := json.Unmarshal(body, &value)
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return malformed(fmt.Sprintf("is not valid JSON: %v at byte %d", e, e.Offset))
	}
	if err != nil {
		return malformed("is not valid JSON: " + err.Error())
	}
	return nil
}

// parseDraft reads a draft from valid JSON, and lists the faults of the JSON and
// of the draft. Unlike encoding/json it takes names only as they are spelled,
// and a field only once.
func parseDraft(body []byte) (items.Draft, []problem.Error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return items.Draft{}, []problem.Error{fault("", "must be an object")}
	}
	var (
		draft  items.Draft
		faults []problem.Error
		fields = map[string]*string{"name": &draft.Name, "description": &draft.Description}
		seen   = make(map[string]bool)
	)
	for dec.More() {
		token, _ := dec.Token() // the body is valid: this is a name, then a value
		name, _ := token.(string)
		var value json.RawMessage
		_ = dec.Decode(&value)
		if detail := readField(fields[name], seen[name], value); detail != "" {
			faults = append(faults, fault(pointer(name), detail))
		}
		seen[name] = true
	}
	return draft, append(faults, missedBy(draft, faults)...)
}

// readField sets field, which is nil for an unknown one, to a JSON value, or
// says why it can't.
func readField(field *string, again bool, value json.RawMessage) (detail string) {
	switch {
	case field == nil:
		return "is not a field of an item's draft"
	case again:
		return "must not appear more than once"
	case value[0] != '"':
		return "must be a string"
	}
	if hasLoneSurrogate(value) {
		return "must not contain half of a surrogate pair"
	}
	_ = json.Unmarshal(value, field) // the value is a valid string
	return ""
}

// missedBy lists what is wrong with draft but for the fields that faults names
// already.
func missedBy(draft items.Draft, faults []problem.Error) []problem.Error {
	invalid, ok := errors.AsType[*items.InvalidError](draft.Validate())
	if !ok {
		return nil
	}
	named := make(map[string]bool)
	for _, f := range faults {
		named[*f.Pointer] = true
	}
	var missed []problem.Error
	for _, f := range fieldErrors(invalid) {
		if !named[*f.Pointer] {
			missed = append(missed, f)
		}
	}
	return missed
}

// pointer returns the JSON Pointer (RFC 6901) of a field of the body.
func pointer(field string) string {
	return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(field)
}
