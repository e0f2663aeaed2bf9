package report

import "example.com/multistage/compare/result"

// figure is what charts show of images. It has no samples where it is not known of one.
type figure struct {
	Title string
	as    format
	of    func(result.Image) result.Summary
}

// figures returns those that tell most, in their order.
func figures() []figure {
	return []figure{
		{"Bytes to pull", asBytes, func(i result.Image) result.Summary { return exact(float64(i.Facts.Compressed)) }},
		{"Files and folders in the image", number, func(i result.Image) result.Summary { return exact(float64(i.Facts.Files.Count)) }},
		{"Build after one line of Go", asSeconds, func(i result.Image) result.Summary { return buildTime(i, result.Go) }},
		{"Bytes a node pulls after it", asBytes, func(i result.Image) result.Summary {
			if pull := pullAfter(i, result.Go); pull != nil {
				return exact(float64(pull.Bytes))
			}
			return result.Summary{}
		}},
		{"Container start to first answer", asSeconds, containerStart},
		{"Memory when idle", asBytes, idleMemory},
	}
}

// bar is the value of an image in a chart.
type bar struct {
	Name string
	result.Summary
	Text string // the median for people
	most float64
}

// Of returns how long the bar for a value is, of 100.
func (b bar) Of(v float64) float64 { return v / max(b.most, 1e-9) * 100 }

// chart is a figure of all images that it is known of.
type chart struct {
	Title string
	Bars  []bar
}

// charts returns those that have bars.
func charts(c *result.Comparison) (all []chart) {
	for _, f := range figures() {
		k := chart{Title: f.Title}
		most := 0.0
		for _, image := range c.Images {
			if s := f.of(image); s.Samples > 0 {
				k.Bars = append(k.Bars, bar{image.Name, s, f.as(s.Median), 0})
				most = max(most, s.Max)
			}
		}
		for i := range k.Bars {
			k.Bars[i].most = most
		}
		if len(k.Bars) > 0 {
			all = append(all, k)
		}
	}
	return all
}
