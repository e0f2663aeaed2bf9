package process

import "testing"

// Server is a running server, or one that has ended, for tests of other packages.
type Server struct{ *process }

// Start runs the binary under test with no environment but settings, such as
// "ITEMS_ADDR=127.0.0.1:0". It ends with the test at the latest.
func Start(t testing.TB, settings ...string) Server {
	t.Helper()
	return Server{start(t, settings)}
}

// Admin waits until the server says where operators ask, and returns that without a
// slash at the end. The server needs the setting ITEMS_ADMIN_ADDR.
func (s Server) Admin() string {
	s.t.Helper()
	return "http://" + s.await(`msg=listening .*\badmin=(\S+)`)
}

// Log returns what the server has logged so far.
func (s Server) Log() string { return s.stderr.String() }

// PID returns the number of the process.
func (s Server) PID() int { return s.cmd.Process.Pid }
