package report

import (
	"fmt"
	"slices"
	"strings"

	"example.com/multistage/compare/result"
)

// group is measures that are told together.
type group struct {
	Title, About, Command string
	measures              []measure
	remarks               func(*result.Comparison) []string
}

// measure is something that is known of images. The cell is empty where it is not known of one.
type measure struct {
	Name, About string
	cell        func(result.Image) string
}

// The commands that make the figures, of a copy of the repository.
const (
	commandAll  = "go run ./compare all"
	commandDocs = "go run ./compare docs"
)

func groups(c *result.Comparison) []group {
	silent := func(*result.Comparison) []string { return nil }
	var references []string
	for _, image := range c.Images {
		references = append(references, image.Reference)
	}
	look := "go run ./compare " + strings.Join(references, " ")
	// What compare has built, it has read as the builder pushed it, which an engine can't tell afterwards.
	size := look
	if slices.ContainsFunc(c.Images, func(i result.Image) bool { return i.Command != "" }) {
		size = commandAll
	}
	run := "go run ./compare -run " + strings.Join(references, " ")
	return []group{
		{"Size", aboutSize, size, sizes(), silent},
		{"Attack surface", aboutSurface, look, surfaces(), silent},
		{"Build", aboutBuild, commandAll, builds(), silent},
		{"Delivery", aboutDelivery, commandAll, pulls(), silent},
		{"Run", aboutRun, run, runs(), silent},
		{"Hostile runtime", aboutHostile, run, cases(c), failures},
	}
}

const (
	aboutSize = "An image is a configuration (a text that says what to run) and *layers*: archives of files, unpacked one over " +
		"the other, each made by a step of the build. A *manifest* lists them. A registry has each of these once, compressed, under its *digest*, " +
		"which is a checksum of its content. Engines report sizes that differ, so both here are computed from the manifest and the layers as the builder has pushed them. " +
		"Of an image that is only in an engine, `go run ./compare` compresses the layers as `docker push` does, and *compressed* may differ."
	aboutSurface = "What is in an image can be used by whoever breaks into its program, has to be updated when a weakness is found in it, " +
		"and is listed by scanners. All of it is read from the layers, without running anything."
	aboutBuild = "How long a build takes, on the clock of whoever waits for it, and how long it keeps the processors of the whole machine busy (*CPU*): " +
		"builders do their work in processes of their own, so all are counted. Time is the first line of each change, CPU the second."
	aboutDelivery = "A *node* is a machine that runs containers. It keeps the layers that it has pulled, and asks a registry only for " +
		"digests that it does not have. This is what it pulls when it has the image from before a change: the manifest, the configuration and the layers " +
		"that are new."
	aboutRun = "Each image is run in each round, one after the other, so that what slows the machine for a while slows all. *Memory* is what the kernel counts as " +
		"resident (RSS): pages of the program that are in the machine's memory."
	aboutHostile = "How containers are run on platforms that are strict or poor, and whether the service works so. A *read-only root* lets a program write to its " +
		"volumes only; a *volume* is a folder that outlives the container, here one that nothing was put in. *Capabilities* are the rights of root, which the kernel grants one by one. " +
		"Some platforms choose a user by a number of their own (a *UID*), whose group is 0. Others have no `/tmp`, little memory, or a tenth of a processor. " +
		"And a platform may end a container by SIGTERM while a write is under way: what was confirmed must be there afterwards."
)

