package memlimit

import (
	"testing"
	"testing/fstest"
)

func TestCgroup(t *testing.T) {
	const mib = "1048576\n"
	for name, tt := range map[string]struct {
		files map[string]string
		want  int64
	}{
		"version 2, a group of its own": {map[string]string{
			"proc/self/cgroup":         "0::/\n",
			"sys/fs/cgroup/memory.max": mib,
		}, 1 << 20},
		"version 2, the host's path": {map[string]string{
			"proc/self/cgroup": "0::/system.slice/items.service\n",
			"sys/fs/cgroup/system.slice/items.service/memory.max": mib,
			"sys/fs/cgroup/system.slice/memory.max":               "max\n",
		}, 1 << 20},
		"version 2, the group above grants less": {map[string]string{
			"proc/self/cgroup":                   "0::/pod/items\n",
			"sys/fs/cgroup/pod/items/memory.max": "2097152\n",
			"sys/fs/cgroup/pod/memory.max":       mib,
		}, 1 << 20},
		"version 2, a path that is not seen": {map[string]string{
			"proc/self/cgroup":         "0::/../other\n",
			"sys/fs/cgroup/memory.max": mib,
		}, 1 << 20},
		"version 2, no limit": {map[string]string{
			"proc/self/cgroup":         "0::/\n",
			"sys/fs/cgroup/memory.max": "max\n",
		}, 0},
		"version 1": {map[string]string{
			"proc/self/cgroup":                                    "9:cpu,memory:/docker/1\n0::/\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes":          "9223372036854771712\n",
			"sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes": mib,
		}, 1 << 20},
		"version 1, a group of its own": {map[string]string{
			"proc/self/cgroup":                           "4:memory:/docker/1\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": mib,
		}, 1 << 20},
		"version 1, no limit": {map[string]string{
			"proc/self/cgroup":                           "4:memory:/\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
		}, 0},
		"version 1, another controller": {map[string]string{
			"proc/self/cgroup":                           "4:memoryless:/\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": mib,
		}, 0},
		"version 2 beside version 1": {map[string]string{
			"proc/self/cgroup": "4:memory:/a\n0::/b\n",
			"sys/fs/cgroup/memory/a/memory.limit_in_bytes": mib,
			"sys/fs/cgroup/b/memory.max":                   "2097152\n",
		}, 1 << 20},
		"nonsense": {map[string]string{
			"proc/self/cgroup":         "memory\n\n0::/\n",
			"sys/fs/cgroup/memory.max": "much\n",
		}, 0},
		"no groups": {nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			files := make(fstest.MapFS)
			for name, content := range tt.files {
				files[name] = &fstest.MapFile{Data: []byte(content)}
			}
			if got := Cgroup(files); got != tt.want {
				t.Errorf("%d, want %d", got, tt.want)
			}
		})
	}
}
