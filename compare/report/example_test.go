package report

import (
	"time"

	"example.com/multistage/compare/result"
)

// madeUp is a comparison that nobody measured. Each test that needs other figures changes its own.
func madeUp() *result.Comparison {
	return &result.Comparison{
		Date: time.Date(2026, 11, 25, 4, 0, 0, 0, time.UTC), Revision: "abc-dirty",
		Machine: result.Machine{CPU: "A processor", Cores: 2, Memory: 16e9, Tools: map[string]string{"go": "1.26", "docker": "20.10"}},
		Images:  []result.Image{madeUpLarge(), madeUpSmall("multistage", 0), madeUpSmall("bazel", 1), madeUpSmall("ko", 2)},
	}
}

func madeUpLarge() result.Image {
	i := madeUpSmall("traditional", 0)
	i.Command = "docker build -f Dockerfile ."
	i.Notes = []string{"its base was assembled locally | no registry was reachable"}
	i.Facts.Compressed, i.Facts.Uncompressed = 310_000_000, 900_000_000
	i.Facts.Reproducible = new(false)
	i.Facts.Files.Count, i.Facts.Shells.Count, i.Facts.Setuid.Count, i.Facts.OSPackages.Count, i.Facts.PackageManagers.Count = 24_812, 4, 9, 211, 3
	i.Facts.Modules.Missing.Count, i.Facts.Modules.Foreign.Count = 1, 37
	i.Run.Container = []float64{0.412, 0.395, 0.433}
	i.Builds = madeUpBuilds(20, 42_000_000, 3)
	i.Hostile = []result.Hostile{{Name: "read-only root", Passed: true}, {Name: "32 MiB of memory", Reason: "killed\nby | the kernel"}}
	return i
}

func madeUpSmall(name string, n float64) result.Image {
	return result.Image{
		Name: name, Reference: "golang-" + name, Command: "build " + name,
		Facts: result.Facts{
			Platform: "linux/amd64", Compressed: 3_210_000 + int64(n)*1000, Uncompressed: 9_800_000, User: "65532:65532",
			Layers: []result.Layer{{Digest: "sha256:1"}, {Digest: "sha256:2"}}, Reproducible: new(true),
			Files: result.Listing{Count: 8}, Executables: result.Listing{Count: 1}, Writable: result.Listing{Count: 2},
			Modules: result.Modules{Binaries: 1, Found: result.Listing{Count: 9}, Compared: true},
		},
		Builds: madeUpBuilds(4+n, 3_100_000, 1),
		Run: &result.Run{
			Process: []float64{0.0061, 0.0063, 0.0066}, Hello: []float64{0.005, 0.005, 0.0051}, Container: []float64{0.405 + n/100, 0.391, 0.441},
			IdleRSS: []float64{9.7e6, 9.6e6, 9.8e6}, LoadRSS: []float64{15e6, 16e6, 17e6}, Stop: []float64{0.021, 0.02, 0.03}, ExitCodes: []int{0, 0, 0},
		},
		Hostile: []result.Hostile{{Name: "read-only root", Passed: true}, {Name: "32 MiB of memory", Passed: true}},
	}
}

func madeUpBuilds(seconds float64, bytes int64, layers int) (all []result.Build) {
	for n, change := range result.Changes() {
		b := result.Build{Change: change, Samples: []result.Effort{{Seconds: seconds, CPU: 2 * seconds}, {Seconds: seconds + 1, CPU: 2 * seconds}}}
		if change == result.Cold {
			b.Samples = []result.Effort{{Seconds: 100 - seconds, CPU: 150}}
		}
		if n > 1 {
			b.Pull = &result.Pull{Bytes: bytes, Layers: layers, Blobs: []result.Blob{{Kind: "manifest", Digest: "sha256:0123456789abcdef", Bytes: 700}, {Kind: "layer", Digest: "sha256:fedcba9876543210", Bytes: bytes - 700}}}
		}
		all = append(all, b)
	}
	return all
}
