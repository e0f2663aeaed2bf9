//go:build unix

package pgstore

import (
	"crypto/tls"
	"errors"
	"net"
	"syscall"
)

// isQuiet reports whether a connection on which nothing is asked still stands, and the
// server has said nothing on it: what it says unasked is that it ends.
func isQuiet(conn net.Conn) (quiet bool) {
	if encrypted, ok := conn.(*tls.Conn); ok {
		conn = encrypted.NetConn()
	}
	system, ok := conn.(syscall.Conn)
	if !ok {
		return true
	}
	raw, err := system.SyscallConn()
	if err != nil {
		return false
	}
	// Control and not Read, which would wait for a reader that pgconn may have left behind.
	err = raw.Control(func(fd uintptr) {
		var next [1]byte
		_, _, err := syscall.Recvfrom(int(fd), next[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		quiet = errors.Is(err, syscall.EAGAIN)
	})
	return quiet && err == nil
}
