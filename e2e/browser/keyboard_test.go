package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// testKeyboard creates, edits and deletes an item without a pointer, starting from
// the top of the page.
func testKeyboard(t *testing.T, browser chromium) {
	s := serve(t)
	tab := browser.open(t, s.url, desktop())
	tab.press(kb.Tab)
	tab.awaitFocus(".skip")
	tab.press(kb.Enter)
	tab.awaitFocus("#main")
	tab.tabTo("#name")
	tab.press("Tea", kb.Tab)
	tab.awaitFocus("#description")
	tab.press("Two boxes", kb.Tab, kb.Enter)
	tab.awaitText("#created", "Created item 1.")

	tab.tabTo("[data-id='1'] .edit")
	tab.wantFocusSeen()
	tab.press(kb.Enter)
	tab.awaitFocus(editName)
	tab.press(kb.End, " and cake", kb.Enter)
	tab.awaitFocus("[data-id='1'] .edit")
	s.wantItems("Tea and cake")

	tab.press(kb.Tab)
	tab.awaitFocus("[data-id='1'] .delete")
	tab.press(kb.Enter)
	tab.awaitFocus("#undo")
	tab.wantFocusSeen()
	tab.press(kb.Enter)
	tab.awaitFocus("[data-id='1'] .delete")
	s.wantItems("Tea and cake")
	tab.press(kb.Enter)
	tab.awaitFocus("#undo")
	tab.press(kb.Tab, kb.Enter)
	tab.awaitFocus("#items-title")
	tab.awaitText("#announcer", "Item 1 is deleted.")
	s.wantItems()
}

// tabTo presses the Tab key until an element has the focus.
func (tab *tab) tabTo(selector string) {
	tab.t.Helper()
	for range 40 {
		tab.press(kb.Tab)
		if evaluate[bool](tab, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
	}
	tab.t.Fatalf("the Tab key does not reach %s", selector)
}

// wantFocusSeen holds that the browser shows where the focus is.
func (tab *tab) wantFocusSeen() {
	tab.t.Helper()
	if !evaluate[bool](tab, `getComputedStyle(document.activeElement).outlineStyle === "solid"`) {
		tab.t.Error("the focus can't be seen")
	}
}
