package browser

import (
	"fmt"
	"math"
	"os"
	"testing"

	"example.com/multistage/compare/result"
)

// testSection holds that the page shows how the image is built, with the figures of docs/comparison.json, in
// each view. Without that file there is no such section.
func testSection(t *testing.T, browser chromium) {
	c, err := result.Read("../../docs/comparison.json")
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	tab := browser.open(t, serve(t).url, desktop())
	if err != nil {
		tab.awaitCount("#image", 0)
		return
	}
	tab.wantTexts("#image h2", "How this image is built")
	for _, v := range views() {
		tab.do(v.emulate())
		tab.await(v.name+": all bars can be seen", `[...document.querySelectorAll("#image rect")]
			.every((e) => e.checkVisibility() && e.getBoundingClientRect().width > 0.5 && e.getBoundingClientRect().height > 5)`)
		tab.wantSizes(c)
	}
}

// wantSizes holds that the first chart tells how much of each image there is to pull, in figures and by its bars.
func (tab *tab) wantSizes(c *result.Comparison) {
	tab.t.Helper()
	most := 0.0
	for _, image := range c.Images {
		most = max(most, float64(image.Facts.Compressed))
	}
	bars := evaluate[[]float64](tab, `[...document.querySelector("#image dl").querySelectorAll("svg")]
		.map((e) => e.firstElementChild.getBoundingClientRect().width / e.getBoundingClientRect().width)`)
	names := evaluate[[]string](tab, `[...document.querySelector("#image dl").querySelectorAll("dt")].map((e) => e.textContent)`)
	values := evaluate[[]string](tab, `[...document.querySelector("#image dl").querySelectorAll("dd")].map((e) => e.textContent)`)
	if len(bars) != len(c.Images) || len(names) != len(bars) || len(values) != len(bars) {
		tab.t.Fatalf("%d bars of %q with %q, want %d", len(bars), names, values, len(c.Images))
	}
	for i, image := range c.Images {
		bytes := float64(image.Facts.Compressed)
		var shown float64
		var unit string
		if _, err := fmt.Sscan(values[i], &shown, &unit); err != nil {
			tab.t.Fatalf("%q: %v", values[i], err)
		}
		shown *= map[string]float64{"kB": 1e3, "MB": 1e6, "GB": 1e9}[unit]
		if names[i] != image.Name || math.Abs(shown/bytes-1) > 0.01 || math.Abs(bars[i]-max(0.005, bytes/most)) > 0.01 {
			tab.t.Errorf("%s: %q and a bar of %.3f, want %s: %.0f bytes of %.0f", names[i], values[i], bars[i], image.Name, bytes, most)
		}
	}
}
