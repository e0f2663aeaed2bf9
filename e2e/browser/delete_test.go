package browser

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// openHeld opens the page of a service with three items, and holds its timers.
func openHeld(t *testing.T, browser chromium) (service, *tab) {
	t.Helper()
	s := serve(t)
	for _, name := range []string{"Tea", "Coffee", "Cocoa"} {
		s.create(name, "")
	}
	tab := browser.blank(t, s.url, desktop())
	tab.holdTimers()
	tab.visit("/")
	return s, tab
}

func testDeleteUndo(t *testing.T, browser chromium) {
	s, tab := openHeld(t, browser)
	tab.click("[data-id='2'] .delete")
	tab.awaitText("#removal", "Item 2 is about to be deleted.")
	tab.wantTexts("#list .name", "Tea", "Cocoa")
	tab.elapse(liveTimer) // the item is still in the answer
	tab.awaitTimer(liveTimer)
	tab.wantTexts("#list .name", "Tea", "Cocoa")
	tab.click("#undo")
	tab.awaitFocus("[data-id='2'] .delete")
	tab.wantTexts("#list .name", "Tea", "Coffee", "Cocoa")
	tab.awaitNoTimer(undoTimer)
	s.wantItems("Tea", "Coffee", "Cocoa")
	if got := s.items()[1]; got.ID != 2 || got.Version != 1 {
		t.Errorf("kept is %+v", got)
	}
}

func testDeleteNow(t *testing.T, browser chromium) {
	s, tab := openHeld(t, browser)
	tab.click("[data-id='2'] .delete")
	s.wantItems("Tea", "Coffee", "Cocoa")
	tab.click("#delete-now")
	tab.awaitText("#announcer", "Item 2 is deleted.")
	tab.awaitFocus("#items-title")
	s.wantItems("Tea", "Cocoa")
	tab.awaitCount("#removal[hidden]", 1)
}

// testDeleteLater holds that time, another deletion and leaving the page each carry
// a deletion out.
func testDeleteLater(t *testing.T, browser chromium) {
	s, tab := openHeld(t, browser)
	tab.click("[data-id='1'] .delete")
	s.wantItems("Tea", "Coffee", "Cocoa")
	tab.elapse(undoTimer)
	tab.awaitText("#announcer", "Item 1 is deleted.")
	s.wantItems("Coffee", "Cocoa")

	tab.click("[data-id='2'] .delete")
	tab.click("[data-id='3'] .delete")
	s.awaitItems("Cocoa")
	tab.awaitText("#removal", "Item 3 is about to be deleted.")
	tab.do(chromedp.Navigate(s.url + "/livez"))
	s.awaitItems()
}

// testDeletePauses holds that who is at the notice, by pointer or keyboard, has all
// the time that they want.
func testDeletePauses(t *testing.T, browser chromium) {
	_, tab := openHeld(t, browser)
	tab.click("[data-id='1'] .delete")
	tab.awaitTimer(undoTimer)
	tab.do(moveTo(tab, "#removal-text"))
	tab.awaitNoTimer(undoTimer)
	tab.do(moveTo(tab, "h1"))
	tab.awaitTimer(undoTimer)
	tab.press(kb.Tab)
	tab.awaitFocus("#delete-now")
	tab.awaitNoTimer(undoTimer)
	tab.press(kb.Tab)
	tab.awaitTimer(undoTimer)
}

// testDeleteChanged holds that nobody deletes what they have not seen.
func testDeleteChanged(t *testing.T, browser chromium) {
	s, tab := openHeld(t, browser)
	tab.faults.expectStatus(http.StatusPreconditionFailed)
	tab.click("[data-id='2'] .delete")
	s.update(2, "Espresso", "")
	tab.click("#delete-now")
	tab.awaitText("#removal-alert", "Item 2 has changed meanwhile and is kept.")
	s.wantItems("Tea", "Espresso", "Cocoa")
	tab.awaitText("[data-id='2'] .name", "Espresso")
	tab.click("#removal-alert button")
	tab.awaitCount("#removal-alert > *", 0)
	tab.awaitFocus("#items-title")
}

// testDeleteFails holds that an item that could not be deleted comes back, and that
// one that is gone already is no error.
func testDeleteFails(t *testing.T, browser chromium) {
	s := serve(t)
	s.create("Tea", "")
	s.create("Coffee", "")
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	tab.faults.expectStatus(http.StatusServiceUnavailable, http.StatusNotFound)
	gate.set(http.MethodDelete, answer(http.StatusServiceUnavailable))
	tab.click("[data-id='1'] .delete")
	tab.click("#delete-now")
	tab.awaitText("#removal-alert", "Item 1 is not deleted.")
	tab.awaitCount("#list > li", 2)
	tab.wantTexts("#list .name", "Tea", "Coffee")
	gate.open()
	tab.click("#removal-alert button")
	tab.awaitText("#announcer", "Item 1 is deleted.")
	s.wantItems("Coffee")

	tab.click("[data-id='2'] .delete")
	s.remove(2)
	tab.click("#delete-now")
	tab.awaitText("#empty", "No items yet")
	tab.awaitCount("#removal-alert > *", 0)
}

// testDeleteMeanwhile holds that a list which was asked for before a deletion, and
// comes after it, brings nothing back.
func testDeleteMeanwhile(t *testing.T, browser chromium) {
	s := serve(t)
	s.create("Tea", "")
	s.create("Coffee", "")
	gate := newGate(t, s)
	tab := browser.blank(t, gate.url, desktop())
	tab.holdTimers()
	tab.visit("/")
	old := decode[[]item](t, s.do(http.StatusOK, http.MethodGet, "/api/items", nil, ""))
	turnstile := newTurnstile(t)
	gate.set(http.MethodGet, turnstile.serveTo(func(w http.ResponseWriter) { json.NewEncoder(w).Encode(old) }))
	tab.click("#refresh")
	turnstile.await()
	gate.open()
	tab.click("[data-id='2'] .delete")
	tab.click("#delete-now")
	tab.awaitText("#announcer", "Item 2 is deleted.")
	turnstile.pass <- struct{}{}
	tab.awaitText("#announcer", "List updated, 1 item.")
	tab.wantTexts("#list .name", "Tea")
}

// testDeleteElsewhere holds that a deletion which fails later, or is undone, puts no
// item into another page of the list, and leaves who types there alone.
func testDeleteElsewhere(t *testing.T, browser chromium) {
	s := serve(t)
	s.createMany("Item", 12)
	tab := browser.blank(t, s.url, desktop())
	tab.faults.expectStatus(http.StatusPreconditionFailed)
	tab.holdTimers()
	tab.visit("/")
	tab.click("[data-id='2'] .delete")
	s.update(2, "Changed", "")
	tab.click("#next")
	tab.awaitCount("#list > li", 2)
	tab.enter("#name", "Half a wo")
	tab.elapse(undoTimer)
	tab.awaitText("#removal-alert", "Item 2 has changed meanwhile and is kept.")
	tab.press("rd")
	tab.await("the text goes on", `document.activeElement.value === "Half a word"`)
	tab.wantTexts("#list .name", "Item 11", "Item 12")
	tab.click("#previous")
	tab.awaitText("[data-id='2'] .name", "Changed")

	tab.click("[data-id='2'] .delete")
	tab.click("#next")
	tab.awaitCount("#list > li", 2)
	tab.click("#undo")
	tab.awaitFocus("#items-title")
	tab.wantTexts("#list .name", "Item 11", "Item 12")
}
