package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/multistage/compare/result"
)

// finding is what the figures say. Which sentence it is depends on them alone.
type finding struct {
	Title, Text string
}

// findings returns what can be said of a comparison.
func findings(c *result.Comparison) (all []finding) {
	for _, f := range []finding{
		{"Size", saySize(c)},
		{"Start and size", saySized(c, containerStart, startWords())},
		{"Memory and size", saySized(c, idleMemory, memoryWords())},
		{"Start of the program", sayHello(c)},
		{"Builds", sayBuilds(c)},
		{"Delivery", sayPulls(c)},
		{"What is inside", sayInside(c)},
		{"What scanners see", sayModules(c)},
		{"The same again", sayReproducible(c)},
		{"Debugging", sayDebugging(c)},
		{"Hostile runtime", sayHostile(c)},
		{"Stop", sayStop(c)},
	} {
		if f.Text != "" {
			all = append(all, f)
		}
	}
	return all
}

// measured returns the images of which a value is known.
func measured(images []result.Image, of func(result.Image) result.Summary) []result.Image {
	return slices.DeleteFunc(slices.Clone(images), func(i result.Image) bool { return of(i).Samples == 0 })
}

// ends returns the images with the least and the most of a value, of those that it is known of. It is false
// for fewer than two.
func ends(images []result.Image, of func(result.Image) result.Summary) (least, most result.Image, known bool) {
	with := measured(images, of)
	if len(with) < 2 {
		return least, most, false
	}
	by := func(a, b result.Image) int { return cmp.Compare(of(a).Median, of(b).Median) }
	return slices.MinFunc(with, by), slices.MaxFunc(with, by), true
}

func compressed(i result.Image) result.Summary { return exact(float64(i.Facts.Compressed)) }

func saySize(c *result.Comparison) string {
	small, large, known := ends(c.Images, compressed)
	if !known {
		return ""
	}
	text := fmt.Sprintf("%s is the largest image, %s to pull, and %s the smallest, %s", code(large.Name),
		asBytes(compressed(large).Median), code(small.Name), asBytes(compressed(small).Median))
	if relate(compressed(large), compressed(small)) == alike {
		return text + ": they are about the same."
	}
	return text + fmt.Sprintf(": %s times as much.", number(compressed(large).Median/compressed(small).Median))
}

// words say how a measure of the largest image stands to that of the smallest.
type words struct {
	what, other string // of the largest image, of the smallest
	as          format
	verdicts    map[relation]string
}

func startWords() words {
	return words{"its container starts in", "in", asSeconds, map[relation]string{
		alike: "On a machine that has the image, start hardly depends on its size. What size costs is the pull before it, " +
			"which is not in this time: see Delivery.",
		unclear: "The rounds overlap, so they do not tell whether start depends on the size of the image.",
		more:    "The larger image starts later.",
		less:    "The larger image starts sooner, so size is not what makes a start slow.",
	}}
}

func memoryWords() words {
	return words{"its idle service takes", "", asBytes, map[relation]string{
		alike:   "Memory hardly depends on the size of the image: files that nobody reads take none.",
		unclear: "The rounds overlap, so they do not tell whether memory depends on the size of the image.",
		more:    "The service in the larger image takes more, which does not prove that size costs memory: its program may be built otherwise.",
		less:    "The service in the larger image takes less, so size is not what costs memory.",
	}}
}

// saySized tells whether a measure depends on size, empty where the sizes hardly differ.
func saySized(c *result.Comparison, of func(result.Image) result.Summary, w words) string {
	small, large, known := ends(measured(c.Images, of), compressed)
	if !known || compressed(large).Median < 1.5*compressed(small).Median {
		return ""
	}
	return fmt.Sprintf("%s is %s times as large as %s; %s %s, that of %s %s. %s", code(large.Name),
		number(compressed(large).Median/compressed(small).Median), code(small.Name), w.what, sampled(of(large), w.as),
		code(small.Name), trim(w.other+" "+sampled(of(small), w.as)), w.verdicts[relate(of(large), of(small))])
}

