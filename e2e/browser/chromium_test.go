package browser

import (
	"context"
	"os"
	"os/exec"
	"testing"

	"github.com/chromedp/chromedp"
)

// chromium is a running browser that nobody else uses.
type chromium struct {
	ctx context.Context
}

// startChromium starts Chromium, which ends with the test. It skips the test where
// there is none, and fails it instead where ITEMS_REQUIRE_CHROMIUM is set.
func startChromium(t *testing.T) chromium {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		lack(t, "Debian's package chromium is not installed: "+err.Error())
	}
	allocator, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // root can't have it, and every page here is the project's own
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("lang", "en-GB"),
		chromedp.Env("LANG=en_GB.UTF-8", "TZ=UTC"),
	)...)
	t.Cleanup(stop)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("%s does not start: %v", path, err)
	}
	return chromium{ctx}
}

// lack skips a test for the want of something, or fails it.
func lack(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("ITEMS_REQUIRE_CHROMIUM") != "" {
		t.Fatal(reason)
	}
	t.Skipf("%s (e2e/browser/with-chromium says what to do)", reason)
}
