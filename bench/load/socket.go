package load

import (
	"net/netip"
	"os"
	"syscall"
	"unsafe"
)

// socket is a connection whose calls never wait. They are raw: telling Go's scheduler
// about each would cost more than the calls do.
type socket int

// dial connects, and waits for that.
func dial(addr netip.AddrPort) (socket, error) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, os.NewSyscallError("socket", err)
	}
	s := socket(fd)
	if err := s.connect(addr); err != nil {
		s.close()
		return 0, err
	}
	return s, nil
}

func (s socket) connect(addr netip.AddrPort) error {
	if err := syscall.SetsockoptInt(int(s), syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1); err != nil {
		return os.NewSyscallError("setsockopt", err)
	}
	to := &syscall.SockaddrInet4{Port: int(addr.Port()), Addr: addr.Addr().As4()}
	if err := syscall.Connect(int(s), to); err != nil {
		return os.NewSyscallError("connect", err)
	}
	return os.NewSyscallError("fcntl", syscall.SetNonblock(int(s), true))
}

func (s socket) read(p []byte) (int, syscall.Errno) {
	n, _, errno := syscall.RawSyscall(syscall.SYS_READ, uintptr(s), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)))
	return int(n), errno
}

func (s socket) write(p []byte) (int, syscall.Errno) {
	n, _, errno := syscall.RawSyscall(syscall.SYS_WRITE, uintptr(s), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)))
	return int(n), errno
}

func (s socket) close() {
	syscall.Close(int(s))
}
