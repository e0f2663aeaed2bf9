// Command bare answers every request with the same item: what net/http costs
// where a service does nothing.
package main

import (
	"flag"
	"io"
	"log"
	"net/http"

	"example.com/multistage/bench/peers/item"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "listen on `host:port`")
	flag.Parse()
	log.Fatal(http.ListenAndServe(*addr, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, item.Fixed)
	})))
}
