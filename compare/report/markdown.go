package report

import (
	_ "embed"
	"strings"
	"text/template"

	"example.com/multistage/compare/result"
)

//go:embed comparison.md.tmpl
var page string

// Markdown returns the page about a comparison.
func Markdown(c *result.Comparison) (string, error) {
	t, err := template.New("page").Funcs(template.FuncMap{"plain": plain}).Parse(page)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, struct {
		*result.Comparison
		All, Docs, Machine, Variants, Blobs string
		Notes                               []string
		Findings                            []finding
		Tables                              []table
	}{c, commandAll, commandDocs, plain(machine(c)), variants(c), blobs(c), notes(c), findings(c), tables(c)})
	return b.String(), err
}

// variants tells what the images are.
func variants(c *result.Comparison) string {
	rows := [][]string{{"image", "reference", "built by", "platform"}}
	for _, i := range c.Images {
		command := none
		if i.Command != "" {
			command = code(i.Command)
		}
		rows = append(rows, []string{i.Name + marks(i), code(i.Reference), command, orNone(i.Facts.Platform)})
	}
	return markdown(rows)
}

// marks sends the reader of an image's row to its notes.
func marks(i result.Image) string {
	if len(i.Notes) == 0 {
		return ""
	}
	return " (see the note below)"
}

func notes(c *result.Comparison) (all []string) {
	for _, i := range c.Images {
		for _, note := range i.Notes {
			all = append(all, i.Name+": "+plain(note))
		}
	}
	return all
}

// blobs names what a node pulls after each change, empty where nothing is known of that.
func blobs(c *result.Comparison) string {
	rows := [][]string{{"after", "image", "what", "digest", "bytes"}}
	for _, change := range result.Changes() {
		for _, i := range c.Images {
			if pull := pullAfter(i, change); pull != nil {
				for _, blob := range pull.Blobs {
					rows = append(rows, []string{string(change), i.Name, blob.Kind, code(short(blob.Digest)), count(int(blob.Bytes))})
				}
			}
		}
	}
	if len(rows) == 1 {
		return ""
	}
	return markdown(rows)
}

// short returns the first digits of a digest.
func short(digest string) string {
	_, hex, _ := strings.Cut(digest, ":")
	return hex[:min(len(hex), 12)]
}
