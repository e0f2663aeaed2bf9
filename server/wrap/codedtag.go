package wrap

import (
	"net/http"
	"slices"
	"strings"

	"example.com/multistage/server/etag"
)

// codedTag returns the entity tag of a representation in a content coding. A
// strong tag must differ from that of the bare bytes (RFC 9110, section 8.8.3.3),
// and so gets a suffix, "3-gzip"; a weak one may stay.
func codedTag(tag, coding string) string {
	if len(tag) < 2 || tag[0] != '"' || tag[len(tag)-1] != '"' {
		return tag
	}
	return tag[:len(tag)-1] + "-" + coding + `"`
}

// bareTag undoes codedTag, for a tag that may have become weak on its way.
func bareTag(tag string) string {
	if bare, ok := strings.CutSuffix(tag, "-"+gzipCoding+`"`); ok && strings.HasPrefix(strings.TrimPrefix(bare, "W/"), `"`) {
		return bare + `"`
	}
	return tag
}

// bareConditions takes the codings off the tags of a request's conditions, so
// that handlers know the tags they gave. It returns the strong tags that the
// client named, by those that the handlers see.
func bareConditions(header http.Header) (named map[string]string) {
	for _, field := range []string{"If-Match", "If-None-Match"} {
		if !slices.ContainsFunc(header[field], mayBeCoded) {
			continue
		}
		etag.Replace(header, field, func(tag string) string {
			bare := bareTag(tag)
			if named == nil {
				named = make(map[string]string)
			}
			if strong := strings.TrimPrefix(bare, "W/"); named[strong] == "" {
				named[strong] = strings.TrimPrefix(tag, "W/")
			}
			return bare
		})
	}
	return named
}

// mayBeCoded reports whether a line of tags may have one that codedTag made.
func mayBeCoded(line string) bool { return strings.Contains(line, "-") }