// sayHello tells how the service starts beside a bare program.
func sayHello(c *result.Comparison) string {
	ratio := func(i result.Image) result.Summary {
		if i.Run == nil {
			return result.Summary{}
		}
		return result.Ratio(i.Run.Process, i.Run.Hello)
	}
	least, most, known := ends(c.Images, ratio)
	if !known {
		return ""
	}
	var singles []float64
	for _, i := range measured(c.Images, ratio) {
		singles = append(singles, ratio(i).Min, ratio(i).Max)
	}
	return fmt.Sprintf("From exec, by which a program starts, to its first answer the service takes %s times (%s) to %s times (%s) as long as a program "+
		"that does nothing but say hello by `net/http`. Single starts spread more: from %s to %s times.",
		number(ratio(least).Median), code(least.Name), number(ratio(most).Median), code(most.Name),
		number(slices.Min(singles)), number(slices.Max(singles)))
}

// sayBuilds tells how long builds take with empty caches and after a line, and whether the same is slowest.
func sayBuilds(c *result.Comparison) string {
	text := ""
	var slowest []string
	for _, when := range []struct {
		change result.Change
		words  string
	}{{result.Cold, "With empty caches, a build takes"}, {result.Go, "After one line of Go, it takes"}} {
		of := func(i result.Image) result.Summary { return buildTime(i, when.change) }
		_, most, known := ends(c.Images, of)
		if !known {
			continue
		}
		slowest = append(slowest, most.Name)
		text += fmt.Sprintf("%s %s. ", when.words, ranked(c.Images, of))
	}
	switch {
	case len(slowest) < 2:
	case slowest[0] == slowest[1]:
		text += "Who is slowest with empty caches is slowest after a change too."
	default:
		text += "Who is slowest with empty caches is not slowest after a change."
	}
	return trim(text)
}

// ranked lists images by a time, the least first, and tells where that is of one sample.
func ranked(images []result.Image, of func(result.Image) result.Summary) string {
	with := measured(images, of)
	slices.SortStableFunc(with, func(a, b result.Image) int { return cmp.Compare(of(a).Median, of(b).Median) })
	var parts []string
	for _, i := range with {
		part := asSeconds(of(i).Median) + " by " + code(i.Name)
		if of(i).Samples == 1 {
			part += " (1 sample)"
		}
		parts = append(parts, part)
	}
	return list(parts)
}

func sayPulls(c *result.Comparison) string {
	text := ""
	for _, change := range result.Changes() {
		of := func(i result.Image) result.Summary {
			if pull := pullAfter(i, change); pull != nil {
				return exact(float64(pull.Bytes))
			}
			return result.Summary{}
		}
		least, most, known := ends(c.Images, of)
		if !known || of(most).Median == 0 {
			continue
		}
		if relate(of(most), of(least)) == alike {
			text += fmt.Sprintf("With %s, a node pulls about as much of each: %s to %s. ", change.About(), asBytes(of(least).Median), asBytes(of(most).Median))
			continue
		}
		text += fmt.Sprintf("With %s, a node pulls %s of %s (%s) and %s of %s (%s). ", change.About(),
			asBytes(of(least).Median), code(least.Name), quantity(pullAfter(least, change).Layers, "layer"),
			asBytes(of(most).Median), code(most.Name), quantity(pullAfter(most, change).Layers, "layer"))
	}
	return trim(text)
}

// sayInside tells what is in images, those of which the same can be said together.
func sayInside(c *result.Comparison) string {
	var told []string
	names := make(map[string][]string)
	for _, i := range c.Images {
		said := inside(i.Facts)
		if names[said] == nil {
			told = append(told, said)
		}
		names[said] = append(names[said], i.Name)
	}
	text := ""
	for _, said := range told {
		text += code(names[said]...) + verb(names[said], " has ", " have ") + said + " "
	}
	return trim(text)
}

