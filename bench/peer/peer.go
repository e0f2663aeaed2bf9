// Package peer knows the services that the bench compares: how each is built,
// filled, started and asked. All speak HTTP/1.1 and keep items alike.
package peer

import "context"

// Peer is a service that the bench starts and asks.
type Peer struct {
	Name string

	// About says in one line what the service is, of which modules, and what of a
	// write it has acknowledged survives a crash of the machine.
	About string

	// Build makes the binary in dir, as the service's own is released: without cgo,
	// paths, symbols and debug information. It needs the go command and, the first
	// time, the Go module proxy.
	Build func(ctx context.Context, dir string) (binary string, err error)

	// Args is the command line that serves on addr, a host and port, with the data
	// in an existing directory.
	Args func(addr, data string) []string

	// Seed fills data, an existing empty directory, with the items of numbers 1 to
	// n. No process is left when it returns. Nil where the peer keeps nothing.
	Seed func(ctx context.Context, binary, addr, data string, n int) error

	// MaxItems is the most items that Seed is asked for, 0 for no bound.
	MaxItems int

	// Ready is a path that answers 200 once the peer serves.
	Ready string

	Requests Requests
}

// Requests make raw HTTP/1.1 requests for a Host header of host, which leave the
// connection open. Those that a peer can't answer are nil.
type Requests struct {
	// Get asks for the item with number id.
	Get func(host string, id int) []byte
	// List asks for a page of 100 items, of which the first is that after number
	// after, a multiple of 100.
	List func(host string, after int) []byte
	// Search asks for a page of 100 items with one of 64 words in their name, chosen
	// by n. Every 64th of the seeded items has it.
	Search func(host string, n int) []byte
	// Create asks to store an item with the name and description of number n. The
	// body is the same for all peers.
	Create func(host string, n int) []byte
}

// All returns all peers. root is the folder of the repository, where the source
// of the service and of the peers is.
func All(root string) []Peer {
	b := builder{root}
	return []Peer{
		items(b), itemsQuiet(b),
		bare(b), bareAlike(b), fastHTTP(b), podinfo(b),
		bbolt(b), sqlite(b),
		pocketBase(b), pocketBaseFull(b), pocketBaseUncounted(b),
	}
}
