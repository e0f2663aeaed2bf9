package page

import (
	"html/template"
	"strings"
)

// prose is a text of the contract as paragraphs.
type prose []template.HTML

// proseOf reads a text: blank lines part its paragraphs, and backquotes enclose code.
func proseOf(text string) prose {
	var paragraphs prose
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		if paragraph != "" {
			paragraphs = append(paragraphs, inline(paragraph))
		}
	}
	return paragraphs
}

func inline(text string) template.HTML {
	var b strings.Builder
	for i, part := range strings.Split(template.HTMLEscapeString(text), "`") {
		switch {
		case i == 0:
		case i%2 == 1:
			b.WriteString("<code>")
		default:
			b.WriteString("</code>")
		}
		b.WriteString(part)
	}
	return template.HTML(b.String())
}
