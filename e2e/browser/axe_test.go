package browser

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// violation is a rule of axe-core's that the page breaks.
type violation struct {
	ID    string
	Help  string
	Nodes []struct {
		Target         []any
		FailureSummary string
	}
}

// testAccessibility holds that axe-core finds nothing against WCAG 2.2 AA, in each
// state of the page and each view. The pictures are kept where ITEMS_SCREENSHOTS
// names a folder.
func testAccessibility(t *testing.T, browser chromium) {
	axe := readAxe(t)
	for _, state := range states() {
		t.Run(state.name, func(t *testing.T) {
			tab := state.open(t, browser, desktop())
			tab.do(chromedp.Evaluate[chromedp.Void](axe))
			for _, v := range views() {
				tab.do(v.emulate())
				tab.wantAccessible(v)
				if os.Getenv("ITEMS_SCREENSHOTS") != "" {
					tab.keepScreenshot(v.name)
				}
			}
		})
	}
}

// readAxe returns axe-core, which ITEMS_AXE_CORE names.
func readAxe(t *testing.T) string {
	t.Helper()
	path := os.Getenv("ITEMS_AXE_CORE")
	if path == "" {
		lack(t, "ITEMS_AXE_CORE names no axe.min.js")
	}
	script, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// wantAccessible runs axe-core, which is in the page: evaluated as developer tools do
// it, so that the page's policy stays in force.
func (tab *tab) wantAccessible(v view) {
	tab.t.Helper()
	found := evaluate[string](tab, `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
		.then(({ violations, passes }) => JSON.stringify({ violations, passes: passes.length }))`)
	var result struct {
		Violations []violation
		Passes     int
	}
	if err := json.Unmarshal([]byte(found), &result); err != nil {
		tab.t.Fatal(err)
	}
	if result.Passes < 10 {
		tab.t.Errorf("%s: only %d rules were met, so the page was not looked at", v.name, result.Passes)
	}
	for _, broken := range result.Violations {
		for _, node := range broken.Nodes {
			tab.t.Errorf("%s: %s (%s) at %v: %s", v.name, broken.ID, broken.Help, node.Target, node.FailureSummary)
		}
	}
}

// state is a state of the page.
type state struct {
	name string
	open func(*testing.T, chromium, view) *tab
}

func states() []state {
	return []state{
		{"empty", func(t *testing.T, browser chromium, v view) *tab { return browser.open(t, serve(t).url, v) }},
		{"list", openList},
		{"nothing found", openNothingFound},
		{"invalid", openInvalid},
		{"editor", openEditor},
		{"conflict", func(t *testing.T, browser chromium, v view) *tab {
			_, tab := conflict(t, browser, v, changeMeanwhile)
			return tab
		}},
		{"deleted meanwhile", func(t *testing.T, browser chromium, v view) *tab {
			_, tab := conflict(t, browser, v, deleteMeanwhile)
			return tab
		}},
		{"deletion", openDeletion},
		{"import", openImport},
		{"unreachable", openUnreachable},
		{"token", openToken},
		{"reference", openReference},
	}
}

// fill makes items as people have them, on more than one page.
func (s service) fill() {
	s.t.Helper()
	for _, item := range [][2]string{
		{"Espresso machine", "Descale every second month. The spare gasket is in the top drawer."},
		{"Projector, room 2.04", "HDMI only. Remote is at the front desk."},
		{"Bicycle 7", "Front brake was adjusted on Monday."},
		{"Label printer", ""},
		{"Whiteboard markers", "Two boxes of twelve:\nblack, blue, red, green"},
		{"First-aid kit, ground floor", "Complete. Next check in January."},
		{"Conference phone", "Firmware is current. Needs the long network cable, which hangs behind the screen."},
		{"Ladder, 3 m", ""},
	} {
		s.create(item[0], item[1])
	}
	s.create("Manual", strings.Repeat("A long text folds. ", 40))
	s.createMany("Locker", 5)
	s.update(3, "Bicycle 7", "Ready to ride again.")
}

func openList(t *testing.T, browser chromium, v view) *tab {
	s := serve(t)
	s.fill()
	tab := browser.open(t, s.url, v)
	tab.awaitCount("#list > li", 10)
	return tab
}

func openNothingFound(t *testing.T, browser chromium, v view) *tab {
	tab := openList(t, browser, v)
	tab.enter("#search", "elephant")
	tab.awaitText("#empty", "elephant")
	return tab
}

func openInvalid(t *testing.T, browser chromium, v view) *tab {
	tab := openList(t, browser, v)
	tab.faults.expectStatus(http.StatusUnprocessableEntity)
	tab.click("#create .primary")
	tab.awaitText("#name-fault", "Name must not be empty.")
	return tab
}

func openEditor(t *testing.T, browser chromium, v view) *tab {
	tab := openList(t, browser, v)
	tab.click("[data-id='2'] .edit")
	tab.awaitCount(".editor", 1)
	return tab
}

func openDeletion(t *testing.T, browser chromium, v view) *tab {
	s := serve(t)
	s.fill()
	tab := browser.blank(t, s.url, v)
	tab.holdTimers()
	tab.visit("/")
	tab.click("[data-id='2'] .delete")
	tab.awaitCount("#removal:not([hidden])", 1)
	return tab
}

func openImport(t *testing.T, browser chromium, v view) *tab {
	tab := openList(t, browser, v)
	tab.chooseFile("items.ndjson", manyLines(3, map[int]string{1: "{", 2: `{"name":""}`}))
	tab.click("#import-start")
	tab.awaitText("#import-sum", "Done")
	return tab
}

func openUnreachable(t *testing.T, browser chromium, v view) *tab {
	s := serve(t)
	s.fill()
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, v)
	tab.faults.expect("net::ERR_")
	gate.set(http.MethodGet, loseAnswer)
	tab.click("#refresh")
	tab.awaitText("#list-alert", "The list shows what was last known.")
	return tab
}

// testNarrow holds that the page never scrolls sideways, at the width that WCAG's
// criterion of reflow names.
func testNarrow(t *testing.T, browser chromium) {
	narrow := view{"narrow", 320, 640, true, "light"}
	for _, state := range states() {
		t.Run(state.name, func(t *testing.T) {
			tab := state.open(t, browser, narrow)
			if width := evaluate[int](tab, "document.documentElement.scrollWidth"); width > 320 {
				t.Errorf("the page is %d pixels wide: %s", width, evaluate[string](tab, widest))
			}
		})
	}
	t.Run("long words", func(t *testing.T) {
		s := serve(t)
		long := strings.Repeat("Donaudampfschiff", 12)
		s.create(long, long)
		tab := browser.open(t, s.url, narrow)
		if width := evaluate[int](tab, "document.documentElement.scrollWidth"); width > 320 {
			t.Errorf("the page is %d pixels wide: %s", width, evaluate[string](tab, widest))
		}
	})
}

// widest names the elements that stand out.
const widest = `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > 320)
	.map((e) => e.tagName + "#" + e.id + "." + e.className).slice(0, 5).join(" ")`
