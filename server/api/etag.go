package api

import (
	"strconv"

	"example.com/multistage/items"
)

// etagOf returns the strong entity tag of an item's representation.
func etagOf(item items.Item) string {
	return `"` + strconv.FormatInt(item.Version, 10) + `"`
}
