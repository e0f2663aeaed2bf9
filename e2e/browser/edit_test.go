package browser

import (
	"net/http"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// The parts of the first item's editor.
const (
	editName        = "#edit-name-1"
	editDescription = "#edit-description-1"
	editSave        = ".editor .primary"
	editAlert       = ".editor [role=alert]"
)

func testEdit(t *testing.T, browser chromium) {
	s := serve(t)
	s.create("Tea", "Two boxes")
	s.create("Coffee", "")
	tab := browser.open(t, s.url, desktop())
	tab.faults.expectStatus(http.StatusUnprocessableEntity)
	tab.click("[data-id='1'] .edit")
	tab.awaitFocus(editName)
	tab.enter(editName, "")
	tab.click(editSave)
	tab.awaitText("#edit-name-fault-1", "Name must not be empty.")
	tab.awaitFocus(editName + "[aria-invalid=true]")
	tab.enter(editName, "Green tea")
	tab.click(editSave)
	tab.awaitCount(".editor", 0)
	tab.awaitFocus("[data-id='1'] .edit")
	tab.wantTexts("#list .name", "Green tea", "Coffee")
	s.wantItems("Green tea", "Coffee")
	if got := s.items()[0]; got.Version != 2 || got.Description != "Two boxes" {
		t.Errorf("stored is %+v", got)
	}

	tab.click("[data-id='1'] .edit")
	tab.enter(editName, "Black tea")
	tab.press(kb.Escape)
	tab.awaitCount(".editor", 0)
	tab.wantTexts("#list .name", "Green tea", "Coffee")
}

// testEditAgain holds that saving again after a lost answer is no conflict.
func testEditAgain(t *testing.T, browser chromium) {
	s := serve(t)
	s.create("Tea", "")
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	tab.faults.expect("net::ERR_")
	tab.faults.expectStatus(http.StatusPreconditionFailed)
	tab.click("[data-id='1'] .edit")
	tab.enter(editName, "Green tea")
	gate.set(http.MethodPut, loseAnswer)
	tab.click(editSave)
	tab.awaitText(editAlert, "cannot be reached")
	gate.open()
	tab.click(editAlert + " button")
	tab.awaitCount(".editor", 0)
	tab.wantTexts("#list .name", "Green tea")
}

// testEditMeanwhile holds that nothing can be typed into a text that is being saved,
// nor its editor be closed, and that they can be again where saving failed.
func testEditMeanwhile(t *testing.T, browser chromium) {
	s := serve(t)
	s.create("Tea", "")
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	tab.faults.expectStatus(http.StatusServiceUnavailable)
	tab.click("[data-id='1'] .edit")
	tab.enter(editName, "Green tea")
	gate.set(http.MethodPut, answer(http.StatusServiceUnavailable))
	tab.click(editSave)
	tab.awaitText(editAlert, "Try again in 7 s.")
	tab.enter(editName, "Black tea")

	turnstile := newTurnstile(t)
	gate.set(http.MethodPut, turnstile.serve)
	tab.press(kb.Enter)
	turnstile.await()
	tab.awaitText("#announcer", "Saving item 1.")
	tab.awaitCount(".editor [readonly]", 2)
	tab.press(" with milk")
	tab.await("the text stays", `document.querySelector("`+editName+`").value === "Black tea"`)
	tab.press(kb.Escape)
	tab.click(".editor .cancel")
	tab.awaitCount(".editor", 1)
	turnstile.pass <- struct{}{}
	tab.awaitCount(".editor", 0)
	s.wantItems("Black tea")
}

// testLive holds that the list follows the service by itself, and leaves an open
// editor alone.
func testLive(t *testing.T, browser chromium) {
	s := serve(t)
	s.create("Tea", "")
	s.create("Coffee", "")
	tab := browser.blank(t, s.url, desktop())
	tab.holdTimers()
	tab.visit("/")
	tab.click("[data-id='1'] .edit")
	tab.enter(editName, "Half a wo")
	s.update(1, "Changed", "")
	s.update(2, "Espresso", "")
	s.create("Cocoa", "")
	tab.elapse(liveTimer)
	tab.awaitCount("#list > li", 3)
	tab.wantTexts("#list > li:not(.editing) .name", "Espresso", "Cocoa")
	tab.awaitFocus(editName)
	tab.press("rd")
	tab.await("the text in the editor goes on", `document.activeElement.value === "Half a word"`)

	s.remove(1)
	tab.elapse(liveTimer)
	tab.awaitTimer(liveTimer)
	tab.await("the editor stays", `document.activeElement.value === "Half a word"`)
}
