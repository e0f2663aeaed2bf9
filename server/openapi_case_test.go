package main

import (
	"strings"
)

// apiCase is a request, and how the contract and the service take it.
type apiCase struct {
	op      string // the operation of the contract: its method and path
	name    string
	world   worldKind
	before  []request // sent first, each to be answered with success
	request request   // without a target it is for the first item
	status  int
	// breaks says that the contract forbids the request.
	breaks bool
	// fault is the parameter for which the request is refused.
	fault string
}

// request is what a client sends.
type request struct {
	method, target string
	headers        []string // each "Name: value"
	body           string
	endless        bool // the body does not end
}

// complete returns the request with what follows from the operation alone.
func (c apiCase) complete() request {
	r := c.request
	method, path, _ := strings.Cut(c.op, " ")
	r.method = method
	if r.target == "" || strings.HasPrefix(r.target, "?") {
		r.target = strings.ReplaceAll(path, "{id}", "1") + r.target
	}
	return r
}

func (c apiCase) String() string {
	name := c.op
	if c.world != plain {
		name += ", " + string(c.world)
	}
	if c.name != "" {
		name += ", " + c.name
	}
	return name
}

// has reports whether the request has a parameter.
func (r request) has(in, name string) bool {
	switch in {
	case "query":
		_, query, _ := strings.Cut(r.target, "?")
		return strings.Contains("&"+query, "&"+name+"=")
	case "header":
		for _, h := range r.headers {
			if got, _, _ := strings.Cut(h, ":"); strings.EqualFold(got, name) {
				return true
			}
		}
		return false
	}
	return true // a path has all of its own
}
