package boltstore

import "time"

// Options are the settings of a store. The zero value is fit for use.
type Options struct {
	// Now tells the time of changes. Nil means [time.Now].
	Now func() time.Time

	// Committed is told of each commit, once it is durable: how many writes it
	// carried, and how long it took. The next commit waits for it. Nil means
	// that no one is.
	Committed func(writes int, took time.Duration)

	// ReadOnly opens a file that is there and never changes it: writes fail. Others
	// may have it open too, but only in this way.
	ReadOnly bool
}

func (o *Options) setDefaults() {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Committed == nil {
		o.Committed = func(int, time.Duration) {}
	}
}
