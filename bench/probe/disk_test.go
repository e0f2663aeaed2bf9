package probe

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"
)

func TestDiskOfMemory(t *testing.T) {
	disk, err := DiskOf("/dev/shm")
	if err != nil {
		t.Skip(err)
	}
	if _, err := disk.Flushes(); !disk.InMemory || !errors.Is(err, ErrUnavailable) {
		t.Errorf("%+v, %v", disk, err)
	}
}

func TestDiskOfNoDirectory(t *testing.T) {
	if _, err := DiskOf(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no error")
	}
}

// TestFlushRate holds that the disk counts the flushes that were asked for.
func TestFlushRate(t *testing.T) {
	dir := t.TempDir()
	disk, err := DiskOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	before, countErr := disk.Flushes()
	const lasts = 200 * time.Millisecond
	rate, err := FlushRate(t.Context(), dir, lasts)
	if err != nil || rate <= 0 {
		t.Fatalf("%v/s, %v", rate, err)
	}
	if countErr != nil {
		t.Skipf("%v: %v", disk.Name, countErr)
	}
	after, err := disk.Flushes()
	if want := int64(rate * lasts.Seconds() / 2); err != nil || after-before < want {
		t.Errorf("%d flushes counted, %v; want %d at least", after-before, err, want)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) > 0 {
		t.Errorf("%v is left", files)
	}
}

func TestFlushRateIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := FlushRate(ctx, t.TempDir(), time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestDeviceNumber(t *testing.T) {
	for device, want := range map[uint64][2]uint64{65024: {254, 0}, 0x10305: {0x103, 5}, 0x1234_0000_0056_78ab: {0x1234_0000 | 0x678, 0x500 | 0xab}} {
		if got := [2]uint64{major(device), minor(device)}; got != want {
			t.Errorf("%#x is %#x, want %#x", device, got, want)
		}
	}
}
