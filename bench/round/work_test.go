package round

import (
	"fmt"
	"strings"
	"testing"

	"example.com/multistage/bench/peer"
)

// TestRequests holds what each work asks, and of which items.
func TestRequests(t *testing.T) {
	const items = 1000
	asks := peer.Requests{
		Get:    func(_ string, id int) []byte { return fmt.Appendf(nil, "get %d", id) },
		List:   func(_ string, after int) []byte { return fmt.Appendf(nil, "list %d", after) },
		Search: func(_ string, n int) []byte { return fmt.Appendf(nil, "search %d", n) },
		Create: func(_ string, n int) []byte { return fmt.Appendf(nil, "create %d", n) },
	}
	for _, work := range Works() {
		if work.connections == 0 {
			continue
		}
		if got := work.requests(peer.Requests{}, "host", items); got != nil {
			t.Errorf("%s asks a peer that has no requests", work.Name)
		}
		request := work.requests(asks, "host", items)
		created := 0
		const n = 1000
		for i := range n {
			var kind string
			var number int
			text := string(request(i))
			if _, err := fmt.Sscan(text, &kind, &number); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			switch {
			case kind == "create":
				created++
			case kind == "get" && (number < 1 || number > items), kind == "list" && (number < 0 || number > items-page || number%page != 0):
				t.Fatalf("%s: %s", work.Name, text)
			case kind != "get" && kind != "list" && kind != "search", !strings.HasPrefix(work.Name, kind) && work.Name != "mixed":
				t.Fatalf("%s: %s", work.Name, text)
			}
		}
		if float64(created) != work.creates*n {
			t.Errorf("%s creates %d of %d, want %v of each", work.Name, created, n, work.creates)
		}
	}
}
