package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// reporter returns a function that writes a line for each step, with the time since the first.
func reporter(w io.Writer) func(format string, args ...any) {
	var one sync.Mutex // line at a time
	begin := time.Now()
	return func(format string, args ...any) {
		elapsed := time.Since(begin).Truncate(time.Second)
		one.Lock()
		defer one.Unlock()
		fmt.Fprintf(w, "compare: %02d:%02d %s\n", int(elapsed.Minutes()), int(elapsed.Seconds())%60, fmt.Sprintf(format, args...))
	}
}
