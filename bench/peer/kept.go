package peer

// bbolt is the least that a service on bbolt does, which shows what the engine
// allows.
func bbolt(b builder) Peer {
	return kept(b, "bbolt", "net/http on bbolt v1.5.0, stored JSON copied out, one committer; a write is flushed before it is acknowledged")
}

// sqlite is what an experienced Go programmer writes first.
func sqlite(b builder) Peer {
	p := kept(b, "sqlite", "net/http, database/sql and modernc.org/sqlite v1.62.0 with WAL and synchronous=FULL, one writer; a write is flushed before it is acknowledged")
	p.MaxItems = 1_000_000 // more take minutes to seed
	return p
}

func kept(b builder, name, about string) Peer {
	return Peer{
		Name:  name,
		About: about,
		Build: b.peer(name),
		Args:  func(addr, data string) []string { return []string{"-addr", addr, "-data", data} },
		Seed:  seedBy(func(data string) []string { return []string{"-data", data, "-seed"} }),
		Ready: "/readyz",
		Requests: Requests{
			Get:    func(host string, id int) []byte { return get(host, "/items/%d", id) },
			List:   func(host string, after int) []byte { return get(host, "/items?after=%d", after) },
			Search: func(host string, n int) []byte { return get(host, "/items?q=%s", word(n)) },
			Create: create("/items"),
		},
	}
}
