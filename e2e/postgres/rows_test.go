package postgres

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"example.com/multistage/e2e/blackbox"
	"example.com/multistage/e2e/process"
	"example.com/multistage/items/pgstore/pgtest"
)

// serveRows runs the service on a database of the node, with so many items.
func serveRows(b testing.TB, n *pgtest.Server, database string, rows int) process.Server {
	b.Helper()
	url := strings.Replace(pgtest.URL(n), "/postgres?", "/"+database+"?", 1)
	server := process.Start(b, "ITEMS_ADDR=127.0.0.1:0", "ITEMS_ACCESS_LOG=false", "ITEMS_STORE="+url, "ITEMS_MIGRATE=true",
		fmt.Sprintf("ITEMS_STORE_MAX_CONNS=%d", speedStoreConns))
	service := newClient(b, server.URL())
	blackbox.Eventually(b, patience, "ready", func() bool { return service.status("/readyz") == 200 })
	// Every thousandth name has the same number, as searchPage looks for.
	n.QueryIn(database, fmt.Sprintf(`
		INSERT INTO items SELECT id, name, name, 'one of very many, with a text as long as most', now(), now(), 1
			FROM generate_series(1, %d) AS id, LATERAL (SELECT format('item %%s of number-%%s', id, lpad((id %% 1000)::text, 3, '0')) AS name) AS names;
		UPDATE items_last SET id = %[1]d`, rows))
	n.QueryIn(database, "VACUUM ANALYZE")
	n.QueryIn(database, "CHECKPOINT")
	return server
}

// selectOne and insertOne are the statements of pgstore for one item, without its cases
// of creations that may be asked for again. pgbench has :id for a random item.
const (
	selectOne = "SELECT id, name, description, created_at, updated_at, version FROM items WHERE id = :id;"
	insertOne = `WITH last AS (UPDATE items_last SET id = id + 1 RETURNING id)
		INSERT INTO items SELECT id, 'under load', 'under load', 'one of very many, with a text as long as most', now(), now(), 1
			FROM last RETURNING id;`
)

func getOne(rows int) func([]byte, *rand.Rand) []byte {
	return func(b []byte, random *rand.Rand) []byte {
		b = strconv.AppendInt(append(b, "GET /api/items/"...), 1+random.Int64N(int64(rows)), 10)
		return append(b, " HTTP/1.1\r\nHost: x\r\n\r\n"...)
	}
}

// listPage asks for 100 items from a random one on.
func listPage(rows int) func([]byte, *rand.Rand) []byte {
	return func(b []byte, random *rand.Rand) []byte {
		b = append(append(b, "GET /api/items?limit=100&after="...), cursor(1+random.Int64N(int64(rows-101)))...)
		return append(b, " HTTP/1.1\r\nHost: x\r\n\r\n"...)
	}
}

// searchPage asks for ten items by a part of their name that every thousandth has, so
// that about ten thousand are looked at.
func searchPage(int) func([]byte, *rand.Rand) []byte {
	return func(b []byte, random *rand.Rand) []byte {
		return fmt.Appendf(b, "GET /api/items?limit=10&q=number-%03d HTTP/1.1\r\nHost: x\r\n\r\n", random.IntN(1000))
	}
}

// cursor returns the service's own form of a place in the list: after an id.
func cursor(id int64) string {
	return base64.RawURLEncoding.EncodeToString(binary.AppendUvarint([]byte{1}, uint64(id)))
}

const post = `{"name":"under load","description":"one of very many, with a text as long as most"}`

func postOne(b []byte, _ *rand.Rand) []byte {
	b = append(b, "POST /api/items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "...)
	b = append(strconv.AppendInt(b, int64(len(post)), 10), "\r\n\r\n"...)
	return append(b, post...)
}
