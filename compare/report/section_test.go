package report

import (
	"strings"
	"testing"

	"example.com/multistage/server/htmltest"
)

// TestSection holds that the section keeps to the page's policy and that its bars are as long as they should be.
func TestSection(t *testing.T) {
	c := madeUp()
	c.Images[0].Name = "a<b"
	section, err := Section(c)
	if err != nil {
		t.Fatal(err)
	}
	wantAll(t, section, "in 4 ways", "<code>multistage</code>: 3.21 MB to pull, 8 files and folders, 0 shells, 0 packages",
		`<dt>a&lt;b</dt><dd><svg aria-hidden="true"><rect width="100%"/></svg>310 MB</dd>`,
		`<dt>bazel</dt><dd><svg aria-hidden="true"><rect width="1.04%"/></svg>3.21 MB</dd>`,
		`<rect width="0.5%"/></svg>8</dd>`, "Measured on 2026-11-25", "on A processor with 2 processors, at revision abc-dirty")
	open := map[string]int{}
	for _, tag := range htmltest.Tags(t, section) {
		open[tag.Name.Local]++
		for _, a := range tag.Attr {
			if a.Name.Local == "style" || strings.Contains(a.Value, "//") {
				t.Errorf("<%s %s=%q>", tag.Name.Local, a.Name.Local, a.Value)
			}
		}
	}
	for name, n := range open {
		if closed := strings.Count(section, "</"+name+">"); closed != n && name != "rect" {
			t.Errorf("%d of <%s>, %d closed", n, name, closed)
		}
	}
	if open["dd"] != 24 || open["dt"] != 24 || open["h3"] != 6 {
		t.Errorf("%v", open)
	}
	if len(section) > 3300 {
		t.Errorf("the section has %d bytes, and the page a budget", len(section))
	}
}
