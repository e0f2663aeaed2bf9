package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// interrupted returns what to say of a command that ended with an error after its context did. It names what
// else went wrong, as something may be left behind then.
func interrupted(ctx context.Context, err error) error {
	if nothingBut(err, context.Cause(ctx)) {
		return errors.New("interrupted; nothing is left behind")
	}
	return fmt.Errorf("interrupted: %w", err)
}

// nothingBut tells whether an error, and each that it is joined of, is because a context ended by a cause.
func nothingBut(err, cause error) bool {
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		return err == cause || nothingBut(e.Unwrap(), cause)
	case interface{ Unwrap() []error }:
		return !slices.ContainsFunc(e.Unwrap(), func(err error) bool { return !nothingBut(err, cause) })
	}
	return err == nil || err == cause || err == context.Canceled
}
