package main

import (
	"encoding/json"
	"fmt"
	"testing"
)

// seen is what the cases have seen of the service.
type seen struct {
	marks  map[string]bool // statuses, headers, media types and parameters, each with its operation
	bodies map[string]bool // of problems
}

func newSeen() *seen {
	return &seen{make(map[string]bool), make(map[string]bool)}
}

// add notes the response of a case.
func (s *seen) add(t *testing.T, one apiCase, resp *response) {
	t.Helper()
	key := fmt.Sprintf("%s %d", one.op, resp.status)
	s.marks[key] = true
	s.marks[key+" "+resp.mediaType()] = true
	for name := range resp.header {
		s.marks[key+" "+name] = true
	}
	if one.fault != "" {
		s.marks[one.op+" refuses "+one.fault] = true
	}
	if resp.mediaType() == "application/problem+json" {
		var value any
		if err := json.Unmarshal([]byte(resp.body), &value); err != nil {
			t.Fatal(err)
		}
		s.bodies[canonical(t, value)] = true
	}
}

// canonical returns the one JSON form of a value.
func canonical(t *testing.T, value any) string {
	t.Helper()
	form, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(form)
}
