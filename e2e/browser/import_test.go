package browser

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// chooseFile makes the import's field name a new file, whose path it returns.
func (tab *tab) chooseFile(name, content string) string {
	tab.t.Helper()
	path := filepath.Join(tab.t.TempDir(), name)
	if err := write(path, []byte(content)); err != nil {
		tab.t.Fatal(err)
	}
	tab.on("#file", chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{path}))
	return path
}

// manyLines returns lines of valid items, but for some that are replaced.
func manyLines(n int, replaced map[int]string) string {
	var lines strings.Builder
	for i := 1; i <= n; i++ {
		if line, ok := replaced[i]; ok {
			fmt.Fprintln(&lines, line)
			continue
		}
		fmt.Fprintf(&lines, "{\"name\":\"Item %d\",\"description\":\"Grün 🎉\"}\n", i)
	}
	return lines.String()
}

// testImport imports more lines than a batch has, some of them refused.
func testImport(t *testing.T, browser chromium) {
	s := serve(t)
	tab := browser.open(t, s.url, desktop())
	tab.chooseFile("items.ndjson", manyLines(3_000, map[int]string{
		7:     `{"name":""}`,
		1_500: `{"name":`,
		2_000: ``,
		3_000: `{"nmae":"x"}`,
	}))
	tab.click("#import-start")
	tab.awaitText("#import-sum", "Done: 3,000 lines: 2,996 stored, 3 refused.")
	tab.awaitCount("#import-running[hidden]", 1)
	tab.await("the progress is whole", `(({ value, max }) => value === max)(document.getElementById("import-progress"))`)
	faults := tab.texts("#import-faults li")
	if len(faults) != 3 || faults[0] != "Line 7: /name must not be empty" || !strings.HasPrefix(faults[1], "Line 1500: ") ||
		!strings.HasPrefix(faults[2], "Line 3000: /nmae") {
		t.Errorf("refused: %q", faults)
	}
	tab.awaitText("#list .description", "Grün 🎉")
	if got := s.items(); len(got) != 1000 || got[6].Name != "Item 8" || got[999].Name != "Item 1001" {
		t.Errorf("%d items, the 7th %+v", len(got), got[6])
	}
}

// testImportStops holds that a file which turns out to be none, and an answer that
// does not come, are told together with what is stored.
func testImportStops(t *testing.T, browser chromium) {
	s := serve(t)
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	tab.faults.expectStatus(http.StatusServiceUnavailable)
	tab.faults.expect("net::ERR_")
	tab.click("#import-start")
	tab.awaitText("#import-alert", "Choose a file first.")
	tab.chooseFile("latin1.ndjson", "{\"name\":\"\xfc\"}\n")
	tab.click("#import-start")
	tab.awaitText("#import-alert", "The file is not UTF-8 text.")
	tab.awaitText("#import-sum", "Stopped after 0 lines: 0 stored, 0 refused.")

	tab.chooseFile("busy.ndjson", manyLines(3, nil))
	gate.set(http.MethodPost, answer(http.StatusServiceUnavailable))
	tab.click("#import-start")
	tab.awaitText("#import-alert", "Try again in 7 s.")
	gate.open()
	tab.click("#import-alert button")
	tab.awaitText("#import-sum", "Done: 3 lines: 3 stored, 0 refused.")
	tab.awaitFocus("#import-start")

	if err := os.Remove(tab.chooseFile("gone.ndjson", manyLines(3, nil))); err != nil {
		t.Fatal(err)
	}
	tab.click("#import-start")
	tab.awaitText("#import-alert", "The file can no longer be read.")
	tab.awaitCount("#import[aria-busy=false]", 1)

	tab.chooseFile("lost.ndjson", manyLines(1_500, nil))
	gate.set(http.MethodPost, loseAnswer)
	tab.click("#import-start")
	tab.awaitText("#import-alert", "Some of the lines 1 to 1000 may be stored all the same")
	tab.awaitText("#import-sum", "Stopped after 0 lines: 0 stored, 0 refused.")
}

// testImportInDoubt holds that nobody is asked to send a batch again that may be
// stored: the service may have done its work before what answers for it broke.
func testImportInDoubt(t *testing.T, browser chromium) {
	for _, status := range []int{http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout} {
		s := serve(t)
		gate := newGate(t, s)
		tab := browser.open(t, gate.url, desktop())
		tab.faults.expectStatus(status)
		tab.chooseFile("items.ndjson", manyLines(3, nil))
		gate.set(http.MethodPost, func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			next.ServeHTTP(httptest.NewRecorder(), r)
			w.WriteHeader(status)
		})
		tab.click("#import-start")
		tab.awaitText("#import-alert", "Some of the lines 1 to 3 may be stored all the same")
		tab.awaitText("#import-sum", "Stopped after 0 lines: 0 stored, 0 refused.")
		tab.awaitCount("#import-alert button", 0)
		tab.awaitCount("#list > li", 3)
	}
}

