package boltstore

import "golang.org/x/sys/unix"

// release lets go of the pages of a map of a file. It is advice, which the kernel
// is free not to take.
func release(address, size uintptr) {
	_, _, _ = unix.Syscall(unix.SYS_MADVISE, address, size, unix.MADV_DONTNEED)
}
