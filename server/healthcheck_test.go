package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestHealthcheckErrors checks that an error which has no test with a real server says
// what to do. The others are among the tests of the process.
func TestHealthcheckErrors(t *testing.T) {
	for about, cause := range map[string]error{
		"no answer in time": fmt.Errorf("Get: %w", context.DeadlineExceeded),
		"no such host":      errors.New("lookup items: no such host"),
	} {
		err := explainHealth(cause)
		for _, want := range []string{about, "-addr or ITEMS_ADDR"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q does not say %q", err, want)
			}
		}
	}
}
