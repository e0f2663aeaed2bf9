package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"example.com/multistage/compare/result"
)

//go:embed section.html.tmpl
var section string

// smallest is what the section tells of the smallest image.
type smallest struct {
	Name, Size, Files, Shells, Packages string
}

// Section returns the section of the home page about a comparison. Its bars have their lengths without inline
// styles, which the page's policy forbids.
func Section(c *result.Comparison) (string, error) {
	t, err := template.New("section").Parse(section)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, struct {
		Day, Machine, Revision string
		Images                 []result.Image
		Smallest               *smallest
		Charts                 []chart
	}{day(c), fmt.Sprintf("%s with %s", orNone(c.Machine.CPU), quantity(c.Machine.Cores, "processor")), orNone(c.Revision),
		c.Images, smallestOf(c), charts(c)})
	return b.String(), err
}

// smallestOf returns what is told of the smallest image, nil where there is none.
func smallestOf(c *result.Comparison) *smallest {
	if len(c.Images) == 0 {
		return nil
	}
	image := c.Images[0]
	for _, i := range c.Images {
		if i.Facts.Compressed < image.Facts.Compressed {
			image = i
		}
	}
	f := image.Facts
	return &smallest{image.Name, asBytes(float64(f.Compressed)), paths(f.Files.Count),
		quantity(f.Shells.Count, "shell"), quantity(f.OSPackages.Count, "package")}
}

// Percent returns how long the bar is, of 100; short bars can still be seen.
func (b bar) Percent() string { return fmt.Sprintf("%.3g", max(0.5, b.Of(b.Median))) }
