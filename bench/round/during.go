package round

import "time"

const (
	// soon is how long something may last before that is told.
	soon = 2 * time.Second
	// again is how long it is then until it is told again.
	again = 10 * time.Second
)

// during tells what lasts, if it does, until the function that it returns is called.
func (r *Runner) during(what string) (end func()) {
	begin, over, told := time.Now(), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(told)
		for wait := soon; ; wait = again {
			select {
			case <-over:
				return
			case <-time.After(wait):
				r.tell("  %s, for %v", what, time.Since(begin).Round(time.Second))
			}
		}
	}()
	return func() {
		close(over)
		<-told
	}
}
