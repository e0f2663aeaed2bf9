// Package pgtest starts real PostgreSQL servers for tests.
package pgtest

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Server is a PostgreSQL server at a port of loopback that outlives it. It ends with the
// test.
type Server struct {
	t      testing.TB
	bin    string // where its programs are
	dir    string
	port   int
	as     *syscall.Credential // nil for the user of the test
	server *exec.Cmd
	log    *bytes.Buffer
	ended  chan struct{}

	mu        sync.Mutex // one database is made at a time: each is a copy of one template
	databases int
}

// settings are those of every server: small, as durable as a real one, without a socket
// in the file system, and with what a standby needs.
var settings = map[string]string{
	"listen_addresses":        "127.0.0.1",
	"unix_socket_directories": "",
	"max_connections":         "150",
	"shared_buffers":          "64MB",
	"max_wal_senders":         "4",
	"wal_keep_size":           "64MB",
	"wal_receiver_timeout":    "5s",
	"log_min_messages":        "warning",
}

// New returns a server with an empty data directory. The test is skipped where there
// is no PostgreSQL, and fails instead where ITEMS_REQUIRE_POSTGRES is set.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{t: t, bin: programs(t), port: FreePort(t)}
	// Not that of the test, whose parent no other user enters.
	dir, err := os.MkdirTemp("", "items-postgres")
	if err != nil {
		t.Fatal(err)
	}
	s.dir = filepath.Join(dir, "data")
	t.Cleanup(func() {
		if s.server != nil {
			s.Kill()
		}
		os.RemoveAll(dir)
	})
	if os.Getuid() == 0 { // PostgreSQL does not run as root
		s.as = unprivileged(t)
		err := os.Chown(dir, int(s.as.Uid), int(s.as.Gid))
		if errors.Is(err, syscall.EINVAL) { // as in Bazel's sandbox
			missing(t, "it does not run as root, and this namespace has no other user")
		} else if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// programs returns the folder of PostgreSQL's programs, the newest of Debian's.
func programs(t testing.TB) string {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		missing(t, "there is no /usr/lib/postgresql/*/bin/postgres, of Debian's package postgresql")
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(newest)
}

// missing ends a test that can have no PostgreSQL.
func missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("ITEMS_REQUIRE_POSTGRES") != "" {
		t.Fatalf("no PostgreSQL: %s", why)
	}
	t.Skipf("no PostgreSQL: %s", why)
}

// version returns the number in a path of Debian's.
func version(path string) int {
	n, _ := strconv.Atoi(strings.Split(path, "/")[4])
	return n
}

