package browser

import (
	"fmt"

	"github.com/chromedp/chromedp"
)

// heldTimers replaces the page's long timers by ones that fire when the test says
// so. Short ones, such as the pause after a key, stay.
const heldTimers = `{
	const [start, stop] = [setTimeout.bind(window), clearTimeout.bind(window)];
	const held = new Map();
	let last = 1_000_000;
	window.setTimeout = (run, delay, ...args) => {
		if (!(delay >= 1_000)) return start(run, delay, ...args);
		held.set(++last, { run: () => run(...args), delay });
		return last;
	};
	window.clearTimeout = (id) => held.delete(id) || stop(id);
	window.timersOf = (delay) => [...held].filter(([, timer]) => timer.delay === delay).length;
	window.fire = (delay) => {
		for (const [id, timer] of [...held]) if (timer.delay === delay) { held.delete(id); timer.run(); }
	};
}`

// The page's long timers, in milliseconds.
const (
	liveTimer = 5_000 // until the list is looked at again
	undoTimer = 8_000 // until a deletion is carried out
)

// holdTimers holds the long timers of the pages that the tab loads from now on.
func (tab *tab) holdTimers() {
	tab.t.Helper()
	tab.prepend(heldTimers)
}

// awaitTimer waits until a long timer runs.
func (tab *tab) awaitTimer(delay int) {
	tab.t.Helper()
	tab.await(fmt.Sprintf("a timer of %d ms runs", delay), fmt.Sprintf("timersOf(%d) === 1", delay))
}

// awaitNoTimer waits until a long timer stands still.
func (tab *tab) awaitNoTimer(delay int) {
	tab.t.Helper()
	tab.await(fmt.Sprintf("no timer of %d ms runs", delay), fmt.Sprintf("timersOf(%d) === 0", delay))
}

// elapse lets the time of a long timer that runs be over.
func (tab *tab) elapse(delay int) {
	tab.t.Helper()
	tab.awaitTimer(delay)
	tab.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf("fire(%d)", delay)))
}
