// Command bbolt is the least that a durable service of items on bbolt does: it
// stores their JSON as it answers it, and copies it out.
package main

import (
	"flag"
	"log"
	"net/http"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "listen on `host:port`")
	data := flag.String("data", ".", "keep the items in this `directory`")
	seed := flag.Bool("seed", false, "store the drafts on standard input, and end")
	flag.Parse()
	db, err := open(filepath.Join(*data, "items.db"))
	if err == nil && *seed {
		err = fill(db, os.Stdin)
	} else if err == nil {
		err = http.ListenAndServe(*addr, handler(newStore(db)))
	}
	if err != nil {
		log.Fatal(err)
	}
}

func open(path string) (*bolt.DB, error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{
		InitialMmapSize: 64 << 30, // a map that never has to grow
		FreelistType:    bolt.FreelistMapType,
	})
	if err != nil {
		return nil, err
	}
	return db, db.Update(func(tx *bolt.Tx) error {
		_, err := tx.CreateBucketIfNotExists(bucket)
		return err
	})
}

func handler(s *store) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /items/{id}", s.get)
	mux.HandleFunc("GET /items", s.list)
	mux.HandleFunc("POST /items", s.create)
	return mux
}
