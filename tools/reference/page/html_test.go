package page

import (
	"encoding/xml"
	"strings"
	"testing"

	"example.com/multistage/server/htmltest"
)

// tags returns the start tags of the service's page.
func tags(t *testing.T) []xml.StartElement {
	t.Helper()
	html, err := Make([]byte(contract(t)))
	if err != nil {
		t.Fatal(err)
	}
	return htmltest.Tags(t, string(html))
}

func TestEveryLinkWithinThePageHasItsPlace(t *testing.T) {
	places, links := make(map[string]int), 0
	for _, tag := range tags(t) {
		for _, a := range tag.Attr {
			if a.Name.Local == "id" {
				places[a.Value]++
			}
		}
	}
	for id, n := range places {
		if n > 1 || strings.ContainsAny(id, " ") {
			t.Errorf("%d elements have the id %q", n, id)
		}
	}
	for _, tag := range tags(t) {
		for _, a := range tag.Attr {
			id, within := strings.CutPrefix(a.Value, "#")
			if a.Name.Local != "href" || !within {
				continue
			}
			links++
			if places[id] == 0 {
				t.Errorf("nothing has the id %q", id)
			}
		}
	}
	if links < 100 {
		t.Errorf("found %d links, so the page was not read", links)
	}
}

// TestPageKeepsTheContentSecurityPolicy holds that a browser that obeys the policy
// shows all of the page.
func TestPageKeepsTheContentSecurityPolicy(t *testing.T) {
	for _, tag := range tags(t) {
		name := tag.Name.Local
		if name == "style" || name == "script" || name == "base" || name == "iframe" || name == "object" {
			t.Errorf("the page has a <%s>", name)
		}
		for _, a := range tag.Attr {
			if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
				t.Errorf("<%s> has the inline attribute %s", name, a.Name.Local)
			}
			loads := a.Name.Local == "src" || a.Name.Local == "href"
			if loads && !strings.HasPrefix(a.Value, "/") && !strings.HasPrefix(a.Value, "#") || strings.Contains(a.Value, "//") {
				t.Errorf("<%s> has %s=%q, which is not the service's own", name, a.Name.Local, a.Value)
			}
		}
	}
}
