package browser

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// keepScreenshot writes a picture of the page where it outlives the test: to the
// folder that ITEMS_SCREENSHOTS names, or else to one for temporary files.
func (tab *tab) keepScreenshot(name string) {
	tab.t.Helper()
	picture, err := picture(tab.ctx, true)
	if err != nil {
		tab.t.Logf("no screenshot: %v", err)
		return
	}
	folder := os.Getenv("ITEMS_SCREENSHOTS")
	if folder == "" {
		folder = filepath.Join(os.TempDir(), "items-screenshots")
	}
	words := regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(tab.t.Name()+" "+name, "-")
	path := filepath.Join(folder, strings.Trim(words, "-")+".png")
	if err := write(path, picture); err != nil {
		tab.t.Logf("no screenshot: %v", err)
		return
	}
	tab.t.Logf("screenshot: %s", path)
}

// write writes a file, and makes its folder where there is none.
func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}

// picture returns a PNG of what is in view, or of the page to its end. It works in a
// test that has failed as well.
func picture(ctx context.Context, whole bool) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	result, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &whole})
	if err != nil {
		return nil, err
	}
	return result.Data, nil
}

// maxScreenshot is how large the picture in the README may be, in bytes.
const maxScreenshot = 200_000

// testScreenshot makes the picture in the README where ITEMS_UPDATE_SCREENSHOT is set.
// It looks best with Debian's package fonts-inter.
func testScreenshot(t *testing.T, browser chromium) {
	if os.Getenv("ITEMS_UPDATE_SCREENSHOT") == "" {
		t.Skip("ITEMS_UPDATE_SCREENSHOT is not set")
	}
	tab := openDeletion(t, browser, view{"README", 1280, 900, false, "light"})
	tab.do(moveTo(tab, "h1"))
	picture, err := picture(tab.ctx, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(picture) > maxScreenshot {
		t.Errorf("the picture has %d bytes, of at most %d", len(picture), maxScreenshot)
	}
	if err := write("../../docs/screenshot.png", picture); err != nil {
		t.Fatal(err)
	}
}
