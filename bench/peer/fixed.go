package peer

// bare is what net/http alone can do: the most that any service on it reaches.
func bare(b builder) Peer {
	return fixed(b, "bare", "net/http that answers all with the same item; keeps nothing")
}

// bareAlike is bare with what the service has to send and to limit: the most that a
// handler and its wrappers leave of bare.
func bareAlike(b builder) Peer {
	p := bare(b)
	p.Name = "bare-alike"
	p.About = "bare with the header fields and the time limits of items"
	p.Args = func(addr, _ string) []string { return []string{"-addr", addr, "-alike"} }
	return p
}

// fastHTTP is what another HTTP server can do.
func fastHTTP(b builder) Peer {
	return fixed(b, "fasthttp", "fasthttp v1.78.0 that answers all with the same item; keeps nothing")
}

func fixed(b builder, name, about string) Peer {
	return Peer{
		Name:     name,
		About:    about,
		Build:    b.peer(name),
		Args:     func(addr, _ string) []string { return []string{"-addr", addr} },
		Ready:    "/",
		Requests: Requests{Get: func(host string, id int) []byte { return get(host, "/items/%d", id) }},
	}
}
