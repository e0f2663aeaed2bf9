package round

import (
	"context"
	"fmt"
	"time"

	"example.com/multistage/bench/load"
	"example.com/multistage/bench/peer"
)

const (
	// stride is how many items lie from one that is asked for to the next before a
	// warm-up. Linux maps the 64 KiB around a page that a process touches for the first
	// time (fault_around_bytes), which is more than so many items of 250 bytes take.
	stride = 250
	// longest is how long that may take.
	longest = time.Minute
)

// touches returns requests for items from all parts of the data, nil where a service
// has none.
func touches(r peer.Requests, host string, items int) *load.Requests {
	if r.Get == nil || items < stride {
		return nil
	}
	return load.NewRequests(items/stride, func(i int) []byte { return r.Get(host, 1+i*stride) })
}

// acquaint lets a service that has just started touch all of its data once, so that it
// is measured as one that runs for longer. It takes longer the more data there are.
func acquaint(ctx context.Context, clients *load.Load, requests *load.Requests) error {
	if requests == nil {
		return nil
	}
	got, err := clients.Pass(ctx, requests, longest)
	if err != nil {
		return err
	}
	if n := got.Refused + got.Errors; n > 0 {
		return fmt.Errorf("%d of %d requests failed before the warm-up", n, got.Requests+got.Errors)
	}
	return nil
}
