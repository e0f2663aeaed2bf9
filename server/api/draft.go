package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"example.com/multistage/items"
	"example.com/multistage/server/problem"
)

// maxFaults bounds the faults that an answer lists, and of a body that has more
// about so many are looked for.
const maxFaults = 32

// readDraft reads the draft of an item from the body of a request. Its error is
// a *requestError that names everything wrong with it.
func readDraft(w http.ResponseWriter, r *http.Request) (items.Draft, error) {
	body, err := readBody(w, r)
	if err != nil {
		return items.Draft{}, err
	}
	return draftIn("body", body)
}

// draftIn reads the draft in a part of a body.
func draftIn(part string, text []byte) (items.Draft, error) {
	if draft, ok := plainDraft(text); ok {
		return draft, nil
	}
	if detail := checkJSON(text); detail != "" {
		return items.Draft{}, malformed(part, detail)
	}
	return valid(parseDraft(text))
}

// valid returns the draft that was parsed, or its faults as an error.
func valid(draft items.Draft, faults []problem.Error) (items.Draft, error) {
	if len(faults) > 0 {
		return items.Draft{}, &requestError{invalidDraft(faults)}
	}
	return draft, nil
}

// parseDraft reads a draft from valid JSON, and lists the faults of the JSON and
// of the draft. Unlike encoding/json it takes names only as they are spelled,
// and a field only once.
func parseDraft(body []byte) (items.Draft, []problem.Error) {
	return readFields(items.Draft{}, body, readText)
}

// readFields reads the fields of a JSON object over those of draft, each value
// with read, which says what is wrong with it. It ends after more faults than an
// answer lists.
func readFields(draft items.Draft, body []byte, read func(*string, json.RawMessage) string) (items.Draft, []problem.Error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return items.Draft{}, []problem.Error{fault("", "must be an object")}
	}
	var (
		faults []problem.Error
		fields = map[string]*string{"name": &draft.Name, "description": &draft.Description}
		seen   = make(map[string]bool)
	)
	for len(faults) <= maxFaults && dec.More() { // one more than are told, and 64 KiB of them take long
		token, _ := dec.Token() // the body is valid: this is a name, then a value
		name, _ := token.(string)
		var value json.RawMessage
		_ = dec.Decode(&value)
		detail := ""
		switch field := fields[name]; {
		case field == nil:
			detail = "is not one of the fields name and description"
		case seen[name]:
			detail = "must not appear more than once"
		default:
			detail = read(field, value)
		}
		if detail != "" {
			faults = append(faults, fault(pointer(name), detail))
		}
		seen[name] = true
	}
	return draft, append(faults, missedBy(draft, faults)...)
}

// readText sets field to a JSON value, or says why it can't.
func readText(field *string, value json.RawMessage) (detail string) {
	if value[0] != '"' {
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

// pointer returns the JSON Pointer (RFC 6901) of a field of the body. A replacer made
// for each costs more than all else that is done for a fault.
func pointer(field string) string {
	return "/" + strings.ReplaceAll(strings.ReplaceAll(field, "~", "~0"), "/", "~1")
}
