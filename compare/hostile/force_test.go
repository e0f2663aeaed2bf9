package hostile

import (
	"slices"
	"testing"
)

// TestOptions holds that the mount that was made last at a point counts, and none below or above it.
func TestOptions(t *testing.T) {
	const mounts = `20 1 0:30 / / ro,relatime - overlay overlay rw,lowerdir=x
21 20 0:31 / /tmp rw,nosuid - tmpfs tmpfs rw
22 21 0:32 / /tmp ro,nosuid - tmpfs tmpfs rw
23 20 0:33 / /data rw - ext4 /dev/x rw
`
	for point, want := range map[string][]string{
		"/": {"ro", "relatime"}, "/tmp": {"ro", "nosuid"}, "/data": {"rw"}, "/dat": nil, "/data/x": nil,
	} {
		if got := options(mounts, point); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", point, got, want)
		}
	}
}

func TestGroupOf(t *testing.T) {
	const groups = "4:cpu,cpuacct:/docker/a\n3:memory:/docker/b:c\n0::/unified\n"
	for controller, want := range map[string]string{"cpu": "/docker/a", "memory": "/docker/b:c", "": "/unified"} {
		if got, found := groupOf(groups, controller); got != want || !found {
			t.Errorf("%q: %q, %v, want %q", controller, got, found, want)
		}
	}
	if got, found := groupOf(groups, "pids"); found {
		t.Errorf("pids: %q", got)
	}
}

// TestRatio holds that the limits of both versions of control groups are read, and that none is none.
func TestRatio(t *testing.T) {
	for text, want := range map[string]float64{
		"33554432\n": memory, "10000 100000\n": cpus, "10000\n100000\n": cpus, "max 100000\n": 0, "-1\n100000\n": 0, "max\n": 0,
	} {
		if got := ratio(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
