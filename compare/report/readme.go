package report

import (
	"fmt"

	"example.com/multistage/compare/result"
)

// Readme returns what README says of a comparison: the charts, and the figures of them that are known.
func Readme(c *result.Comparison) string {
	charts := charts(c)
	head := []string{"image"}
	for _, k := range charts {
		head = append(head, k.Title)
	}
	rows := [][]string{head}
	for _, i := range c.Images {
		row := []string{i.Name}
		for _, k := range charts {
			row = append(row, k.text(i.Name))
		}
		rows = append(rows, row)
	}
	return fmt.Sprintf("![What each way of building the image costs: the figures of the table below as bars](docs/comparison.svg)\n\n%s\n"+
		"Medians of %s on one machine, where long builds were measured once; a node is a machine that runs containers, and has the image from before. "+
		"[docs/comparison.md](docs/comparison.md) has all of it, and what it says; `%s` measures it on yours, with a Docker engine and some 20 minutes.\n",
		markdown(rows), day(c), commandAll)
}

// text returns the value of an image.
func (k chart) text(image string) string {
	for _, b := range k.Bars {
		if b.Name == image {
			return b.Text
		}
	}
	return none
}
