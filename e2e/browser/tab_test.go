package browser

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"example.com/multistage/e2e/blackbox"
)

// patience is how long the page may take for what it does at once.
const patience = 20 * time.Second

// reportViolations makes what the page's policy forbids an error of its console.
const reportViolations = `addEventListener("securitypolicyviolation",
	(event) => console.error("forbidden by the policy:", event.violatedDirective, event.blockedURI, event.sample));`

// tab is a tab of a browser without history, cookies or storage, at one service.
type tab struct {
	t      *testing.T
	ctx    context.Context
	url    string
	faults *faults
}

// open opens a service's page in a new tab and waits until its list is loaded.
// Whatever the browser complains of until the end of the test fails it.
func (c chromium) open(t *testing.T, url string, v view) *tab {
	t.Helper()
	tab := c.blank(t, url, v)
	tab.visit("/")
	return tab
}

// blank opens a new tab of a service and loads nothing yet.
func (c chromium) blank(t *testing.T, url string, v view) *tab {
	t.Helper()
	faults := newFaults()
	ctx, closeTab := chromedp.NewContext(c.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(faults.listen))
	tab := &tab{t, ctx, url, faults}
	t.Cleanup(func() {
		tab.finish()
		closeTab()
	})
	if err := chromedp.Do(ctx); err != nil { // outlives the limits of single actions
		t.Fatal(err)
	}
	tab.do(v.emulate(), chromedp.Func(prepare))
	return tab
}

// prepare makes the tab behave as one that its user looks at.
func prepare(ctx context.Context, _ *chromedp.Target) error {
	focus := emulation.SetFocusEmulationEnabledParams{Enabled: true}
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, focus); err != nil {
		return err
	}
	script := page.AddScriptToEvaluateOnNewDocumentParams{Source: reportViolations}
	_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, script)
	return err
}

// prepend runs a script before those of each page that the tab loads from now on.
func (tab *tab) prepend(source string) {
	tab.t.Helper()
	script := page.AddScriptToEvaluateOnNewDocumentParams{Source: source}
	if _, err := chromedp.Call(tab.ctx, page.AddScriptToEvaluateOnNewDocument, script); err != nil {
		tab.t.Fatal(err)
	}
}

// finish keeps a picture of a failed test, and fails one that the browser
// complained of.
func (tab *tab) finish() {
	for _, fault := range tab.faults.unexpected() {
		tab.t.Error("the browser says: " + fault)
	}
	if tab.t.Failed() {
		tab.keepScreenshot("")
	}
}

// visit loads a page of the service, and waits for the list where it has one.
func (tab *tab) visit(path string) {
	tab.t.Helper()
	tab.do(chromedp.Navigate(tab.url + path))
	tab.await("the list is loaded", `!document.getElementById("updated")?.textContent.startsWith("Loading")`)
}

// do runs actions, each of which waits for its element.
func (tab *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	for _, action := range actions {
		if err := chromedp.Do(ctx, action); err != nil {
			tab.t.Fatal(err)
		}
	}
}

// click clicks the middle of the first element that a CSS selector finds.
func (tab *tab) click(selector string) {
	tab.t.Helper()
	tab.on(selector, chromedp.Click(chromedp.CSS(selector)))
}

// enter replaces the text of a field, key by key.
func (tab *tab) enter(selector, text string) {
	tab.t.Helper()
	tab.on(selector, chromedp.Focus(chromedp.CSS(selector)))
	tab.do(chromedp.Evaluate[chromedp.Void]("document.activeElement.select()"), chromedp.KeyEvent(kb.Delete+text))
}

// on runs an action at an element, and names the element where it fails.
func (tab *tab) on(selector string, action chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, action); err != nil {
		tab.t.Fatalf("%s: %v", selector, err)
	}
}

// press presses keys on whatever has the focus.
func (tab *tab) press(keys ...string) {
	tab.t.Helper()
	for _, key := range keys {
		tab.do(chromedp.KeyEvent(key))
	}
}

// evaluate returns what an expression of JavaScript is in the page.
func evaluate[T any](tab *tab, expression string) T {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		tab.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// await waits until an expression of JavaScript is true in the page.
func (tab *tab) await(what, expression string) {
	tab.t.Helper()
	blackbox.Eventually(tab.t, patience, what+" ("+expression+")", func() bool {
		// While a page is left, there is none to evaluate in.
		holds, err := chromedp.Run(tab.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		return holds && err == nil
	})
}

// awaitText waits until an element says something, among other things.
func (tab *tab) awaitText(selector, text string) {
	tab.t.Helper()
	tab.await(fmt.Sprintf("%s says %q", selector, text),
		fmt.Sprintf(`document.querySelector(%q)?.textContent.includes(%q)`, selector, text))
}

// awaitCount waits until a selector finds so many elements.
func (tab *tab) awaitCount(selector string, n int) {
	tab.t.Helper()
	tab.await(fmt.Sprintf("there are %d of %s", n, selector),
		fmt.Sprintf(`document.querySelectorAll(%q).length === %d`, selector, n))
}

// awaitFocus waits until an element that the selector finds has the focus.
func (tab *tab) awaitFocus(selector string) {
	tab.t.Helper()
	tab.await(selector+" has the focus", fmt.Sprintf(`document.activeElement.matches(%q)`, selector))
}

// texts returns what each element that a selector finds says.
func (tab *tab) texts(selector string) []string {
	tab.t.Helper()
	return evaluate[[]string](tab, fmt.Sprintf(`[...document.querySelectorAll(%q)].map((e) => e.textContent.trim())`, selector))
}

// wantTexts holds that the elements that a selector finds say these things.
func (tab *tab) wantTexts(selector string, want ...string) {
	tab.t.Helper()
	if got := tab.texts(selector); strings.Join(got, "\n") != strings.Join(want, "\n") {
		tab.t.Errorf("%s: %q, want %q", selector, got, want)
	}
}
