package peer

import (
	"context"
	"os"
	"os/exec"
	"syscall"
)

// command returns one of a peer that seeds. It ends with ctx and with this process at the
// latest, and Ctrl-C reaches this process alone.
func command(ctx context.Context, binary string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, binary, args...)
	c.Env = Environment()
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	return c
}

// Environment is that of this process without what could set up a service otherwise
// than its command line does.
func Environment() (env []string) {
	for _, name := range []string{"PATH", "HOME", "TMPDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}
