package probe

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// ErrUnavailable says that a figure can't be had on this machine.
var ErrUnavailable = errors.New("not available")

// Disk is the block device under a directory.
type Disk struct {
	// Name is that of the whole device, such as vda, or of the kind of file system
	// that has none of its own, such as overlay.
	Name string
	// InMemory is true where the file system is no disk, so that a flush does nothing.
	InMemory bool

	stat string // path of the device's figures, empty without one
}

// https://man7.org/linux/man-pages/man2/statfs.2.html
const (
	tmpfsMagic = 0x01021994
	ramfsMagic = 0x858458f6
)

// DiskOf returns the disk under a directory.
func DiskOf(dir string) (Disk, error) {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return Disk{}, fmt.Errorf("statfs %s: %w", dir, err)
	}
	if fs.Type == tmpfsMagic || fs.Type == ramfsMagic {
		return Disk{Name: "memory", InMemory: true}, nil
	}
	info, err := os.Stat(dir)
	if err != nil {
		return Disk{}, err
	}
	device := info.Sys().(*syscall.Stat_t).Dev
	folder, err := filepath.EvalSymlinks(fmt.Sprintf("/sys/dev/block/%d:%d", major(device), minor(device)))
	if err != nil {
		return Disk{Name: "no device of its own"}, nil
	}
	if _, err := os.Stat(filepath.Join(folder, "partition")); err == nil {
		folder = filepath.Dir(folder) // flushes are counted for the whole disk
	}
	return Disk{Name: filepath.Base(folder), stat: filepath.Join(folder, "stat")}, nil
}

// Flushes returns how often the device flushed its cache, for any process on the
// machine. It returns ErrUnavailable where the device does not count that, or has no
// cache that must be flushed.
func (d Disk) Flushes() (int64, error) {
	if d.stat == "" {
		return 0, ErrUnavailable
	}
	cache, err := os.ReadFile(filepath.Join(filepath.Dir(d.stat), "queue/write_cache"))
	if err != nil || string(bytes.TrimSpace(cache)) != "write back" {
		return 0, ErrUnavailable
	}
	// https://docs.kernel.org/block/stat.html
	n, err := read(d.stat, func(text []byte) (int64, error) { return column(text, 15) })
	if err != nil {
		return 0, ErrUnavailable
	}
	return n, nil
}

// major and minor take a device number apart as glibc does.
func major(device uint64) uint64 {
	return device>>8&0xfff | device>>32&^0xfff
}

func minor(device uint64) uint64 {
	return device&0xff | uint64(uint32(device>>12)&^0xff)
}
