package api

import (
	"fmt"
	"net/http"
	"strings"

	"example.com/multistage/items"
	"example.com/multistage/server/problem"
)

const idempotencyKeyHeader = "Idempotency-Key"

// idempotencyKey returns the key of a request: 1 to items.MaxKeyLen visible ASCII
// characters, or nothing where it has none.
func idempotencyKey(header http.Header) (string, error) {
	values := header.Values(idempotencyKeyHeader)
	if len(values) == 0 {
		return "", nil
	}
	key := values[0]
	hidden := strings.ContainsFunc(key, func(c rune) bool { return c <= ' ' || c > '~' })
	if len(values) > 1 || key == "" || len(key) > items.MaxKeyLen || hidden {
		return "", &requestError{problem.Problem{
			Status: http.StatusBadRequest,
			Detail: fmt.Sprintf("%s must be sent once and have 1 to %d visible ASCII characters.", idempotencyKeyHeader, items.MaxKeyLen),
		}}
	}
	return key, nil
}
