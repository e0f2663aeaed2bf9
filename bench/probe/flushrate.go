package probe

import (
	"context"
	"os"
	"syscall"
	"time"
)

// FlushRate returns how many times a second a page of 4 KiB can be appended to a new
// file in a directory and flushed by fdatasync, one after the other: what the disk
// grants to one writer that promises durability.
func FlushRate(ctx context.Context, dir string, lasts time.Duration) (float64, error) {
	file, err := os.CreateTemp(dir, "flush-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	page := make([]byte, 4096)
	n, begin := 0, time.Now()
	for ; time.Since(begin) < lasts && ctx.Err() == nil; n++ {
		if _, err := file.Write(page); err != nil {
			return 0, err
		}
		if err := syscall.Fdatasync(int(file.Fd())); err != nil {
			return 0, os.NewSyscallError("fdatasync", err)
		}
	}
	return float64(n) / time.Since(begin).Seconds(), ctx.Err()
}
