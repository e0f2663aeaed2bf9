package api

import (
	"encoding/json"

	"example.com/multistage/items"
	"example.com/multistage/server/problem"
)

// mergePatch applies a JSON merge patch (RFC 7396) to the draft of an item: a
// field of the patch replaces the draft's, null empties it. It lists the faults of
// the patch, which must be valid JSON, and of the draft that it makes. It is as
// strict as parseDraft, and a patch that is no object would leave no item.
func mergePatch(draft items.Draft, patch []byte) (items.Draft, []problem.Error) {
	return readFields(draft, patch, func(field *string, value json.RawMessage) string {
		if string(value) == "null" {
			*field = ""
			return ""
		}
		return readText(field, value)
	})
}
