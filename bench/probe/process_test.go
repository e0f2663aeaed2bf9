package probe

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestCPUTicks(t *testing.T) {
	const line = "42 (a b) c) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 9 9 20 0 5 0 1000 1000000 500"
	if got, err := cpuTicks([]byte(line)); got != 300 || err != nil {
		t.Errorf("%d, %v; want 300", got, err)
	}
	for _, line := range []string{"", "42 (a", "42 (a) S 1 2 3"} {
		if _, err := cpuTicks([]byte(line)); err == nil {
			t.Errorf("%q: no error", line)
		}
	}
}

func TestCPUOfThisProcess(t *testing.T) {
	self := Process(os.Getpid())
	before, err := self.CPU()
	if err != nil {
		t.Fatal(err)
	}
	for after := before; after < before+3*tick; { // it ends because the loop itself works
		if after, err = self.CPU(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnonymousOfThisProcess(t *testing.T) {
	self := Process(os.Getpid())
	before, err := self.Anonymous()
	if err != nil {
		t.Fatal(err)
	}
	const size = 64 << 20
	memory := make([]byte, size)
	for i := range memory {
		memory[i] = 1
	}
	after, err := self.Anonymous()
	if err != nil || after < before+size/2 || memory[size-1] != 1 {
		t.Errorf("%d bytes before, %d after %d more, %v", before, after, size, err)
	}
	if mapped, err := self.Mapped(); err != nil || mapped < 100<<10 {
		t.Errorf("%d bytes of the program mapped, %v", mapped, err)
	}
}

func TestWrittenOfThisProcess(t *testing.T) {
	if disk, err := DiskOf(t.TempDir()); err != nil || disk.InMemory {
		t.Skipf("files of tests are in %+v, %v", disk, err)
	}
	self := Process(os.Getpid())
	before, err := self.Written()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(t.TempDir(), "file"), []byte{1}, 0o600); err != nil {
		t.Fatal(err)
	}
	if after, err := self.Written(); err != nil || after < before+4096 {
		t.Errorf("%d bytes before, %d after one byte of a new page, %v", before, after, err)
	}
}

func TestWaitsOfThisProcess(t *testing.T) {
	self := Process(os.Getpid())
	before, err := self.Waits()
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		<-time.After(time.Millisecond)
	}
	if after, err := self.Waits(); err != nil || after <= before {
		t.Errorf("%d before, %d after, %v", before, after, err)
	}
}

func TestNoProcess(t *testing.T) {
	const nobody = Process(1 << 30)
	if _, err := nobody.CPU(); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("CPU: %v", err)
	}
	if _, err := nobody.Waits(); err == nil {
		t.Error("Waits: no error")
	}
}
