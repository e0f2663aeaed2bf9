package report

import (
	_ "embed"
	"fmt"
	"html"
	"strings"

	"example.com/multistage/compare/result"
)

// The picture's measures, in pixels.
const (
	pictureWidth = 960
	chartWidth   = pictureWidth / 2
	labelWidth   = 130
	barWidth     = 240
	rowHeight    = 22
	headHeight   = 44
	barHeight    = 14
)

//go:embed picture.css
var pictureStyle string

// SVG returns a picture of the charts: a bar for the median of each image, a line from the least to the most,
// on linear scales that begin at zero.
func SVG(c *result.Comparison) string {
	var body, told strings.Builder
	charts := charts(c)
	height := 0
	for i, k := range charts {
		k.draw(&body, i%2*chartWidth, i/2*chartHeight(c))
		height = (i/2 + 1) * chartHeight(c)
		k.tell(&told)
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title desc">
<title id="title">What each way of building the image costs</title>
<desc id="desc">%s</desc>
<style>
%s</style>
<rect class="ground" width="100%%" height="100%%"/>
%s<text x="16" y="%d">Medians, with a line from the least to the most sample. Linear scales from zero; less is better. %s</text>
</svg>
`, pictureWidth, height+2*rowHeight, told.String(), pictureStyle, body.String(), height+rowHeight+6, html.EscapeString(day(c)))
}

func chartHeight(c *result.Comparison) int { return headHeight + rowHeight*len(c.Images) }

// tell says what the chart shows.
func (k chart) tell(b *strings.Builder) {
	var parts []string
	for _, bar := range k.Bars {
		parts = append(parts, bar.Name+" "+bar.Text)
	}
	fmt.Fprintf(b, "%s: %s. ", k.Title, html.EscapeString(strings.Join(parts, ", ")))
}

// draw draws the chart with its corner at x and y.
func (k chart) draw(b *strings.Builder, x, y int) {
	fmt.Fprintf(b, "<text class=\"head\" x=\"%d\" y=\"%d\">%s</text>\n", x+16, y+30, html.EscapeString(k.Title))
	for i, bar := range k.Bars {
		bar.draw(b, x+labelWidth+8, y+headHeight+i*rowHeight, i == 0)
	}
}

// draw draws the bar, its name before it. A bar that would be too short to see has one pixel.
func (b bar) draw(to *strings.Builder, x, y int, first bool) {
	class := "bar"
	if first {
		class = "first"
	}
	at := func(v float64) float64 { return float64(x) + b.Of(v)*barWidth/100 }
	middle := y + barHeight/2
	fmt.Fprintf(to, "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>\n", x-8, middle+4, html.EscapeString(b.Name))
	fmt.Fprintf(to, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n", class, x, y, max(1, at(b.Median)-float64(x)), barHeight)
	if b.Samples > 1 {
		fmt.Fprintf(to, "<path class=\"spread\" d=\"M%.1f %dH%.1f\"/>\n", at(b.Min), middle, at(b.Max))
	}
	fmt.Fprintf(to, "<text x=\"%.1f\" y=\"%d\">%s</text>\n", at(b.Max)+6, middle+4, html.EscapeString(b.Text))
}
