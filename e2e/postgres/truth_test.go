package postgres

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"example.com/multistage/e2e/blackbox"
	"example.com/multistage/e2e/process"
	"example.com/multistage/items/pgstore/pgtest"
)

// askersEach is how many ask each of two replicas at once.
const askersEach = 4

// TestTwoReplicas asks two replicas for the same at once: they answer as one would.
func TestTwoReplicas(t *testing.T) {
	n := pgtest.New(t)
	n.Primary()
	var replicas []client
	for range 2 {
		// Both migrate the empty database.
		server := process.Start(t, "ITEMS_ADDR=127.0.0.1:0", "ITEMS_ACCESS_LOG=false", "ITEMS_STORE="+pgtest.URL(n), "ITEMS_MIGRATE=true")
		replicas = append(replicas, newClient(t, server.URL()))
	}
	for _, c := range replicas {
		blackbox.Eventually(t, patience, "the replica is ready", func() bool { return c.status("/readyz") == http.StatusOK })
	}
	t.Run("one update wins", func(t *testing.T) { testOneWins(t, replicas) })
	t.Run("one item for a key", func(t *testing.T) { testOneItem(t, replicas) })
}

// askBoth makes a request of both replicas, many times at once. The number tells them
// apart.
func askBoth(t *testing.T, replicas []client, ask func(c client, number int) (answer, error)) []answer {
	t.Helper()
	answers, errs := make([]answer, askersEach*len(replicas)), make([]error, askersEach*len(replicas))
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() { answers[i], errs[i] = ask(replicas[i%len(replicas)], i) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	return answers
}

// testOneWins changes one item under the condition that it is still what it was.
func testOneWins(t *testing.T, replicas []client) {
	created := replicas[0].must(t, http.StatusCreated, http.MethodPost, "/api/items", `{"name":"x"}`, "Content-Type", "application/json")
	path := created.header.Get("Location")
	for round := range rounds(50, 200) {
		version := fmt.Sprintf(`"%d"`, round+1)
		answers := askBoth(t, replicas, func(c client, i int) (answer, error) {
			return c.do(http.MethodPut, path, fmt.Sprintf(`{"name":"round %d of asker %d"}`, round, i),
				"Content-Type", "application/json", "If-Match", version)
		})
		var won []answer
		for _, got := range answers {
			switch got.status {
			case http.StatusOK:
				won = append(won, got)
			case http.StatusPreconditionFailed:
			default:
				t.Fatalf("status %d, want 200 or 412: %s", got.status, got.body)
			}
		}
		if len(won) != 1 {
			t.Fatalf("%d updates of version %s won, want 1", len(won), version)
		}
		for _, c := range replicas {
			if got := c.must(t, http.StatusOK, http.MethodGet, path, ""); got.body != won[0].body {
				t.Fatalf("%s, want what won: %s", got.body, won[0].body)
			}
		}
	}
}

// testOneItem creates one item under one key. Those that come while it runs may be told
// to come again, and then get the same one.
func testOneItem(t *testing.T, replicas []client) {
	for round := range rounds(50, 200) {
		name, key := fmt.Sprintf("once %d", round), fmt.Sprintf("once-%d", round)
		answers := askBoth(t, replicas, func(c client, _ int) (answer, error) { return c.post(name, key) })
		made, paths := 0, make(map[string]bool)
		for i, got := range answers {
			if got.status == http.StatusConflict && got.header.Get("Retry-After") != "" {
				got = replicas[i%len(replicas)].must(t, http.StatusCreated, http.MethodPost, "/api/items", `{"name":"`+name+`"}`,
					"Content-Type", "application/json", "Idempotency-Key", key)
			}
			if got.status != http.StatusCreated {
				t.Fatalf("status %d, want 201 or 409: %s", got.status, got.body)
			}
			if got.header.Get("Idempotency-Replayed") == "" {
				made++
			}
			paths[got.header.Get("Location")] = true
		}
		if made != 1 || len(paths) != 1 {
			t.Fatalf("%d answers made an item, and they name %d; want one", made, len(paths))
		}
	}
	var items []struct{ Name string }
	found := replicas[1].must(t, http.StatusOK, http.MethodGet, "/api/items?q=once&limit=1000", "")
	if err := json.Unmarshal([]byte(found.body), &items); err != nil {
		t.Fatal(err)
	}
	if want := rounds(50, 200); len(items) != want {
		t.Errorf("%d items, want one for each of %d keys", len(items), want)
	}
}
