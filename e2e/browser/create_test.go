package browser

import (
	"net/http"
	"testing"
)

func testCreate(t *testing.T, browser chromium) {
	s := serve(t)
	tab := browser.open(t, s.url, desktop())
	tab.enter("#name", "Tea & <b>biscuits</b>")
	tab.enter("#description", "Two <script>boxes</script>")
	tab.click("#create .primary")
	tab.awaitText("#created", "Created item 1.")
	tab.awaitCount("#list > li", 1)
	tab.wantTexts("#list .name", "Tea & <b>biscuits</b>")
	tab.wantTexts("#list .description", "Two <script>boxes</script>")
	tab.await("the form is empty", `document.getElementById("name").value === ""`)
	s.wantItems("Tea & <b>biscuits</b>")
}

// testCreateInvalid holds that each error stands at its field, which gets the focus.
func testCreateInvalid(t *testing.T, browser chromium) {
	s := serve(t)
	tab := browser.open(t, s.url, desktop())
	tab.faults.expectStatus(http.StatusUnprocessableEntity)
	tab.enter("#description", "kept")
	tab.click("#create .primary")
	tab.awaitText("#name-fault", "Name must not be empty.")
	tab.awaitFocus("#name[aria-invalid=true]")
	tab.enter("#name", "Tea")
	tab.awaitCount("#create [aria-invalid]", 0)
	tab.click("#create .primary")
	tab.awaitText("#created", "Created item 1.")
	if got := s.items()[0].Description; got != "kept" {
		t.Errorf("the description is %q", got)
	}
}

// testCreateAgain holds that trying again after a lost answer makes no second item.
func testCreateAgain(t *testing.T, browser chromium) {
	s := serve(t)
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	tab.faults.expect("net::ERR_")
	gate.set(http.MethodPost, loseAnswer)
	tab.enter("#name", "Tea")
	tab.click("#create .primary")
	tab.awaitText("#create [role=alert]", "cannot be reached")
	s.wantItems("Tea")
	gate.open()
	tab.click("#create [role=alert] button")
	tab.awaitText("#created", "Created item 1.")
	s.wantItems("Tea")

	// What is written next is another item, though its text is the same.
	tab.enter("#name", "Tea")
	tab.click("#create .primary")
	tab.awaitText("#created", "Created item 2.")
	s.wantItems("Tea", "Tea")
}

// testCreateMeanwhile holds that what is typed while an item is created stays.
func testCreateMeanwhile(t *testing.T, browser chromium) {
	s := serve(t)
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	turnstile := newTurnstile(t)
	gate.set(http.MethodPost, turnstile.serve)
	tab.enter("#name", "Tea")
	tab.click("#create .primary")
	turnstile.await()
	tab.enter("#name", "Coffee")
	turnstile.pass <- struct{}{}
	tab.awaitText("#created", "Created item 1.")
	tab.await("the name is kept", `document.getElementById("name").value === "Coffee"`)
	s.wantItems("Tea")
}

// testBusy holds that a service that asks to wait is tried again when its user says.
func testBusy(t *testing.T, browser chromium) {
	for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		s := serve(t)
		gate := newGate(t, s)
		tab := browser.open(t, gate.url, desktop())
		tab.faults.expectStatus(status)
		gate.set(http.MethodPost, answer(status))
		tab.enter("#name", "Tea")
		tab.click("#create .primary")
		tab.awaitText("#create [role=alert]", "Try again in 7 s.")
		gate.open()
		tab.click("#create [role=alert] button")
		tab.awaitText("#created", "Created item 1.")
	}
}
