package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestHealthcheckErrors checks that an error which has no test with a real server says
// what to do. The others are among the tests of the process.
func TestHealthcheckErrors(t *testing.T) {
	for _, tt := range []struct {
		cause error
		about string
	}{
		{fmt.Errorf("dial: %w", context.DeadlineExceeded), "no answer in time"},
		{fmt.Errorf("read: %w", os.ErrDeadlineExceeded), "no answer in time"},
		{errors.New("lookup items: no such host"), "no such host"},
	} {
		err := explainHealth(tt.cause)
		for _, want := range []string{tt.about, "-addr or ITEMS_ADDR"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q does not say %q", err, want)
			}
		}
	}
}
