package policy_test

import (
	"time"
)

func labelCases() []violating {
	const title, at = "org.opencontainers.image.title", "org.opencontainers.image.created"
	stamp := func(time string) func(*fixture) {
		return func(f *fixture) { f.config.Config.Labels[at], f.want.Labels[at] = time, time }
	}
	return []violating{
		{"labels", func(f *fixture) { delete(f.config.Config.Labels, title) }, "no label " + title},
		{"labels", func(f *fixture) { f.config.Config.Labels[title] = "other" }, `is "other", want "sample"`},
		{"labels", func(f *fixture) { f.config.Config.Labels["a"] = "b" }, "label a is not wanted"},
		{"annotations", func(f *fixture) { f.notes = nil }, "no annotation " + title},
		{"annotations", func(f *fixture) { f.notes[title] = "other" }, `is "other", want "sample"`},
		{"annotations", func(f *fixture) { f.notes["a"] = "b" }, "annotation a is not wanted"},
		{"created", stamp("today"), "want a time of RFC 3339"},
		{"created", stamp("2001-02-03T04:05:06Z"), "the configuration 1970"},
		{"created", func(f *fixture) { f.config.Created.Time = time.Unix(1e9, 0).UTC() }, "the configuration 2001"},
	}
}