// testImportBroken holds that an import which the service breaks off goes on from
// there where nothing of the rest was stored, and tells what is in doubt otherwise.
func testImportBroken(t *testing.T, browser chromium) {
	s := serve(t)
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	var status int
	gate.set(http.MethodPost, func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		gate.open()
		line, _ := bufio.NewReader(r.Body).ReadString('\n')
		s.importLines(line)
		fmt.Fprintf(w, `{"line":1,"status":201,"id":1}`+"\n"+`{"done":false,"lines":1,"durable":1,"failed":0,"status":%d,"detail":"Broken."}`+"\n", status)
	})
	broken := gate.guard.Load()
	tab.chooseFile("items.ndjson", manyLines(3, map[int]string{3: `{"name":""}`}))

	status = http.StatusInternalServerError
	tab.click("#import-start")
	tab.awaitText("#import-alert", "Broken. Some of the lines 2 to 3 may be stored all the same")
	tab.awaitText("#import-sum", "Stopped after 1 line: 1 stored, 0 refused. Line 2 is the next.")
	tab.awaitCount("#import-alert button", 0)

	status = http.StatusServiceUnavailable
	gate.guard.Store(broken)
	tab.click("#import-start")
	tab.awaitText("#import-alert", "Broken.")
	tab.awaitText("#import-count", "1 line: 1 stored, 0 refused")
	tab.click("#import-alert button")
	tab.awaitText("#import-sum", "Done: 3 lines: 2 stored, 1 refused.")
	tab.wantTexts("#import-faults li", "Line 3: /name must not be empty")
	s.wantItems("Item 1", "Item 1", "Item 2")
}

// testImportNoAnswer holds that an answer which is not the service's own, or not
// whole, ends an import, and leaves the form usable.
func testImportNoAnswer(t *testing.T, browser chromium) {
	s := serve(t)
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	for _, answer := range []string{"<!doctype html>\n<title>Sign in</title>\n", "", "null\n", `{"line":1,"status":201,"id":1}` + "\n"} {
		gate.set(http.MethodPost, func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			fmt.Fprint(w, answer)
		})
		tab.chooseFile("items.ndjson", manyLines(3, nil))
		tab.click("#import-start")
		tab.awaitText("#import-sum", "Stopped after 0 lines: 0 stored, 0 refused.")
		tab.awaitText("#import-alert", "The answer is not one of the service. Some of the lines 1 to 3 may be stored")
		tab.awaitCount("#import[aria-busy=false]", 1)
		gate.open()
		tab.click("#import-start")
		tab.awaitText("#import-sum", "Done: 3 lines: 3 stored, 0 refused.")
	}
}

// testImportCancel cancels while the service has the second batch.
func testImportCancel(t *testing.T, browser chromium) {
	s := serve(t)
	gate := newGate(t, s)
	tab := browser.open(t, gate.url, desktop())
	tab.chooseFile("items.ndjson", manyLines(3_500, nil))
	batches := newTurnstile(t)
	gate.set(http.MethodPost, batches.serve)
	tab.click("#import-start")
	batches.await()
	batches.pass <- struct{}{}
	batches.await()
	tab.awaitText("#import-count", "1,000 lines: 1,000 stored, 0 refused")
	tab.await("a part is done", `(({ value, max }) => 0 < value && value < max)(document.getElementById("import-progress"))`)
	tab.click("#import-cancel")
	batches.pass <- struct{}{}
	tab.awaitText("#import-sum", "Cancelled after 2,000 lines: 2,000 stored, 0 refused. The rest was not sent.")
	tab.awaitFocus("#import-start")
	gate.open()
	if page := s.do(http.StatusOK, http.MethodGet, "/api/items?q=Item+2001", nil, ""); len(decode[[]item](t, page)) != 0 {
		t.Error("the third batch was sent")
	}
}

// testImportArray imports what the list of the API answers, which has more in it
// than a draft.
func testImportArray(t *testing.T, browser chromium) {
	s := serve(t)
	tab := browser.open(t, s.url, desktop())
	tab.chooseFile("items.json", "\ufeff\n"+`[{"name":"Tea","description":"a\nb"},
		{"id":7,"name":"Coffee","description":"","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z","version":3}, 4]`)
	tab.click("#import-start")
	tab.awaitText("#import-sum", "Done: 3 lines: 2 stored, 1 refused.")
	tab.awaitCount("#list > li", 2)
	tab.wantTexts("#list .name", "Tea", "Coffee")
	s.wantItems("Tea", "Coffee")
	tab.chooseFile("broken.json", `[{"name":"Tea"}`)
	tab.click("#import-start")
	tab.awaitText("#import-alert", "The file starts like a JSON array but is none")
}
