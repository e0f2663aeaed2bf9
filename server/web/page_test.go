package web

import (
	"path"
	"regexp"
	"strings"
	"testing"
)

// These paths of the service are linked from the page and served by others.
var servedElsewhere = []string{"/api/items", "/docs", "/livez", "/openapi.yaml", "/readyz", "/version"}

func TestEveryLinkOfThePageLeadsSomewhere(t *testing.T) {
	known := make(map[string]bool)
	for _, r := range Routes() {
		known[strings.TrimSuffix(r.Path, "{$}")] = true
	}
	for _, at := range servedElsewhere {
		known[at] = true
	}
	for id := range ids(t) {
		known["#"+id] = true
	}
	links := 0
	for _, tag := range tags(t) {
		for _, name := range []string{"href", "src", "action"} {
			if link := attribute(tag, name); link != "" {
				links++
				if !known[link] {
					t.Errorf("<%s %s=%q> leads nowhere", tag.Name.Local, name, link)
				}
			}
		}
	}
	if links < 10 {
		t.Errorf("found %d links, so the page was not read", links)
	}
}

func TestEveryImportOfAScriptIsServed(t *testing.T) {
	imported := regexp.MustCompile(`from "\.(/[^"]+)"`)
	paths := served(t)
	for at, name := range paths {
		for _, match := range imported.FindAllStringSubmatch(readFile(t, name), -1) {
			if _, ok := paths["/static"+match[1]]; !ok {
				t.Errorf("%s imports %s, which is not served", at, match[1])
			}
		}
	}
}

func TestNothingIsInlineOrFromElsewhere(t *testing.T) {
	for _, tag := range tags(t) {
		name := tag.Name.Local
		if name == "style" || name == "base" || name == "iframe" || name == "object" {
			t.Errorf("the page has a <%s>", name)
		}
		if name == "script" && attribute(tag, "src") == "" {
			t.Error("the page has an inline script")
		}
		for _, a := range tag.Attr {
			if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
				t.Errorf("<%s> has the inline attribute %s", name, a.Name.Local)
			}
			if strings.Contains(a.Value, "//") || strings.HasPrefix(a.Value, "data:") {
				t.Errorf("<%s> has %s=%q, which is not the service's own", name, a.Name.Local, a.Value)
			}
		}
	}
	if styles := readFile(t, "static/app.css"); strings.Contains(styles, "url(") || strings.Contains(styles, "@import") {
		t.Error("app.css loads something")
	}
}

func TestEveryReferenceToAnIDHasItsElement(t *testing.T) {
	count := ids(t)
	for id, n := range count {
		if n > 1 {
			t.Errorf("%d elements have the id %s", n, id)
		}
	}
	for _, tag := range tags(t) {
		for _, name := range []string{"for", "aria-describedby", "aria-labelledby"} {
			for id := range strings.FieldsSeq(attribute(tag, name)) {
				if count[id] == 0 {
					t.Errorf("<%s %s> names the id %s, which no element has", tag.Name.Local, name, id)
				}
			}
		}
	}
	byID := regexp.MustCompile(`byId\("([^"]+)"\)`)
	for at, name := range served(t) {
		for _, match := range byID.FindAllStringSubmatch(readFile(t, name), -1) {
			if count[match[1]] == 0 {
				t.Errorf("%s asks for the id %s, which no element has", at, match[1])
			}
		}
	}
}

func TestEveryControlHasALabel(t *testing.T) {
	labelled := make(map[string]bool)
	for _, tag := range tags(t) {
		if tag.Name.Local == "label" {
			labelled[attribute(tag, "for")] = true
		}
	}
	for _, tag := range tags(t) {
		name := tag.Name.Local
		if (name == "input" || name == "textarea" || name == "select") && !labelled[attribute(tag, "id")] {
			t.Errorf("<%s id=%q> has no label", name, attribute(tag, "id"))
		}
		if name == "progress" && attribute(tag, "aria-label") == "" {
			t.Errorf("<%s id=%q> has no label", name, attribute(tag, "id"))
		}
	}
}

func TestScriptsMakeNoMarkupOfText(t *testing.T) {
	unsafe := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTML|DOMParser|\beval\b|new Function|createContextualFragment`)
	for at, name := range served(t) {
		if match := unsafe.FindString(readFile(t, name)); match != "" {
			t.Errorf("%s uses %s", at, match)
		}
	}
}

func TestThePageStaysSmall(t *testing.T) {
	const budget = 74_000 // bytes, before compression; 4,000 of them for how the image is built
	size := 0
	for _, name := range served(t) {
		if name == "index.html" || name == "static/app.css" || path.Ext(name) == ".js" {
			size += len(readFile(t, name))
		}
	}
	if size > budget {
		t.Errorf("the files have %d bytes, of at most %d", size, budget)
	}
}
