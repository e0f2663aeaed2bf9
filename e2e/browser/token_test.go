package browser

import (
	"net/http"
	"path/filepath"
	"testing"
)

// guarded starts a service whose writes need the token "secret-token-of-16".
func guarded(t *testing.T) service {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tokens")
	if err := write(path, []byte("secret-token-of-16\n")); err != nil {
		t.Fatal(err)
	}
	return serve(t, "ITEMS_WRITE_TOKEN_FILE="+path)
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

func openToken(t *testing.T, browser chromium, v view) *tab {
	tab := browser.open(t, guarded(t).url, v)
	tab.faults.expectStatus(http.StatusUnauthorized)
	tab.enter("#name", "Tea")
	tab.click("#create .primary")
	tab.awaitFocus("#token-field")
	return tab
}
