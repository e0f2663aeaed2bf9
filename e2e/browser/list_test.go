package browser

import (
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"example.com/multistage/e2e/process"
)

func testPaging(t *testing.T, browser chromium) {
	s := serve(t)
	s.createMany("Item", 25)
	tab := browser.open(t, s.url, desktop())
	tab.awaitCount("#list > li", 10)
	first := func(id int) {
		tab.t.Helper()
		tab.awaitCount(fmt.Sprintf("#list > li:first-child[data-id='%d']", id), 1)
	}
	tab.click("#next")
	first(11)
	tab.awaitFocus("#items-title")
	tab.click("#next")
	first(21)
	tab.awaitCount("#list > li", 5)
	tab.awaitCount("#next[href]", 0)
	tab.click("#previous")
	first(11)
	tab.do(chromedp.NavigateBack())
	first(21)
	tab.do(chromedp.NavigateBack())
	first(11)
	tab.do(chromedp.Reload())
	first(11)
	tab.click("#previous")
	first(1)
	tab.click("#next")
	first(11)
	tab.click("#first")
	first(1)
	tab.awaitCount("#previous[href]", 0)

	// Two clicks go to one page, and the focus is not taken from who goes on.
	tab.do(chromedp.Evaluate[chromedp.Void](`next.click(), next.click(), document.getElementById("name").focus()`))
	first(11)
	tab.awaitText("#announcer", "Page changed, 10 items.")
	tab.awaitFocus("#name")
	tab.click("#previous")
	first(1)
}

func testSearch(t *testing.T, browser chromium) {
	s := serve(t)
	s.createMany("Green tea", 12)
	s.create("Coffee & cake", "")
	tab := browser.open(t, s.url, desktop())
	tab.enter("#search", "GREEN")
	tab.awaitText("#announcer", "Searched, 10 items.")
	tab.click("#next")
	tab.awaitCount("#list > li", 2)
	tab.enter("#search", "fee & c")
	tab.awaitCount("#list > li", 1)
	tab.wantTexts("#list .name", "Coffee & cake")
	tab.do(chromedp.Reload())
	tab.awaitCount("#list > li", 1)
	tab.await("the field keeps the words", `document.getElementById("search").value === "fee & c"`)

	tab.enter("#search", "nothing like it")
	tab.awaitText("#empty", "No name has “nothing like it” in it.")
	tab.click("#clear-search")
	tab.awaitCount("#list > li", 10)
	tab.awaitFocus("#search")
	tab.await("the address is clear", `location.search === ""`)
	tab.do(chromedp.NavigateBack())
	tab.awaitText("#empty", "No name has “nothing like it” in it.")
	tab.await("the field goes back as well", `document.getElementById("search").value === "nothing like it"`)
}

// testSearchFar holds that a search goes on where the service stops looking, and
// says so where it has found something before.
func testSearchFar(t *testing.T, browser chromium) {
	s := serve(t)
	s.create("Needle 1", "")
	s.importLines(strings.Repeat(`{"name":"Hay"}`+"\n", 20_001))
	s.create("Needle 2", "")
	tab := browser.open(t, s.url, desktop())
	tab.enter("#search", "needle 2")
	tab.awaitText("#announcer", "Searched, 1 item.")
	tab.wantTexts("#list .name", "Needle 2")
	tab.enter("#search", "needle")
	tab.awaitText("#list .name", "Needle 1")
	tab.wantTexts("#next", "Search further")
	tab.click("#next")
	tab.awaitText("#list .name", "Needle 2")
}

// testSearchOvertaken holds that a search that goes on by itself ends where its user
// searches for something else.
func testSearchOvertaken(t *testing.T, browser chromium) {
	s := serve(t)
	s.importLines(strings.Repeat(`{"name":"Hay"}`+"\n", 20_001))
	gate := newGate(t, s)
	tab := browser.blank(t, gate.url, desktop())
	tab.holdTimers()
	tab.visit("/")
	turnstile := newTurnstile(t)
	gate.set(http.MethodGet, turnstile.serve)
	tab.enter("#search", "needle")
	turnstile.await()
	turnstile.pass <- struct{}{}
	turnstile.await() // the search has found nothing so far
	tab.enter("#search", "hay")
	turnstile.await()
	for range 20 { // a slow typist searches more than once
		turnstile.pass <- struct{}{}
	}
	tab.awaitText("#announcer", "Searched, 10 items.")
	tab.await("the address is that of the search", `location.search === "?q=hay"`)
	tab.awaitCount("#list > li", 10)
}

// testTryAgain holds that the focus stays with what can be done about a failure, and
// goes to the list when it is over.
func testTryAgain(t *testing.T, browser chromium) {
	s := serve(t)
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	tab.faults.expect("net::ERR_")
	tab.faults.expectStatus(http.StatusServiceUnavailable)
	gate.set(http.MethodGet, loseAnswer)
	tab.click("#refresh")
	tab.awaitText("#list-alert", "The service cannot be reached.")
	gate.set(http.MethodGet, answer(http.StatusServiceUnavailable))
	tab.click("#list-alert button")
	tab.awaitText("#list-alert", "Try again in 7 s.")
	tab.awaitFocus("#list-alert button")
	gate.open()
	tab.press(kb.Enter)
	tab.awaitFocus("#items-title")
	tab.awaitCount("#list-alert > *", 0)
}

// testEmpty holds that a page without items tells how to get one.
func testEmpty(t *testing.T, browser chromium) {
	s := serve(t)
	tab := browser.open(t, s.url, desktop())
	tab.awaitText("#empty", "No items yet")
	tab.click("#first-steps a[href='#name']")
	tab.awaitFocus("#name")
	tab.click("#first-steps a[href='#import-title']")
	tab.await("the import is in view", `location.hash === "#import-title"`)
	tab.click("#first-steps a[href='#api']")
	tab.await("the examples are in view", `location.hash === "#api"`)
}

// testStatusLater holds that the page says what it talks to once that is there.
func testStatusLater(t *testing.T, browser chromium) {
	gate := newGate(t, serve(t))
	tab := browser.blank(t, gate.url, desktop())
	tab.faults.expect("net::ERR_")
	tab.holdTimers()
	gate.set(http.MethodGet, func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if r.URL.Path == "/version" || r.URL.Path == "/readyz" {
			panic(http.ErrAbortHandler)
		}
		next.ServeHTTP(w, r)
	})
	tab.visit("/")
	tab.awaitText("#readiness", "Unreachable")
	gate.open()
	tab.elapse(liveTimer)
	tab.awaitText("#readiness", "Ready")
	tab.awaitText("#version", "dev")
}

// testStatus holds that the page says what it talks to, and when that is away.
func testStatus(t *testing.T, browser chromium) {
	instance := process.Deploy(t).Start(t)
	tab := browser.blank(t, instance.URL(), desktop())
	tab.holdTimers()
	tab.visit("/")
	tab.awaitText("#readiness", "Ready")
	tab.awaitText("#version", "dev")
	tab.awaitText("#build", "go1.")
	tab.faults.expect("net::ERR_CONNECTION_REFUSED")
	instance.Signal(syscall.SIGTERM)
	instance.Wait()
	tab.elapse(liveTimer)
	tab.awaitText("#readiness", "Unreachable")
	tab.awaitText("#list-alert", "The service cannot be reached.")
}
