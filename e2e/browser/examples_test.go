package browser

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// testExamples copies each example of curl from the page, in its order, and runs it.
func testExamples(t *testing.T, chromium chromium) {
	s := serve(t)
	tab := chromium.open(t, s.url, desktop())
	allowClipboard(tab)
	folder := t.TempDir()
	if err := write(filepath.Join(folder, "items.ndjson"), []byte(manyLines(3, nil))); err != nil {
		t.Fatal(err)
	}
	var examples []string
	for i, caption := range tab.texts("figure figcaption") {
		example := tab.copyExample(i, caption)
		examples = append(examples, example)
		if !strings.Contains(example, s.url+"/api/items") {
			t.Errorf("%s does not name the service: %s", caption, example)
		}
	}
	if len(examples) != 9 {
		t.Errorf("%d examples, want 9", len(examples))
	}
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skipf("the examples were copied but not run: %v", err)
	}
	// A failure of one is that of the script: an example says nothing of -f.
	script := "set -e; curl() { command curl -f \"$@\"; }\n" + strings.Join(examples, "\n")
	command := exec.Command("sh", "-c", script)
	command.Dir = folder
	if output, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s\n%s", err, script, output)
	}
	s.wantItems("Item 1", "Item 2", "Item 3") // the first was created, changed and deleted
}

// copyExample copies an example by its button, and returns what was copied.
func (tab *tab) copyExample(i int, caption string) string {
	tab.t.Helper()
	tab.do(chromedp.Evaluate[chromedp.Void](`navigator.clipboard.writeText("")`, chromedp.EvalAwaitPromise))
	tab.do(chromedp.Click(chromedp.JSPath(`document.querySelectorAll("figure .copy")[` + string(rune('0'+i)) + `]`)))
	tab.awaitText("#announcer", "Copied: "+caption)
	return evaluate[string](tab, "navigator.clipboard.readText()")
}

func allowClipboard(tab *tab) {
	tab.t.Helper()
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		allow := browser.SetPermissionParams{
			Permission:       &browser.PermissionDescriptor{Name: name},
			Setting:          browser.PermissionSettingGranted,
			BrowserContextID: chromedp.FromContext(tab.ctx).BrowserContextID,
		}
		if _, err := chromedp.CallBrowser(tab.ctx, browser.SetPermission, allow); err != nil {
			tab.t.Fatal(err)
		}
	}
}
