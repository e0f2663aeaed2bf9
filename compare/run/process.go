package run

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"example.com/multistage/compare/service"
)

// stopPatience is how long a program may take after SIGTERM.
const stopPatience = 10 * time.Second

// startItems returns what the service's program takes from before its start until its first 200 was read, with a
// store that is not there yet.
func startItems(ctx context.Context, program, dir string) (time.Duration, error) {
	store, err := os.MkdirTemp(dir, "store-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(store)
	return start(ctx, program, "/readyz", filepath.Join(store, "log"), func(address string) []string {
		return []string{"ITEMS_ADDR=" + address, "ITEMS_STORE=bolt:" + filepath.Join(store, "items.db")}
	})
}

// startHello does that for the bare program, which stores nothing.
func startHello(ctx context.Context, program, dir string) (time.Duration, error) {
	return start(ctx, program, "/", filepath.Join(dir, "hello.log"), func(address string) []string {
		return []string{"HELLO_ADDR=" + address}
	})
}

// start starts a program that serves on an address which its environment names, and ends it when it has answered.
func start(ctx context.Context, program, path, log string, environment func(address string) []string) (time.Duration, error) {
	address, err := service.FreeAddress()
	if err != nil {
		return 0, err
	}
	output, err := os.Create(log)
	if err != nil {
		return 0, err
	}
	defer output.Close()
	running, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	// It gets nothing else of the environment, which could set it up otherwise.
	command := exec.CommandContext(ctx, program)
	command.Env, command.Stdout, command.Stderr = environment(address), output, output
	begin := time.Now()
	if err := command.Start(); err != nil {
		return 0, fmt.Errorf("the image's program does not run on this machine: %w", err)
	}
	ended := make(chan struct{})
	go func() {
		command.Wait()
		close(ended)
		cancel(service.Broken("ended before it answered"))
	}()
	at, err := service.Await(running, address, path)
	if err != nil {
		command.Process.Kill()
		<-ended
		text, _ := os.ReadFile(log)
		return 0, fmt.Errorf("%s: %w: %s", program, err, text)
	}
	return at.Sub(begin), end(command, ended)
}

// end ends a program by SIGTERM, and by force where that is not enough.
func end(command *exec.Cmd, ended <-chan struct{}) error {
	command.Process.Signal(syscall.SIGTERM) // fails where it has ended already
	select {
	case <-ended:
		return nil
	case <-time.After(stopPatience):
	}
	command.Process.Kill()
	<-ended
	return fmt.Errorf("%s does not end within %v of SIGTERM", command.Path, stopPatience)
}
