package report

import (
	_ "embed"
	"fmt"
	"html"
	"strings"

	"example.com/multistage/bench/result"
)

// The picture's measures, in pixels.
const (
	pictureWidth = 960
	panelWidth   = pictureWidth / 2
	labelWidth   = 150
	barWidth     = 220
	rowHeight    = 20
	headHeight   = 44
	barHeight    = 12
)

//go:embed picture.css
var pictureStyle string

// bar is a service's requests per second.
type bar struct {
	name string
	result.Summary
}

// panel is the bars of one work.
type panel struct {
	title string
	bars  []bar
}

func (p panel) height() int {
	return headHeight + rowHeight*len(p.bars)
}

// SVG returns a picture of the requests per second with the fewest items: a bar for the median
// of each service, a line from the least to the most.
func SVG(r *result.Results) string {
	var body strings.Builder
	y := 0
	panels := panels(r)
	for i, p := range panels {
		p.draw(&body, i%2*panelWidth, y)
		if i%2 == 1 {
			y += max(panels[i-1].height(), p.height())
		} else if i == len(panels)-1 {
			y += p.height()
		}
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title">
<title id="title">Requests per second of each service, medians of %d rounds with the least and the most</title>
<style>
%s</style>
<rect class="ground" width="100%%" height="100%%"/>
%s</svg>
`, pictureWidth, y+rowHeight, r.Settings.Rounds, pictureStyle, body.String())
}

// panels returns one for each work that is measured in requests per second.
func panels(r *result.Results) (panels []panel) {
	if len(r.Settings.Items) == 0 {
		return nil
	}
	items := r.Settings.Items[0]
	for _, work := range r.Works {
		p := panel{title: fmt.Sprintf("%s, %s items", work.Name, result.FormatItems(items))}
		for _, peer := range r.Peers {
			m := result.Metric{Peer: peer.Name, Work: work.Name, Measure: "rate", Items: items}
			if s := result.Summarize(r.Values(m)); s.Rounds > 0 {
				p.bars = append(p.bars, bar{peer.Name, s})
			}
		}
		if len(p.bars) > 0 {
			panels = append(panels, p)
		}
	}
	return panels
}

// draw draws the panel with its corner at x and y.
func (p panel) draw(b *strings.Builder, x, y int) {
	most := 0.0
	for _, bar := range p.bars {
		most = max(most, bar.Max)
	}
	fmt.Fprintf(b, "<text class=\"head\" x=\"%d\" y=\"%d\">%s</text>\n", x+16, y+30, html.EscapeString(p.title))
	for i, bar := range p.bars {
		bar.draw(b, x, y+headHeight+i*rowHeight, most)
	}
}

// draw draws the bar, as wide as can be where it has the most of all.
func (bar bar) draw(b *strings.Builder, x, y int, most float64) {
	class := "bar"
	if bar.name == service || strings.HasPrefix(bar.name, service+"-") {
		class = "bar own"
	}
	from := float64(x + labelWidth + 8)
	at := func(v float64) float64 { return from + v/max(most, 1e-9)*barWidth }
	middle := y + barHeight/2
	fmt.Fprintf(b, "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>\n", x+labelWidth, middle+4, html.EscapeString(bar.name))
	fmt.Fprintf(b, "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n", class, from, y, at(bar.Median)-from, barHeight)
	fmt.Fprintf(b, "<path class=\"spread\" d=\"M%.1f %dH%.1f\"/>\n", at(bar.Min), middle, at(bar.Max))
	fmt.Fprintf(b, "<text class=\"value\" x=\"%.1f\" y=\"%d\">%s</text>\n", at(bar.Max)+6, middle+4, result.PerSecond.Format(bar.Median))
}
