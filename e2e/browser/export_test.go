package browser

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"example.com/multistage/e2e/blackbox"
)

// The dialog that asks for a file is the browser's own, which no test can use: these
// choose a file of the page's own, choose none, or do without such a dialog.
const (
	fileChosen = `window.showSaveFilePicker = async ({ suggestedName }) =>
		(await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true })`
	noFileChosen = `window.showSaveFilePicker = async () => { throw new DOMException("nothing", "AbortError") }`
	noDialog     = `delete window.showSaveFilePicker`
)

// exported is the content of the file that was chosen.
const exported = `navigator.storage.getDirectory().then((d) => d.getFileHandle("items.ndjson")).then((h) => h.getFile()).then((f) => f.text())`

// testExport holds that what is exported goes to the file that its user chooses, whole
// or not at all.
func testExport(t *testing.T, browser chromium) {
	s := serve(t)
	s.importLines(manyLines(1_234, nil))
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	tab.faults.expect("net::ERR_")
	tab.do(chromedp.Evaluate[chromedp.Void](noFileChosen))
	tab.click("#export")
	tab.awaitCount("#export[aria-busy=false]", 1)
	tab.awaitCount("#export-alert > *", 0)

	tab.do(chromedp.Evaluate[chromedp.Void](fileChosen))
	tab.click("#export")
	tab.awaitText("#exported", "Exported to items.ndjson.")
	tab.awaitFocus("#export")
	whole := evaluate[string](tab, exported)
	if got := strings.Count(whole, "\n"); got != 1_234 {
		t.Errorf("%d lines, want 1,234", got)
	}

	gate.set(http.MethodGet, func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		fmt.Fprintln(w, `{"name":"half"}`)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	tab.click("#export")
	tab.awaitText("#export-alert", "The answer broke off")
	tab.awaitCount("#exported:empty", 1)
	if evaluate[string](tab, exported) != whole {
		t.Error("the file has changed")
	}
}

// testDownload holds that what is exported can be imported again, where the browser
// has no dialog that asks for a file.
func testDownload(t *testing.T, chromium chromium) {
	s := serve(t)
	s.importLines(manyLines(1_234, nil))
	tab := chromium.open(t, s.url, desktop())
	folder := t.TempDir()
	allow := browser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: folder, BrowserContextID: chromedp.FromContext(tab.ctx).BrowserContextID}
	if _, err := chromedp.CallBrowser(tab.ctx, browser.SetDownloadBehavior, allow); err != nil {
		t.Fatal(err)
	}
	tab.do(chromedp.Evaluate[chromedp.Void](noDialog))
	tab.click("#export")
	path := filepath.Join(folder, "items.ndjson")
	blackbox.Eventually(t, patience, "the file is there", func() bool {
		content, err := os.ReadFile(path)
		return err == nil && strings.Count(string(content), "\n") == 1_234
	})
	tab.on("#file", chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{path}))
	tab.click("#import-start")
	tab.awaitText("#import-sum", "Done: 1,234 lines: 1,234 stored, 0 refused.")
}
