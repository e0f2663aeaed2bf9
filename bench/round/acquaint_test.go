package round

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/multistage/bench/load"
	"example.com/multistage/bench/peer"
)

// TestAcquaint holds that a service is asked for items from all of its data, and that
// one that has not all of them is told.
func TestAcquaint(t *testing.T) {
	for _, tt := range []struct{ items, stored, asked int }{{100, 100, 0}, {1000, 1000, 4}, {10_000, 10_000, 40}, {10_000, 5000, 40}} {
		ids := make(chan int, 1000)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var id int
			fmt.Sscanf(r.URL.Path, "/%d", &id)
			if ids <- id; id > tt.stored {
				w.WriteHeader(http.StatusNotFound)
			}
		}))
		t.Cleanup(server.Close)
		addr := strings.TrimPrefix(server.URL, "http://")
		clients, err := load.Dial(addr, 2)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(clients.Close)
		asks := peer.Requests{Get: func(host string, id int) []byte {
			return fmt.Appendf(nil, "GET /%d HTTP/1.1\r\nHost: %s\r\n\r\n", id, host)
		}}
		err = acquaint(t.Context(), clients, touches(asks, addr, tt.items))
		if (err != nil) != (tt.stored < tt.items) || len(ids) != tt.asked {
			t.Errorf("%+v: %v, asked for %d", tt, err, len(ids))
		}
		highest := 0
		for range len(ids) {
			highest = max(highest, <-ids)
		}
		if tt.asked > 0 && (highest > tt.items || highest <= tt.items-stride) {
			t.Errorf("%+v: the highest is %d", tt, highest)
		}
	}
	if err := acquaint(context.Background(), nil, touches(peer.Requests{}, "host", 1000)); err != nil {
		t.Errorf("a service that has no such request: %v", err)
	}
}
