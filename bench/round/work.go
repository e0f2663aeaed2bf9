package round

import (
	"math/rand/v2"

	"example.com/multistage/bench/load"
	"example.com/multistage/bench/peer"
)

// kinds is how many different requests a service is asked, before they begin again.
const kinds = 1 << 17

// Work is something that services do under measurement.
type Work struct {
	Name, About string
	// connections is how many clients ask at the same time. It is 0 where a service is
	// measured otherwise than by its answers.
	connections int
	// requests returns what makes the request number i, nil where the service has no
	// such requests.
	requests func(r peer.Requests, host string, items int) func(i int) []byte
	// creates is the share of requests that create an item.
	creates float64
}

// The works that are measured otherwise.
const (
	startWork = "start"
	idleWork  = "idle"
)

// flushWork is the work that the disk alone is compared with.
const flushWork = "post1"

// Works returns all works.
func Works() []Work {
	return []Work{
		{"get", "GET of one item, a random one each time, 64 connections", 64, getRequests, 0},
		{"list", "GET of a page of 100 items from a random one on, 64 connections", 64, listRequests, 0},
		{"search", "GET of a page of items by a part of their name, 64 connections", 64, searchRequests, 0},
		{flushWork, "POST of an item, 1 connection", 1, createRequests, 1},
		{"post64", "POST of an item, 64 connections", 64, createRequests, 1},
		{"mixed", "nine GET of one item, then one POST, 64 connections", 64, mixedRequests, 1. / mixed},
		{startWork, "from the start of the process to its first answer with 200, the median of several starts in each round", 0, nil, 0},
		{idleWork, "the process after its start, asked nothing but whether it is ready", 0, nil, 0},
	}
}

// page is how many items a page has.
const page = 100

// mixed is how many requests of the mixed work there are for each that creates.
const mixed = 10

func getRequests(r peer.Requests, host string, items int) func(int) []byte {
	if r.Get == nil {
		return nil
	}
	random := random()
	return func(int) []byte { return r.Get(host, 1+random.IntN(max(items, 1))) }
}

func listRequests(r peer.Requests, host string, items int) func(int) []byte {
	if r.List == nil {
		return nil
	}
	random := random()
	return func(int) []byte { return r.List(host, random.IntN(max(items/page, 1))*page) }
}

func searchRequests(r peer.Requests, host string, _ int) func(int) []byte {
	if r.Search == nil {
		return nil
	}
	return func(i int) []byte { return r.Search(host, i) }
}

func createRequests(r peer.Requests, host string, _ int) func(int) []byte {
	if r.Create == nil {
		return nil
	}
	return func(i int) []byte { return r.Create(host, i) }
}

func mixedRequests(r peer.Requests, host string, items int) func(int) []byte {
	get, create := getRequests(r, host, items), createRequests(r, host, items)
	if get == nil || create == nil {
		return nil
	}
	return func(i int) []byte {
		if i%mixed == mixed-1 {
			return create(i)
		}
		return get(i)
	}
}

// random returns numbers that are the same for every service.
func random() *rand.Rand {
	return rand.New(rand.NewPCG(1, 2))
}

// build returns the requests of a work. It is nil where a service has none of them.
func (w Work) build(r peer.Requests, host string, items int) *load.Requests {
	if w.requests == nil {
		return nil
	}
	request := w.requests(r, host, items)
	if request == nil {
		return nil
	}
	return load.NewRequests(kinds, request)
}
