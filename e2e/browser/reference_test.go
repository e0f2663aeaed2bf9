package browser

import (
	"testing"
)

func openReference(t *testing.T, browser chromium, v view) *tab {
	tab := browser.blank(t, serve(t).url, v)
	tab.visit("/docs")
	return tab
}

// testContents holds that the contents of the reference stand beside it where there is
// room, and are folded where they would take the first screen.
func testContents(t *testing.T, browser chromium) {
	const (
		isShown = `document.querySelector(".contents li a").checkVisibility()`
		begins  = `document.querySelector("h1").getBoundingClientRect().top < innerHeight / 2`
	)
	for _, v := range views() {
		tab := openReference(t, browser, v)
		tab.await(v.name+": the text begins on the first screen", begins)
		if got := evaluate[bool](tab, isShown); got == v.phone {
			t.Errorf("%s: the contents are shown: %v", v.name, got)
		}
		if v.phone {
			tab.click(".contents summary")
			tab.await("the contents unfold", isShown)
		}
	}
}
