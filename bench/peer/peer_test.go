package peer

import (
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/multistage/bench/peers/item"
)

const (
	host   = "bench.test"
	seeded = 1000
)

// TestPeers builds each peer, fills it, and holds that it answers what it is asked.
func TestPeers(t *testing.T) {
	bin := t.TempDir()
	for _, p := range All("../..") {
		t.Run(p.Name, func(t *testing.T) {
			binary := build(t, p, bin)
			addr, data := freeAddr(t), t.TempDir()
			if p.Seed != nil {
				if err := p.Seed(t.Context(), binary, addr, data, seeded); err != nil {
					t.Fatal(err)
				}
			}
			serve(t, p, addr, binary, p.Args(addr, data)...)
			c := dial(t, addr)
			testGet(t, p, c)
			testList(t, p, c)
			testSearch(t, p, c)
			testCreate(t, p, c)
		})
	}
}

// build builds a peer, unless it is one that takes long and the test is short.
func build(t *testing.T, p Peer, dir string) string {
	t.Helper()
	if testing.Short() && (p.Name == "podinfo" || strings.HasPrefix(p.Name, "pocketbase")) {
		t.Skip("takes minutes to build")
	}
	begin := time.Now()
	binary, err := p.Build(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(binary)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("built in %.1f s, %d bytes", time.Since(begin).Seconds(), info.Size())
	testVersions(t, p, binary)
	return binary
}

// testVersions holds that the binary is made of the versions that About names.
func testVersions(t *testing.T, p Peer, binary string) {
	t.Helper()
	built, err := buildinfo.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	for _, version := range regexp.MustCompile(`\bv\d\S*[0-9a-f]`).FindAllString(p.About, -1) {
		if !strings.Contains(built.String(), "\t"+version+"\t") {
			t.Errorf("About has %s, which is not among\n%s", version, built)
		}
	}
}

// freeAddr returns a loopback address on which nobody listens.
func freeAddr(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// serve runs a command that serves a peer on addr until the test ends.
func serve(t *testing.T, p Peer, addr, binary string, args ...string) {
	t.Helper()
	process, err := start(t.Context(), "http://"+addr+p.Ready, binary, args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { <-process.ended }) // t.Context has ended
}

func wanted(t *testing.T, n int) (want content) {
	t.Helper()
	if err := json.Unmarshal(draft(n), &want); err != nil {
		t.Fatal(err)
	}
	return want
}

func testGet(t *testing.T, p Peer, c *client) {
	t.Helper()
	if p.Requests.Get == nil {
		return
	}
	if p.Seed == nil {
		if body := c.do(p.Requests.Get(host, 7)); p.Name != "podinfo" && string(body) != item.Fixed {
			t.Errorf("Get: %s", body)
		}
		if p.Name == "bare-alike" {
			wantFields(t, c.fields)
		}
		return
	}
	for _, id := range []int{7, seeded} {
		if got := c.one(p.Requests.Get(host, id)); got != wanted(t, id) {
			t.Errorf("Get: %v, want number %d", got, id)
		}
	}
	if p.Name == "items" {
		if got := len(c.do(p.Requests.Get(host, seeded))); got != len(item.Fixed) {
			t.Errorf("an item has %d bytes, and item.Fixed %d", got, len(item.Fixed))
		}
		wantFields(t, c.fields)
	}
}

// wantFields checks that an item came with the header fields of item.Fields, and each
// value with as many bytes.
func wantFields(t *testing.T, got http.Header) {
	t.Helper()
	size := func(fields http.Header) string {
		sizes := make(map[string]int)
		for name := range fields {
			sizes[name] = len(fields.Get(name))
		}
		delete(sizes, "Date")
		delete(sizes, "Content-Length")
		return fmt.Sprint(sizes)
	}
	if got, want := size(got), size(item.Fields()); got != want {
		t.Errorf("fields and their bytes %s, want %s", got, want)
	}
}

func testList(t *testing.T, p Peer, c *client) {
	t.Helper()
	if p.Requests.List == nil {
		return
	}
	for _, after := range []int{0, 100, 900} {
		got := c.page(p.Requests.List(host, after))
		if len(got) != 100 || got[0] != wanted(t, after+1) || got[99] != wanted(t, after+100) {
			t.Errorf("List after %d: %d items: %v", after, len(got), got)
		}
	}
}

func testSearch(t *testing.T, p Peer, c *client) {
	t.Helper()
	if p.Requests.Search == nil {
		return
	}
	for _, n := range []int{3, 63} {
		var want []content
		for i := n; i <= seeded; i += 64 {
			want = append(want, wanted(t, i))
		}
		if got := c.page(p.Requests.Search(host, n)); !slices.Equal(got, want) {
			t.Errorf("Search of %d: %v, want %v", n, got, want)
		}
	}
}

// testCreate stores two items, and finds both by a search.
func testCreate(t *testing.T, p Peer, c *client) {
	t.Helper()
	if p.Requests.Create == nil {
		return
	}
	for _, n := range []int{64 * 50, 64 * 51} {
		if got := c.one(p.Requests.Create(host, n)); got != wanted(t, n) {
			t.Errorf("Create: %v, want number %d", got, n)
		}
		if got := c.page(p.Requests.Search(host, n)); !slices.Contains(got, wanted(t, n)) {
			t.Errorf("number %d was created and is not among %v", n, got)
		}
	}
}
