package browser

import (
	"net/http"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// guarded starts a service whose writes need the token "secret-token-of-16". Each
// setting that is given names the file of that token too.
func guarded(t *testing.T, settings ...string) service {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tokens")
	if err := write(path, []byte("secret-token-of-16\n")); err != nil {
		t.Fatal(err)
	}
	for i, setting := range settings {
		settings[i] = setting + "=" + path
	}
	return serve(t, append(settings, "ITEMS_WRITE_TOKEN_FILE="+path)...)
}

// testToken holds that a write asks for a token where it needs one, asks again where
// that is another one, and then goes on with what its user did.
func testToken(t *testing.T, browser chromium) {
	s := guarded(t)
	tab := browser.open(t, s.url, desktop())
	tab.faults.expectStatus(http.StatusUnauthorized)
	tab.enter("#name", "Tea")
	tab.click("#create .primary")
	tab.awaitFocus("#token-field")
	tab.click("#token-cancel")
	tab.awaitCount("#create [role=alert] p", 1)
	s.wantItems()

	tab.click("#create .primary")
	tab.awaitFocus("#token-field")
	tab.enter("#token-field", "wrong-token-of-16c")
	tab.click("#token .primary")
	tab.await("the field is empty again", `document.getElementById("token-field").value === ""`)
	tab.awaitFocus("#token-field")
	s.wantItems()
	tab.enter("#token-field", "secret-token-of-16")
	tab.click("#token .primary")
	tab.awaitText("#created", "Created item 1.")
	s.wantItems("Tea")

	// It is not asked for again, not after a reload either, and other tabs know nothing.
	tab.visit("/")
	tab.click("[data-id='1'] .delete")
	tab.click("#delete-now")
	tab.awaitText("#announcer", "Item 1 is deleted.")
	s.wantItems()
	if evaluate[int](tab, "localStorage.length + document.cookie.length") != 0 {
		t.Error("the token outlives the tab")
	}
}

// testReadToken holds that a list that is not open to all asks for a token when its
// user says so, and an export at once.
func testReadToken(t *testing.T, browser chromium) {
	s := guarded(t, "ITEMS_READ_TOKEN_FILE")
	s.do(http.StatusCreated, http.MethodPost, "/api/items", http.Header{
		"Content-Type": {"application/json"}, "Authorization": {"Bearer secret-token-of-16"},
	}, draft(t, "Tea", ""))
	for _, export := range []bool{false, true} {
		tab := browser.blank(t, s.url, desktop())
		tab.faults.expectStatus(http.StatusUnauthorized)
		tab.do(chromedp.Navigate(s.url))
		tab.awaitCount("#list-alert button", 1)
		tab.awaitCount("#token[open]", 0)
		if export {
			tab.do(chromedp.Evaluate[chromedp.Void](fileChosen))
			tab.click("#export")
		} else {
			tab.wantTexts("#list-alert button", "Enter a token")
			tab.click("#list-alert button")
		}
		tab.awaitFocus("#token-field")
		tab.enter("#token-field", "secret-token-of-16")
		tab.click("#token .primary")
		if export {
			tab.awaitText("#exported", "Exported to items.ndjson.")
			continue
		}
		tab.awaitFocus("#items-title")
		tab.awaitCount("#list-alert > *", 0)
		tab.wantTexts("#list .name", "Tea")
	}
}

// testTokenUnkept holds that the page works where the browser denies it the storage
// that it keeps a token in.
func testTokenUnkept(t *testing.T, browser chromium) {
	s := guarded(t)
	tab := browser.blank(t, s.url, desktop())
	tab.faults.expectStatus(http.StatusUnauthorized)
	tab.prepend(`Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("denied", "SecurityError") } })`)
	tab.visit("/")
	tab.enter("#name", "Tea")
	tab.click("#create .primary")
	tab.awaitFocus("#token-field")
	tab.enter("#token-field", "secret-token-of-16")
	tab.click("#token .primary")
	tab.awaitText("#created", "Created item 1.")
	tab.enter("#name", "Coffee")
	tab.click("#create .primary")
	tab.awaitText("#created", "Created item 2.")
}

func openToken(t *testing.T, browser chromium, v view) *tab {
	tab := browser.open(t, guarded(t).url, v)
	tab.faults.expectStatus(http.StatusUnauthorized)
	tab.enter("#name", "Tea")
	tab.click("#create .primary")
	tab.awaitFocus("#token-field")
	return tab
}
