package browser

import (
	"net/http"
	"testing"
)

// conflict opens an editor of item 1, changes its text to "Mine", runs what happens
// meanwhile behind the page's back, and saves.
func conflict(t *testing.T, browser chromium, v view, meanwhile func(service)) (service, *tab) {
	t.Helper()
	s := serve(t)
	s.create("Tea", "Two boxes")
	tab := browser.open(t, s.url, v)
	tab.faults.expectStatus(http.StatusPreconditionFailed, http.StatusNotFound)
	tab.click("[data-id='1'] .edit")
	tab.enter(editName, "Mine")
	meanwhile(s)
	tab.click(editSave)
	tab.awaitFocus(".conflict h3")
	return s, tab
}

func changeMeanwhile(s service) { s.update(1, "Theirs", "Three boxes") }

func deleteMeanwhile(s service) { s.remove(1) }

// wantBothTexts holds that the stored text and the user's own are on display.
func wantBothTexts(tab *tab) {
	tab.t.Helper()
	tab.wantTexts(".conflict h3", "This item has changed meanwhile")
	tab.wantTexts(".conflict .name", "Theirs")
	tab.wantTexts(".conflict .description", "Three boxes")
	tab.await("the user's text is in the field", `document.querySelector("`+editName+`").value === "Mine"`)
}

func testConflictOverwrite(t *testing.T, browser chromium) {
	s, tab := conflict(t, browser, desktop(), changeMeanwhile)
	wantBothTexts(tab)
	s.wantItems("Theirs")
	tab.click(editSave)
	tab.awaitCount(".editor", 0)
	tab.wantTexts("#list .name", "Mine")
	s.wantItems("Mine")
}

// testConflictTwice holds that overwriting is as careful as saving was.
func testConflictTwice(t *testing.T, browser chromium) {
	s, tab := conflict(t, browser, desktop(), changeMeanwhile)
	s.update(1, "Theirs again", "")
	tab.click(editSave)
	tab.awaitText(".conflict .name", "Theirs again")
	s.wantItems("Theirs again")
}

func testConflictTake(t *testing.T, browser chromium) {
	s, tab := conflict(t, browser, desktop(), changeMeanwhile)
	wantBothTexts(tab)
	tab.click(".conflict .take")
	tab.awaitCount(".editor", 0)
	tab.wantTexts("#list .name", "Theirs")
	s.wantItems("Theirs")
}

func testGoneRecreate(t *testing.T, browser chromium) {
	s, tab := conflict(t, browser, desktop(), deleteMeanwhile)
	tab.wantTexts(".conflict h3", "This item was deleted meanwhile")
	tab.click(editSave)
	tab.awaitCount(".editor", 0)
	tab.awaitCount("[data-id='2']", 1)
	tab.wantTexts("#list .name", "Mine")
	s.wantItems("Mine")
}

// testGoneEdited holds that a text which is edited after a failed attempt to create
// it again is another draft, and that one which is not is the same.
func testGoneEdited(t *testing.T, browser chromium) {
	s := serve(t)
	s.create("Tea", "")
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	tab.faults.expect("net::ERR_")
	tab.faults.expectStatus(http.StatusNotFound, http.StatusPreconditionFailed)
	tab.click("[data-id='1'] .edit")
	tab.enter(editName, "Mine")
	s.remove(1)
	tab.click(editSave)
	tab.awaitFocus(".conflict h3")
	gate.set(http.MethodPost, loseAnswer)
	for range 2 {
		tab.click(editSave)
		tab.awaitText(editAlert, "cannot be reached")
		tab.awaitCount(".editor[aria-busy=false]", 1)
	}
	s.wantItems("Mine")
	gate.open()
	tab.enter(editName, "Mine, edited")
	tab.click(editSave)
	tab.awaitCount(".editor", 0)
	tab.awaitCount("[data-id='3']", 1)
	s.wantItems("Mine", "Mine, edited")
}

func testGoneDiscard(t *testing.T, browser chromium) {
	s, tab := conflict(t, browser, desktop(), deleteMeanwhile)
	tab.click(".conflict .take")
	tab.awaitCount("#list > li", 0)
	tab.awaitText("#empty", "No items yet")
	s.wantItems()
}
