//go:build !race

package main

import "testing"

// TestGetAllocates holds that what a GET of an item passes through takes memory
// nowhere but in net/http, whose ServeMux makes a slice of the path's wildcards.
// What is taken for many requests at once, such as their ids, counts as nothing. The
// race detector makes a [sync.Pool] forget.
func TestGetAllocates(t *testing.T) {
	const wildcards = 1
	serve := serveOften(t, "/api/items/1")
	if got := testing.AllocsPerRun(1000, serve); got != wildcards {
		t.Errorf("%v allocations, want %d", got, wildcards)
	}
}
