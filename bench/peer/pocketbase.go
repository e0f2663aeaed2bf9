package peer

import "fmt"

const (
	pocketBaseVersion = "v0.39.11" // the newest before Go 1.27 is needed
	pocketBaseRecords = "/api/collections/items/records"
)

// pocketBase is the product without its plugins, with a collection of items that everybody may use. A
// list counts what it lists a page of, and pages by offset.
func pocketBase(b builder) Peer {
	return Peer{
		Name:  "pocketbase",
		About: "PocketBase " + pocketBaseVersion + " as a Go module with its own settings; a write is acknowledged before it is flushed",
		Build: b.program("pocketbase", "bench/peers/pocketbase", "."),
		Args:  func(addr, data string) []string { return []string{"serve", "--http", addr, "--dir", data} },
		Seed:  seedBy(func(data string) []string { return []string{"seed", "--dir", data} }),
		// Each list counts all: of a million items a search by 64 clients takes a minute.
		MaxItems: 10_000,
		Ready:    "/api/health",
		Requests: Requests{
			Get: func(host string, id int) []byte { return get(host, "%s/item%011d", pocketBaseRecords, id) },
			List: func(host string, after int) []byte {
				return get(host, "%s?perPage=100&page=%d", pocketBaseRecords, after/100+1)
			},
			Search: func(host string, n int) []byte { return get(host, "%s", pocketBaseSearch(n)) },
			Create: create(pocketBaseRecords),
		},
	}
}

func pocketBaseSearch(n int) string {
	return fmt.Sprintf("%s?perPage=100&filter=(name~%%27%s%%27)", pocketBaseRecords, word(n))
}

// pocketBaseFull keeps what pocketBase may lose.
func pocketBaseFull(b builder) Peer {
	p := pocketBase(b)
	stock := p.Args
	p.Name = "pocketbase-full"
	p.About = "pocketbase with PRAGMA synchronous=FULL; a write is flushed before it is acknowledged"
	p.Args = func(addr, data string) []string { return append(stock(addr, data), "--full") }
	return p
}

// pocketBaseUncounted asks pocketBase for pages without their total.
func pocketBaseUncounted(b builder) Peer {
	p := pocketBase(b)
	p.Name = "pocketbase-uncounted"
	p.About = "pocketbase, asked with skipTotal=1, which counts nothing"
	p.Requests = Requests{
		List: func(host string, after int) []byte {
			return get(host, "%s?perPage=100&skipTotal=1&page=%d", pocketBaseRecords, after/100+1)
		},
		Search: func(host string, n int) []byte { return get(host, "%s&skipTotal=1", pocketBaseSearch(n)) },
	}
	return p
}
