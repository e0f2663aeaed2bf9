package browser

import (
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/chromedp/chromedp"

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