func inside(f result.Facts) string {
	files := paths(f.Files.Count)
	if f.Shells.Count+f.Setuid.Count+f.OSPackages.Count+f.PackageManagers.Count == 0 {
		return files + ", and no shell, setuid file, package manager or OS package."
	}
	return fmt.Sprintf("%s, among them %s and %s, and %s to keep up to date.", files,
		quantity(f.Shells.Count, "shell"), quantity(f.Setuid.Count, "setuid file"), quantity(f.OSPackages.Count, "OS package"))
}

func sayModules(c *result.Comparison) string {
	var right, wrong []string
	for _, i := range c.Images {
		switch {
		case i.Facts.Modules.True():
			right = append(right, i.Name)
		case i.Facts.Modules.Compared:
			wrong = append(wrong, fmt.Sprintf("%s (%s)", code(i.Name), strings.TrimPrefix(truth(i), "no: ")))
		}
	}
	text := ""
	if len(right) > 0 {
		text = "By what programs in Go say of themselves, which is what scanners read, " + code(right...) + verb(right, " names", " name") + " exactly the modules of the service. "
	}
	if len(wrong) > 0 {
		text += "What they say is not what the service is made of in " + list(wrong) + "."
	}
	return trim(text)
}

func sayReproducible(c *result.Comparison) string {
	var same, other []string
	for _, i := range c.Images {
		switch r := i.Facts.Reproducible; {
		case r == nil:
		case *r:
			same = append(same, i.Name)
		default:
			other = append(other, i.Name)
		}
	}
	text := ""
	if len(same) > 0 {
		text = "Built with empty caches again, " + code(same...) + " gave the same layers, so anyone can check what they were made from. "
	}
	if len(other) > 0 {
		text += code(other...) + " gave others, so that after such a build a node pulls again what has not changed."
	}
	return trim(text)
}

// sayDebugging tells where a shell helps, and what to do without one.
func sayDebugging(c *result.Comparison) string {
	var with, without []string
	for _, i := range c.Images {
		if i.Facts.Shells.Count > 0 {
			with = append(with, i.Name)
		} else {
			without = append(without, i.Name)
		}
	}
	text := ""
	if len(with) > 0 {
		text = "Debugging is where a large image is better: `docker exec -it CONTAINER sh` opens a shell in a container of " + code(with...) + ". "
	}
	if len(without) > 0 {
		text += code(without...) + verb(without, " has", " have") + " no shell: [Debugging an image without a shell](image.md#debugging-an-image-without-a-shell) has the commands that bring one along."
	}
	return trim(text)
}

func sayHostile(c *result.Comparison) string {
	var passed, failed []string
	shell := false
	for _, i := range c.Images {
		switch {
		case len(i.Hostile) == 0:
		case slices.ContainsFunc(i.Hostile, func(h result.Hostile) bool { return !h.Passed }):
			failed = append(failed, i.Name)
		default:
			passed = append(passed, i.Name)
			shell = shell || i.Facts.Shells.Count > 0
		}
	}
	text := ""
	if len(passed) > 0 {
		text = code(passed...) + verb(passed, " passes", " pass") + " all cases. "
	}
	if shell {
		text += "An image with a shell is among them, so these cases do not ask for a small one. "
	}
	if len(failed) > 0 {
		text += code(failed...) + verb(failed, " fails", " fail") + " some, for the reasons below."
	}
	return trim(text)
}

func sayStop(c *result.Comparison) string {
	var clean, unclean []string
	for _, i := range c.Images {
		switch {
		case i.Run == nil || len(i.Run.ExitCodes) == 0:
		case slices.ContainsFunc(i.Run.ExitCodes, func(code int) bool { return code != 0 }):
			unclean = append(unclean, i.Name)
		default:
			clean = append(clean, i.Name)
		}
	}
	text := ""
	if len(clean) > 0 {
		text = "After SIGTERM, " + code(clean...) + " ended with exit code 0 in every round. "
	}
	if len(unclean) > 0 {
		text += code(unclean...) + " did not always end with exit code 0."
	}
	return trim(text)
}
