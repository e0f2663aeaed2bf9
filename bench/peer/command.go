package peer

import (
	"context"
	"os"
	"os/exec"
	"syscall"
)

// command returns one of a peer that seeds. It ends with ctx at the latest.
func command(ctx context.Context, binary string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, binary, args...)
	Isolate(c)
	return c
}

// Isolate gives a command of a peer, which is yet to start, an environment without what
// could set it up otherwise than its arguments do. It ends with this process at the latest,
// and in a group of its own, so that Ctrl-C reaches this process alone, which ends it then.
func Isolate(c *exec.Cmd) {
	c.Env = environment()
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func environment() (env []string) {
	for _, name := range []string{"PATH", "HOME", "TMPDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}
