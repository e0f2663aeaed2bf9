package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi/datamodel/high/base"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"
	"github.com/pb33f/libopenapi/orderedmap"
)

// TestExamplesAreOfTheirSchemas holds every example of the contract against its
// schema, and that no body is without one.
func TestExamplesAreOfTheirSchemas(t *testing.T) {
	c := readContract(t)
	checked := 0
	bodies := func(where string, content *orderedmap.Map[string, *v3.MediaType]) {
		for mediaType, media := range content.FromOldest() {
			if media.Examples.Len() == 0 {
				t.Errorf("%s: %s has no example", where, mediaType)
			}
			for name, example := range media.Examples.FromOldest() {
				checked++
				if err := c.checkValue(media.Schema, decoded(t, mediaType, valueOf(t, example))); err != nil {
					t.Errorf("%s: the example %s: %v", where, name, err)
				}
			}
		}
	}
	for op, operation := range c.operations() {
		if operation.RequestBody != nil {
			bodies(op, operation.RequestBody.Content)
		}
		for status, response := range operation.Responses.Codes.FromOldest() {
			bodies(op+" "+status, response.Content)
		}
	}
	for name, response := range c.model.Components.Responses.FromOldest() {
		bodies(name, response.Content)
	}
	if checked < 50 {
		t.Errorf("found %d examples, so the contract was not read", checked)
	}
}

// TestExamplesOfHeadersAndParameters holds those against their schemas, too.
func TestExamplesOfHeadersAndParameters(t *testing.T) {
	c := readContract(t)
	check := func(name string, schema *base.SchemaProxy, value any) {
		if err := c.checkValue(schema, value); err != nil {
			t.Errorf("the example of %s: %v", name, err)
		}
	}
	for name, header := range c.model.Components.Headers.FromOldest() {
		check(name, header.Schema, scalar(t, header.Example))
	}
	for op := range c.operations() {
		for _, p := range c.parameters(op) {
			check(op+" "+p.Name, p.Schema, scalar(t, p.Example))
		}
	}
}

// exampleCases send each example of a body of a request.
func (c *contract) exampleCases(t *testing.T) []apiCase {
	t.Helper()
	var all []apiCase
	for op, operation := range c.operations() {
		if operation.RequestBody == nil {
			continue
		}
		for mediaType, media := range operation.RequestBody.Content.FromOldest() {
			for name, example := range media.Examples.FromOldest() {
				one := apiCase{op: op, name: "the example " + name, status: good()[op].status}
				one.request.headers = []string{"Content-Type: " + mediaType}
				one.request.body = encoded(t, mediaType, valueOf(t, example))
				if mediaType == "application/x-ndjson" {
					one.status = 200
				}
				all = append(all, one)
			}
		}
	}
	return all
}

// encoded returns the value of an example as the body that it stands for: JSON, or
// a text as it is.
func encoded(t *testing.T, mediaType string, value any) string {
	t.Helper()
	if text, ok := value.(string); ok && !strings.HasSuffix(mediaType, "json") {
		return text
	} else if ok && mediaType == "application/x-ndjson" {
		return text
	}
	return canonical(t, value)
}

// decoded returns the value of an example as its schema describes it.
func decoded(t *testing.T, mediaType string, value any) any {
	t.Helper()
	if mediaType != "application/x-ndjson" {
		return value
	}
	text, _ := value.(string)
	lines, err := parseLines(text)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// valueOf returns the value of an example as encoding/json has it.
func valueOf(t *testing.T, example *base.Example) any {
	t.Helper()
	return scalar(t, example.Value)
}

// decoder is a value of a YAML file.
type decoder interface{ Decode(any) error }

func scalar(t *testing.T, node decoder) (value any) {
	t.Helper()
	var raw any
	if err := node.Decode(&raw); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(canonical(t, raw)), &value); err != nil {
		t.Fatal(err)
	}
	return value
}
