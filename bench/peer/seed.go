package peer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
)

// seedBy returns a Seed that runs the binary with the given arguments, which make
// items of the drafts on its standard input and end.
func seedBy(args func(data string) []string) func(ctx context.Context, binary, addr, data string, n int) error {
	return func(ctx context.Context, binary, _, data string, n int) error {
		command := command(ctx, binary, args(data)...)
		var output bytes.Buffer
		command.Stdout, command.Stderr = &output, &output
		stdin, err := command.StdinPipe()
		if err != nil {
			return err
		}
		if err := command.Start(); err != nil {
			return err
		}
		err = writeDrafts(stdin, n)
		stdin.Close()
		if err := errors.Join(err, command.Wait()); err != nil {
			return fmt.Errorf("%v: %w\n%s", command, err, output.Bytes())
		}
		return nil
	}
}
