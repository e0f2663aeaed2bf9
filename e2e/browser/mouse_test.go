package browser

import (
	"fmt"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// moveTo moves the pointer to the middle of an element without a click.
func moveTo(tab *tab, selector string) chromedp.Action[chromedp.Void] {
	tab.t.Helper()
	middle := evaluate[[]float64](tab, fmt.Sprintf(
		`(({ x, y, width, height }) => [x + width / 2, y + height / 2])(document.querySelector(%q).getBoundingClientRect())`, selector))
	return chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, middle[0], middle[1])
}