// unprivileged returns the user that Debian's package makes, or nobody.
func unprivileged(t testing.TB) *syscall.Credential {
	t.Helper()
	found, err := user.Lookup("postgres")
	if err != nil {
		found, err = user.Lookup("nobody")
	}
	if err != nil {
		t.Fatal(err)
	}
	uid, errUID := strconv.ParseUint(found.Uid, 10, 32)
	gid, errGID := strconv.ParseUint(found.Gid, 10, 32)
	if err := errors.Join(errUID, errGID); err != nil {
		t.Fatal(err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

// Command returns a command of PostgreSQL's programs that runs as the server's user.
func (s *Server) Command(program string, args ...string) *exec.Cmd {
	command := exec.Command(filepath.Join(s.bin, program), args...)
	command.Dir = filepath.Dir(s.dir)
	command.Env = []string{"LC_ALL=C", "PGCONNECT_TIMEOUT=5"}
	command.SysProcAttr = &syscall.SysProcAttr{Credential: s.as}
	return command
}

// do runs one of PostgreSQL's programs to its end.
func (s *Server) do(program string, args ...string) {
	s.t.Helper()
	if output, err := s.Command(program, args...).CombinedOutput(); err != nil {
		s.t.Fatalf("%s: %v\n%s", program, err, output)
	}
}

// Primary makes the server a new database, and starts it.
func (s *Server) Primary() {
	s.t.Helper()
	s.do("initdb", "--pgdata="+s.dir, "--username=items", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
	var config strings.Builder
	for name, value := range settings {
		fmt.Fprintf(&config, "%s = '%s'\n", name, value)
	}
	file, err := os.OpenFile(filepath.Join(s.dir, "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	_, err = file.WriteString(config.String())
	if err := errors.Join(err, file.Close()); err != nil {
		s.t.Fatal(err)
	}
	s.Start()
}

// Standby makes the server a standby of another, whatever it was before, and starts it.
func (s *Server) Standby(of *Server) {
	s.t.Helper()
	if err := os.RemoveAll(s.dir); err != nil {
		s.t.Fatal(err)
	}
	s.do("pg_basebackup", "--pgdata="+s.dir, "--write-recovery-conf", "--checkpoint=fast", "--no-sync",
		"--dbname="+of.Conninfo()+" application_name=standby")
	s.Start()
}

// Conninfo returns how to connect to the database that every server has, in libpq's form
// of keywords and values.
func (s *Server) Conninfo() string {
	return fmt.Sprintf("host=127.0.0.1 port=%d user=items dbname=postgres", s.port)
}

// Start starts the server, and waits until it can be asked.
func (s *Server) Start() {
	s.t.Helper()
	s.server = s.Command("postgres", "-D", s.dir, "-p", strconv.Itoa(s.port))
	s.log, s.ended = new(bytes.Buffer), make(chan struct{})
	s.server.Stdout, s.server.Stderr = s.log, s.log
	s.server.SysProcAttr.Pdeathsig = syscall.SIGQUIT // at which it ends all of its processes at once
	server, started, ended := s.server, make(chan error), s.ended
	go func() {
		runtime.LockOSThread() // by whose end the system knows that of the test, however it ends
		started <- server.Start()
		server.Wait()
		close(ended)
	}()
	if err := <-started; err != nil {
		s.t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); !s.answers(); {
		select {
		case <-ended:
			s.t.Fatalf("PostgreSQL has ended:\n%s", s.log)
		case <-time.After(pause):
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("PostgreSQL does not answer:\n%s", s.log)
		}
	}
}

// patience is how long a test waits for a server, and pause how long between two looks.
const (
	patience = time.Minute
	pause    = 20 * time.Millisecond
)

func (s *Server) answers() bool {
	return s.Command("psql", s.Conninfo(), "-XAtqc", "SELECT 1").Run() == nil
}

// Database makes a new, empty database, and returns its URL. It is gone with the server.
func (s *Server) Database() string {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.databases++
	name := fmt.Sprint("test", s.databases)
	s.Query("CREATE DATABASE " + name)
	return fmt.Sprintf("postgres://items@127.0.0.1:%d/%s?sslmode=disable", s.port, name)
}

// Stop ends the server as an operator does, without waiting for clients.
func (s *Server) Stop() {
	s.t.Helper()
	if err := s.server.Process.Signal(syscall.SIGINT); err != nil {
		s.t.Fatal(err)
	}
	s.await()
}

// Kill ends all of the server's processes by SIGKILL, as a machine that is gone does: those
// of its connections would outlive the first one for a moment.
func (s *Server) Kill() {
	s.t.Helper()
	s.server.Process.Signal(syscall.SIGSTOP) // from now on it has no others
	s.Signal(syscall.SIGKILL)
	s.await()
	s.removeSegment()
}

// Signal sends a signal to all of the server's processes, the first one last.
func (s *Server) Signal(signal syscall.Signal) {
	s.t.Helper()
	first := s.server.Process.Pid
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", first))
	if err != nil {
		s.t.Error(err)
	}
	for _, child := range append(strings.Fields(string(children)), strconv.Itoa(first)) {
		if pid, err := strconv.Atoi(child); err == nil {
			syscall.Kill(pid, signal)
		}
	}
}

func (s *Server) await() {
	s.t.Helper()
	select {
	case <-s.ended:
		s.server = nil
	case <-time.After(patience):
		s.t.Fatal("PostgreSQL does not end")
	}
}

// removeSegment removes the piece of shared memory by which PostgreSQL knows that others
// use a data directory. Those who are killed leave it to the next start there.
func (s *Server) removeSegment() {
	lock, err := os.ReadFile(filepath.Join(s.dir, "postmaster.pid"))
	if err != nil {
		return // it ended by itself
	}
	if lines := strings.Split(string(lock), "\n"); len(lines) > 6 { // https://www.postgresql.org/docs/15/storage-file-layout.html
		var key, id int
		if _, err := fmt.Sscan(lines[6], &key, &id); err == nil {
			unix.SysvShmCtl(id, unix.IPC_RMID, nil)
		}
	}
}

// Port returns where the server listens.
func (s *Server) Port() int { return s.port }

// PID returns the number of the server's first process.
func (s *Server) PID() int { return s.server.Process.Pid }

// Query runs a statement, and returns what it says: columns between |, a row a line.
func (s *Server) Query(sql string) string {
	s.t.Helper()
	return s.QueryIn("postgres", sql)
}

// QueryIn is Query in another database than the one that every server has.
func (s *Server) QueryIn(database, sql string) string {
	s.t.Helper()
	output, err := s.Command("psql", s.Conninfo()+" dbname="+database, "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql).CombinedOutput()
	if err != nil {
		s.t.Fatalf("%s: %v\n%s", sql, err, output)
	}
	return strings.TrimSpace(string(output))
}

// Set changes a setting of the running server.
func (s *Server) Set(name, value string) {
	s.t.Helper()
	s.Query(fmt.Sprintf("ALTER SYSTEM SET %s = '%s'", name, value))
	s.Query("SELECT pg_reload_conf()")
}

// URL returns the address of the database that every server has, on one of servers; on
// the one that can be written where they are many.
func URL(servers ...*Server) string {
	var hosts []string
	for _, s := range servers {
		hosts = append(hosts, fmt.Sprintf("127.0.0.1:%d", s.port))
	}
	url := "postgres://items@" + strings.Join(hosts, ",") + "/postgres?sslmode=disable"
	if len(servers) > 1 {
		url += "&target_session_attrs=read-write"
	}
	return url
}

// FreePort returns a port of loopback where nobody listens, for servers that come back
// where they were. It is below those that the system gives to connections (32768 at
// least): none of these takes it meanwhile.
func FreePort(t testing.TB) int {
	t.Helper()
	for range 100 {
		port := 12000 + rand.IntN(20000)
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			listener.Close()
			return port
		}
	}
	t.Fatal("no port of loopback is free")
	return 0
}
