package hostile

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"example.com/multistage/compare/service"
)

// unforced says that an engine does not do what it was told to. Then nothing is known of the image.
func unforced(what string) error {
	return service.Broken("not tried: the engine " + what)
}

func readOnlyRoot(p service.Process) error {
	return readOnly(p, "/", "does not make the root read-only")
}

func noTmp(p service.Process) error {
	return readOnly(p, "/tmp", "does not hide /tmp")
}

// readOnly holds that a mount point can't be written to, whoever tries.
func readOnly(p service.Process, point, failure string) error {
	mounts, err := p.Read("mountinfo")
	if err != nil {
		return err
	}
	if !slices.Contains(options(mounts, point), "ro") {
		return unforced(failure)
	}
	return nil
}

// options returns those of the mount that was made last at a point, none where there is no mount:
// https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html
func options(mountinfo, point string) (last []string) {
	for line := range strings.Lines(mountinfo) {
		if fields := strings.Fields(line); len(fields) > 5 && fields[4] == point {
			last = strings.Split(fields[5], ",")
		}
	}
	return last
}

func noCapabilities(p service.Process) error {
	return has(p, map[string]string{"CapEff": "0000000000000000", "CapBnd": "0000000000000000", "NoNewPrivs": "1"}, "leaves capabilities")
}

func randomUser(p service.Process) error {
	uid, gid, _ := strings.Cut(user, ":")
	same := func(id string) string { return strings.Join([]string{id, id, id, id}, "\t") }
	return has(p, map[string]string{"Uid": same(uid), "Gid": same(gid)}, "runs another user")
}

// has holds what the status of a process says.
func has(p service.Process, want map[string]string, failure string) error {
	for field, value := range want {
		got, err := p.Status(field)
		if err != nil {
			return err
		}
		if got != value {
			return unforced(failure)
		}
	}
	return nil
}

func littleMemory(p service.Process) error {
	return limited(p, "does not limit memory", memory, limit{"memory", "memory.limit_in_bytes", ""}, limit{"", "memory.max", ""})
}

func littleCPU(p service.Process) error {
	return limited(p, "does not limit processors", cpus, limit{"cpu", "cpu.cfs_quota_us", "cpu.cfs_period_us"}, limit{"", "cpu.max", ""})
}

// limit is where a control group has a limit: in a file, or as the ratio of two.
type limit struct{ controller, file, per string }

// limited holds that a process is in a control group with a limit, of the first version or the second.
func limited(p service.Process, failure string, want float64, places ...limit) error {
	groups, err := p.Read("cgroup")
	if err != nil {
		return err
	}
	for _, place := range places {
		group, found := groupOf(groups, place.controller)
		if !found {
			continue
		}
		text, err := os.ReadFile(fmt.Sprintf("/sys/fs/cgroup/%s%s/%s", place.controller, group, place.file))
		if err == nil && place.per != "" {
			var per []byte
			per, err = os.ReadFile(fmt.Sprintf("/sys/fs/cgroup/%s%s/%s", place.controller, group, place.per))
			text = append(text, per...)
		}
		if err == nil && ratio(string(text)) == want {
			return nil
		}
	}
	return unforced(failure)
}

// groupOf returns the control group of a controller, "" being that of all in the second version:
// https://man7.org/linux/man-pages/man7/cgroups.7.html
func groupOf(cgroup, controller string) (string, bool) {
	for line := range strings.Lines(cgroup) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) == 3 && slices.Contains(strings.Split(fields[1], ","), controller) {
			return fields[2], true
		}
	}
	return "", false
}

// ratio returns the number in a text, or the ratio of two. It is 0 where there is no limit.
func ratio(text string) float64 {
	value := 1.0
	for i, field := range strings.Fields(text) {
		n, err := strconv.ParseFloat(field, 64)
		if err != nil || n < 0 {
			return 0
		}
		if i == 0 {
			value = n
		} else {
			value /= n
		}
	}
	return value
}
