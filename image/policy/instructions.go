package policy

import (
	"slices"
	"strings"
)

// instructions holds that the image is put together from files alone. What an
// instruction of a Dockerfile runs or downloads depends on the day, and leaves
// behind more than was meant. Stages before the last are not in the history.
func instructions(i *Image, _ Expected, r *report) {
	for n, step := range i.config.History {
		if name := instruction(step.CreatedBy); slices.Contains([]string{"RUN", "ADD", "ONBUILD"}, name) {
			r.addf("step %d of the history is %s, want COPY alone", n, name)
		}
	}
}

// instruction returns the instruction that a step of the history comes from. The
// builder before BuildKit wrote a shell before all of them.
func instruction(step string) string {
	step, shell := strings.CutPrefix(step, "/bin/sh -c ")
	step, nop := strings.CutPrefix(step, "#(nop) ")
	if shell && !nop {
		return "RUN"
	}
	name, _, _ := strings.Cut(strings.TrimSpace(step), " ")
	return name
}