func sizes() []measure {
	return []measure{
		{"compressed", "the bytes to pull: manifest, configuration and compressed layers, as a registry sends them",
			func(i result.Image) string { return asBytes(float64(i.Facts.Compressed)) }},
		{"uncompressed", "the bytes of the layers' archives when they are unpacked, about what a node's disk holds",
			func(i result.Image) string { return asBytes(float64(i.Facts.Uncompressed)) }},
		{"layers", "how many archives the image has", func(i result.Image) string { return count(len(i.Facts.Layers)) }},
		{"reproducible", "whether builds of the same source with empty caches gave the same layers byte by byte", func(i result.Image) string {
			if i.Facts.Reproducible == nil {
				return ""
			}
			return yes(*i.Facts.Reproducible)
		}},
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func surfaces() []measure {
	listing := func(name, about string, of func(result.Facts) result.Listing) measure {
		return measure{name, about, func(i result.Image) string { return count(of(i.Facts).Count) }}
	}
	return []measure{
		listing("files", "files, directories and links, all counted", func(f result.Facts) result.Listing { return f.Files }),
		listing("executables", "files that may be run", func(f result.Facts) result.Listing { return f.Executables }),
		listing("setuid files", "files that run with the rights of their owner or group, whoever starts them", func(f result.Facts) result.Listing { return f.Setuid }),
		listing("shells", "names by which a program that runs commands is started, such as `sh`", func(f result.Facts) result.Listing { return f.Shells }),
		listing("package managers", "names of programs that install others, and of their parts, such as `apt`", func(f result.Facts) result.Listing { return f.PackageManagers }),
		listing("OS packages", "packages of a Linux distribution that the image's database lists", func(f result.Facts) result.Listing { return f.OSPackages }),
		listing("writable paths", "files and directories that the image's user may change", func(f result.Facts) result.Listing { return f.Writable }),
		{"user", "whom the program runs as unless told otherwise: number or name, and group", func(i result.Image) string {
			if i.Facts.User == "" {
				return "root"
			}
			return i.Facts.User
		}},
		{"Go modules seen", "what a scanner reads from the programs written in Go: each names the modules it was made of", func(i result.Image) string {
			return fmt.Sprintf("%s in %s", count(i.Facts.Modules.Found.Count), quantity(i.Facts.Modules.Binaries, "program"))
		}},
		{"is that list true", "whether the scanner sees all modules of the service and no others", truth},
	}
}

// truth tells how what a scanner sees differs from the truth.
func truth(i result.Image) string {
	m := i.Facts.Modules
	if !m.Compared || m.True() {
		return map[bool]string{true: "yes"}[m.Compared]
	}
	var parts []string
	if m.Missing.Count > 0 {
		parts = append(parts, count(m.Missing.Count)+" missing")
	}
	if m.Foreign.Count > 0 {
		parts = append(parts, count(m.Foreign.Count)+" of others")
	}
	return "no: " + list(parts)
}

func builds() (all []measure) {
	for _, change := range result.Changes() {
		all = append(all,
			measure{string(change) + ", time", change.About(), func(i result.Image) string { return sampled(buildTime(i, change), asSeconds) }},
			measure{string(change) + ", CPU", "", func(i result.Image) string { return sampled(buildCPU(i, change), asSeconds) }})
	}
	return all
}

func pulls() (all []measure) {
	for _, change := range result.Changes() {
		all = append(all, measure{"after " + string(change), change.About(), func(i result.Image) string {
			pull := pullAfter(i, change)
			if pull == nil {
				return ""
			}
			return asBytes(float64(pull.Bytes)) + " in " + quantity(pull.Layers, "layer")
		}})
	}
	return all
}

func runs() []measure {
	timed := func(name, about string, as format, of func(result.Run) result.Summary) measure {
		return measure{name, about, func(i result.Image) string {
			if i.Run == nil {
				return ""
			}
			return sampled(of(*i.Run), as)
		}}
	}
	return []measure{
		timed("container start", "from before `docker run` (with the network of the machine, and without a health check) until the first answer with status 200 was read", asSeconds, func(r result.Run) result.Summary { return result.Summarize(r.Container) }),
		timed("process start", "the same from before the image's program is started (exec), without an engine", asSeconds, func(r result.Run) result.Summary { return result.Summarize(r.Process) }),
		timed("process start of hello", "the same for a bare program of Go's `net/http`, in the same rounds", asSeconds, func(r result.Run) result.Summary { return result.Summarize(r.Hello) }),
		timed("times hello", "the one divided by the other, round by round", asRatio, func(r result.Run) result.Summary { return result.Ratio(r.Process, r.Hello) }),
		timed("memory, idle", "when nobody asks it anything", asBytes, func(r result.Run) result.Summary { return result.Summarize(r.IdleRSS) }),
		timed("memory, under load", "the most that it had since its start, once 8 clients at a time had each made and read an item 250 times", asBytes, func(r result.Run) result.Summary { return result.Summarize(r.LoadRSS) }),
		timed("stop", "from before `docker kill --signal=SIGTERM`, by which the engine asks the program to end, until the container has ended", asSeconds, func(r result.Run) result.Summary { return result.Summarize(r.Stop) }),
		{"exit code", "what the program ended with after it: 0 is in good order", exitCodes},
	}
}

// exitCodes names each code that there was.
func exitCodes(i result.Image) string {
	if i.Run == nil {
		return ""
	}
	var codes []string
	for _, code := range slices.Compact(slices.Sorted(slices.Values(i.Run.ExitCodes))) {
		codes = append(codes, fmt.Sprint(code))
	}
	return list(codes)
}

// cases returns a measure for each hostile case, in their order.
func cases(c *result.Comparison) (all []measure) {
	for _, image := range c.Images {
		for _, h := range image.Hostile {
			known := slices.ContainsFunc(all, func(m measure) bool { return m.Name == h.Name })
			if !known {
				all = append(all, measure{h.Name, "", func(i result.Image) string { return verdict(i, h.Name) }})
			}
		}
	}
	return all
}

func verdict(i result.Image, name string) string {
	for _, h := range i.Hostile {
		if h.Name == name {
			return map[bool]string{true: "pass", false: "FAIL"}[h.Passed]
		}
	}
	return ""
}

// failures tells why cases did not pass.
func failures(c *result.Comparison) (all []string) {
	for _, i := range c.Images {
		for _, h := range i.Hostile {
			if !h.Passed {
				all = append(all, fmt.Sprintf("%s, %s: %s", i.Name, h.Name, strings.Join(strings.Fields(orNone(h.Reason)), " ")))
			}
		}
	}
	return all
}
