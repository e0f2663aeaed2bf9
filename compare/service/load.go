package service

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Load has a number of connections create an item and read a page, so many times each. It returns an error where
// any is not answered as it should.
func (c Client) Load(ctx context.Context, connections, times int) error {
	errs := make([]error, connections)
	var wg sync.WaitGroup
	for i := range connections {
		wg.Go(func() { errs[i] = c.alternate(ctx, i, times) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

func (c Client) alternate(ctx context.Context, connection, times int) error {
	for n := range times {
		if _, err := c.Create(ctx, fmt.Sprintf("load %d, %d", connection, n)); err != nil {
			return err
		}
		if _, err := c.List(ctx); err != nil {
			return err
		}
	}
	return nil
}
