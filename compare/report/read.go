package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.com/multistage/compare/result"
)

// buildTime returns how long builds after a change took, in seconds.
func buildTime(i result.Image, change result.Change) result.Summary {
	return efforts(i, change, func(e result.Effort) float64 { return e.Seconds })
}

func buildCPU(i result.Image, change result.Change) result.Summary {
	return efforts(i, change, func(e result.Effort) float64 { return e.CPU })
}

func efforts(i result.Image, change result.Change, of func(result.Effort) float64) result.Summary {
	var values []float64
	for _, b := range i.Builds {
		if b.Change == change {
			for _, sample := range b.Samples {
				values = append(values, of(sample))
			}
		}
	}
	return result.Summarize(values)
}

// pullAfter returns what a node pulls after a change, nil where that is not known.
func pullAfter(i result.Image, change result.Change) *result.Pull {
	for _, b := range i.Builds {
		if b.Change == change {
			return b.Pull
		}
	}
	return nil
}

func containerStart(i result.Image) result.Summary {
	if i.Run == nil {
		return result.Summary{}
	}
	return result.Summarize(i.Run.Container)
}

func idleMemory(i result.Image) result.Summary {
	if i.Run == nil {
		return result.Summary{}
	}
	return result.Summarize(i.Run.IdleRSS)
}

// exact returns a value that was counted once.
func exact(v float64) result.Summary { return result.Summary{Median: v, Min: v, Max: v, Samples: 1} }

// machine says when and on what the figures were made.
func machine(c *result.Comparison) string {
	m := c.Machine
	parts := []string{orNone(m.CPU), quantity(m.Cores, "processor"), asBytes(float64(m.Memory)) + " of memory"}
	for _, tool := range slices.Sorted(maps.Keys(m.Tools)) {
		parts = append(parts, tool+" "+m.Tools[tool])
	}
	return fmt.Sprintf("%s, revision %s. %s.", day(c), orNone(c.Revision), strings.Join(parts, ", "))
}

func day(c *result.Comparison) string { return c.Date.Format("2006-01-02") }
