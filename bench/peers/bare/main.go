// Command bare answers every request with the same item: what net/http costs
// where a service does nothing.
package main

import (
	"flag"
	"io"
	"log"
	"maps"
	"net/http"
	"time"

	"example.com/multistage/bench/peers/item"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "listen on `host:port`")
	alike := flag.Bool("alike", false, "send the header fields of the service, and have its limits of time")
	flag.Parse()
	server := &http.Server{Addr: *addr}
	fields := map[string][]string{"Content-Type": {"application/json"}}
	if *alike {
		server.ReadHeaderTimeout = 5 * time.Second
		server.ReadTimeout = 30 * time.Second
		server.WriteTimeout = 40 * time.Second
		server.IdleTimeout = 2 * time.Minute
		fields = item.Fields()
	}
	server.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		maps.Copy(w.Header(), fields)
		io.WriteString(w, item.Fixed)
	})
	log.Fatal(server.ListenAndServe())
}
