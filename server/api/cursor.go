package api

import (
	"encoding/base64"
	"encoding/binary"
	"errors"

	"example.com/multistage/items"
)

// A cursor says where in the list of items a page ended. To clients it is
// opaque; it holds the form's version and the id of the page's last item.
const cursorVersion = 1

var errCursor = errors.New("not a cursor")

func formatCursor(id int64) string {
	b := binary.AppendUvarint([]byte{cursorVersion}, uint64(id))
	return base64.RawURLEncoding.EncodeToString(b)
}

// parseCursor accepts only what formatCursor makes.
func parseCursor(s string) (id int64, err error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) < 2 || b[0] != cursorVersion {
		return 0, errCursor
	}
	n, _ := binary.Uvarint(b[1:])
	if n < 1 || n > items.MaxID || formatCursor(int64(n)) != s {
		return 0, errCursor
	}
	return int64(n), nil
}
