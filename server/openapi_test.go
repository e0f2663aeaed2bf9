package main

import (
	"net/http"
	"slices"
	"strconv"
	"testing"

	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"
)

// TestContractIsOpenAPI holds the contract against the specification of OpenAPI.
func TestContractIsOpenAPI(t *testing.T) {
	_, faults := readContract(t).document.ValidateDocument()
	if err := joined(faults); err != nil {
		t.Error(err)
	}
}

// TestContractIsTrue sends requests to live services and holds what they answer
// against the contract, then the contract against what was seen.
func TestContractIsTrue(t *testing.T) {
	c := readContract(t)
	seen := newSeen()
	for _, one := range slices.Concat(cases(), c.exampleCases(t)) {
		t.Run(one.String(), func(t *testing.T) { c.try(t, one, seen) })
	}
	if t.Failed() {
		return // what was not seen would be no news
	}
	for op := range c.operations() {
		c.checkSeen(t, op, seen)
	}
}

// try sends the request of a case to a service of its world.
func (c *contract) try(t *testing.T, one apiCase, seen *seen) {
	operation := c.operations()[one.op]
	if operation == nil {
		t.Fatal("the contract has no such operation")
	}
	w := newWorld(t, one.world)
	for _, r := range one.before {
		if resp := w.send(t, r); resp.status >= 300 {
			t.Fatalf("%s %s before it: %d: %s", r.method, r.target, resp.status, resp.body)
		}
	}
	r := one.complete()
	if err := c.checkRequest(r.http(t, w.url)); (err != nil) != one.breaks {
		t.Errorf("the contract says of the request: %v; breaks it: %t", err, one.breaks)
	}
	resp := w.send(t, r)
	if resp.status != one.status {
		t.Fatalf("status %d, want %d: %.300s", resp.status, one.status, resp.body)
	}
	if operation.Responses.Codes.GetOrZero(strconv.Itoa(resp.status)) == nil {
		t.Fatalf("the contract has no status %d for it", resp.status)
	}
	if err := c.checkResponse(r.http(t, w.url), resp); err != nil {
		t.Errorf("the contract says of the response: %v\n%v\n%.300s", err, resp.header, resp.body)
	}
	seen.add(t, one, resp)
	for _, p := range c.parameters(one.op) {
		if r.has(p.In, p.Name) && resp.status < 400 {
			seen.marks[one.op+" takes "+p.Name] = true
		}
	}
	if r.method == http.MethodGet && one.world != slow {
		head := r
		head.method = http.MethodHead
		c.tryHead(t, w, head, operation.Responses.Codes.GetOrZero(strconv.Itoa(one.status)), one.status)
	}
}

// tryHead sends a request that differs from a GET in its method alone.
func (c *contract) tryHead(t *testing.T, w *world, r request, want *v3.Response, status int) {
	resp := w.send(t, r)
	if resp.status != status || resp.body != "" {
		t.Errorf("HEAD: status %d, want %d; body %.300q", resp.status, status, resp.body)
	}
	if err := c.checkHeaders(r.http(t, w.url), resp, want); err != nil {
		t.Errorf("HEAD: %v", err)
	}
}

// checkSeen reports what the contract has of an operation and no case has seen.
func (c *contract) checkSeen(t *testing.T, op string, seen *seen) {
	for status, response := range c.operations()[op].Responses.Codes.FromOldest() {
		key := op + " " + status
		if !seen.marks[key] {
			t.Errorf("%s is in the contract, but no case provokes it", key)
			continue
		}
		for name := range response.Headers.FromOldest() {
			if !seen.marks[key+" "+http.CanonicalHeaderKey(name)] {
				t.Errorf("%s: the header %s is in the contract, but in no response", key, name)
			}
		}
		for mediaType, media := range response.Content.FromOldest() {
			if !seen.marks[key+" "+mediaType] {
				t.Errorf("%s: %s is in the contract, but no response has it", key, mediaType)
			}
			if mediaType == "application/problem+json" {
				checkSaid(t, key, media, seen)
			}
		}
	}
	if c.operations()[op].Responses.Default != nil {
		t.Errorf("%s: a default response hides statuses", op)
	}
	for _, p := range c.parameters(op) {
		if !seen.marks[op+" takes "+p.Name] {
			t.Errorf("%s: no case has a good %s", op, p.Name)
		}
		refusal := "400"
		if p.In == "path" {
			refusal = "404"
		}
		limited := p.Schema.Schema().Pattern != "" || p.Schema.Schema().Maximum != nil
		if limited && c.operations()[op].Responses.Codes.GetOrZero(refusal) != nil && !seen.marks[op+" refuses "+p.Name] {
			t.Errorf("%s: no case has a bad %s", op, p.Name)
		}
	}
}

// checkSaid reports the examples of problems that no response has been, word for
// word.
func checkSaid(t *testing.T, key string, media *v3.MediaType, seen *seen) {
	for name, example := range media.Examples.FromOldest() {
		if !seen.bodies[canonical(t, valueOf(t, example))] {
			t.Errorf("%s: no response is the example %s", key, name)
		}
	}
}
