package load

import (
	"os"
	"syscall"
	"time"
	"unsafe"
)

// poll tells which sockets can be read: https://man7.org/linux/man-pages/man7/epoll.7.html
type poll struct {
	fd     int
	events []syscall.EpollEvent
}

// newPoll returns one that tells of at most n sockets at a time.
func newPoll(n int) (*poll, error) {
	fd, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("epoll_create1", err)
	}
	return &poll{fd, make([]syscall.EpollEvent, n)}, nil
}

// add watches a socket until it is closed, and calls it by a name.
func (p *poll) add(s socket, name int) error {
	event := &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(name)}
	return os.NewSyscallError("epoll_ctl", syscall.EpollCtl(p.fd, syscall.EPOLL_CTL_ADD, int(s), event))
}

// wait returns sockets that can be read, or none after a time or a signal.
func (p *poll) wait(atMost time.Duration) ([]syscall.EpollEvent, error) {
	n, _, errno := syscall.RawSyscall6(syscall.SYS_EPOLL_PWAIT, uintptr(p.fd),
		uintptr(unsafe.Pointer(unsafe.SliceData(p.events))), uintptr(len(p.events)), uintptr(atMost.Milliseconds()), 0, 0)
	if errno == syscall.EINTR {
		return nil, nil
	}
	if errno != 0 {
		return nil, os.NewSyscallError("epoll_pwait", errno)
	}
	return p.events[:n], nil
}

func (p *poll) close() {
	syscall.Close(p.fd)
}
