// Command sqlite is a durable service of items as it is often written: net/http,
// database/sql and SQLite without cgo.
package main

import (
	"context"
	"flag"
	"log"
	"net/http"
	"os"
	"path/filepath"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "listen on `host:port`")
	data := flag.String("data", ".", "keep the items in this `directory`")
	seed := flag.Bool("seed", false, "store the drafts on standard input, and end")
	flag.Parse()
	ctx := context.Background()
	s, err := open(ctx, filepath.Join(*data, "items.sqlite"))
	if err == nil && *seed {
		err = s.fill(ctx, os.Stdin)
	} else if err == nil {
		err = http.ListenAndServe(*addr, handler(s))
	}
	if err != nil {
		log.Fatal(err)
	}
}

func handler(s *store) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := s.readers.PingContext(r.Context()); err != nil {
			fail(w, err)
		}
	})
	mux.HandleFunc("GET /items/{id}", s.get)
	mux.HandleFunc("GET /items", s.list)
	mux.HandleFunc("POST /items", s.create)
	return mux
}
