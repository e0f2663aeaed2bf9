package api

import (
	"strconv"

	"example.com/multistage/items"
)

// etagOf returns the strong entity tag of an item's representation.
func etagOf(item items.Item) string {
	return versionTag(item.Version)
}

func versionTag(version int64) string {
	return `"` + strconv.FormatInt(version, 10) + `"`
}

// tags are the values of ETag for the versions that most items have, which are
// never written to.
type tags [][]string

// commonVersions is how many of them there are.
const commonVersions = 32

func newTags() tags {
	t := make(tags, commonVersions)
	for version := range t {
		t[version] = []string{versionTag(int64(version))}
	}
	return t
}

// of returns the value of ETag for a version.
func (t tags) of(version int64) []string {
	if version < int64(len(t)) {
		return t[version]
	}
	return []string{versionTag(version)}
}
