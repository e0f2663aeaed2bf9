package peer

import "net"

// podinfoVersion is the newest that the Go module proxy has: tags since v2 are
// not of its module path, so that this is a commit.
const podinfoVersion = "v1.8.1-0.20250910200901-e86405a8674e"

// podinfo is a well-known example of a service for Kubernetes. It keeps nothing;
// Get asks for what it says of itself in JSON, which is about as large as an item.
func podinfo(builder) Peer {
	return Peer{
		Name:  "podinfo",
		About: "podinfo " + podinfoVersion + " with its logs off; GET /api/info, keeps nothing",
		Build: installed("podinfo", "github.com/stefanprodan/podinfo/cmd/podinfo", podinfoVersion),
		Args: func(addr, _ string) []string {
			host, port, _ := net.SplitHostPort(addr)
			return []string{"--host", host, "--port", port, "--level", "panic"}
		},
		Ready:    "/readyz",
		Requests: Requests{Get: func(host string, _ int) []byte { return get(host, "/api/info") }},
	}
}
