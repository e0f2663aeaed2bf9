package browser

import (
	"context"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// view is what a page is looked at with.
type view struct {
	name          string
	width, height int64 // CSS pixels
	phone         bool
	scheme        string // "light" or "dark"
}

// desktop is the view of tests that hold in any.
func desktop() view { return view{"desktop light", 1280, 900, false, "light"} }

// views are those that differ in how the page looks.
func views() []view {
	return []view{
		desktop(),
		{"desktop dark", 1280, 900, false, "dark"},
		{"phone light", 390, 844, true, "light"},
		{"phone dark", 390, 844, true, "dark"},
	}
}

// emulate makes a tab one of this view.
func (v view) emulate() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		metrics := emulation.SetDeviceMetricsOverrideParams{Width: v.width, Height: v.height, DeviceScaleFactor: 1, Mobile: v.phone}
		if _, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, metrics); err != nil {
			return err
		}
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: v.scheme},
			{Name: "prefers-reduced-motion", Value: "reduce"}, // nothing is caught on its way
		}}
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media)
		return err
	})
}
