package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progressInterval is how long a command works between two lines that tell how far
// it is.
const progressInterval = 2 * time.Second

// startProgress writes from time to time what tell says to w. The function that it
// returns ends that.
func startProgress(w io.Writer, tell func() string) (end func()) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(progressInterval)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				fmt.Fprintf(w, "server: %s\n", tell())
			case <-done:
				return
			}
		}
	})
	return func() {
		close(done)
		wg.Wait()
	}
}
