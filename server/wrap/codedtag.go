package wrap

import (
	"net/http"
	"strings"
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
	for _, coding := range []string{gzipCoding, zstdCoding} {
		if bare, ok := strings.CutSuffix(tag, "-"+coding+`"`); ok && strings.HasPrefix(strings.TrimPrefix(bare, "W/"), `"`) {
			return bare + `"`
		}
	}
	return tag
}

// bareConditions takes the codings off the tags of a request's conditions, so
// that handlers know the tags they gave. It returns the strong tags that the
// client named, by those that the handlers see.
func bareConditions(header http.Header) (named map[string]string) {
	for _, name := range []string{"If-Match", "If-None-Match"} {
		for i, value := range header[name] {
			if !strings.Contains(value, `-`) {
				continue
			}
			var tags []string
			for tag := range strings.SplitSeq(value, ",") {
				tag = strings.Trim(tag, " \t")
				bare := bareTag(tag)
				tags = append(tags, bare)
				if named == nil {
					named = make(map[string]string)
				}
				if strong := strings.TrimPrefix(bare, "W/"); named[strong] == "" {
					named[strong] = strings.TrimPrefix(tag, "W/")
				}
			}
			header[name][i] = strings.Join(tags, ", ")
		}
	}
	return named
}
