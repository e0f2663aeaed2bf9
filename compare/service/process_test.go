package service

import (
	"os"
	"testing"
)

func TestProcess(t *testing.T) {
	p := Process(os.Getpid())
	idle, err := p.Memory("VmRSS")
	if err != nil {
		t.Fatal(err)
	}
	most, err := p.Memory("VmHWM")
	if err != nil || idle < 1<<20 || most < 1<<20 {
		t.Errorf("%d bytes, %d at most, %v; a test has 1 MiB at least", idle, most, err)
	}
	if _, err := p.Memory("Name"); err == nil {
		t.Error("a name is a size")
	}
	if _, err := p.Status("VmNothing"); err == nil {
		t.Error("there is a field that is not there")
	}
}

func TestKilobytes(t *testing.T) {
	if got, err := kilobytes("3 kB"); err != nil || got != 3072 {
		t.Errorf("%d, %v", got, err)
	}
	for _, value := range []string{"", "3", "x kB", "3 MB"} {
		if got, err := kilobytes(value); err == nil {
			t.Errorf("%q is %d", value, got)
		}
	}
}
