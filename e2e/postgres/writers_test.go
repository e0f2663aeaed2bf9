package postgres

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// writers create items without pause, each of another name, and keep what they were
// told. Every other one sends each item under a key until it is acknowledged; the others
// send it once, since without a key nobody knows what became of one that failed.
type writers struct {
	service client
	stop    chan struct{}
	running sync.WaitGroup

	mu       sync.Mutex
	acked    map[string]string // paths of the items that were acknowledged, by name
	failed   map[int]int       // how many requests were answered with a status
	faults   []string          // what must not happen
	ackedNow chan struct{}     // closed at the next acknowledgement
}

// writerCount is how many write at once.
const writerCount = 4

func startWriters(service client) *writers {
	w := &writers{service: service, stop: make(chan struct{}), acked: make(map[string]string), failed: make(map[int]int), ackedNow: make(chan struct{})}
	for i := range writerCount {
		w.running.Go(func() { w.run(i) })
	}
	return w
}

// end waits for the last requests.
func (w *writers) end(t testing.TB) {
	t.Helper()
	close(w.stop)
	w.running.Wait()
	for i, fault := range w.faults {
		if i == 10 {
			t.Fatalf("and so on, %d in all", len(w.faults))
		}
		t.Error(fault)
	}
}

func (w *writers) run(number int) {
	pause := time.NewTicker(5 * time.Millisecond) // between failures
	defer pause.Stop()
	for i := 0; ; i++ {
		name, key := fmt.Sprintf("%d-%d", number, i), ""
		if number%2 == 0 {
			key = "key-" + name
		}
		for !w.write(name, key) {
			select {
			case <-w.stop:
				return
			case <-pause.C:
			}
			if key == "" {
				break
			}
		}
		select {
		case <-w.stop:
			return
		default:
		}
	}
}

// write sends an item once. It returns whether that was acknowledged.
func (w *writers) write(name, key string) bool {
	got, err := w.service.post(name, key)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil && got.status == http.StatusCreated {
		w.acked[name] = got.header.Get("Location")
		close(w.ackedNow)
		w.ackedNow = make(chan struct{})
		return true
	}
	w.failed[got.status]++
	switch {
	case err != nil: // the service is there all the while
		w.faults = append(w.faults, err.Error())
	case got.header.Get("Content-Type") != "application/problem+json":
		w.faults = append(w.faults, fmt.Sprintf("status %d is no problem: %s", got.status, got.body))
	case got.status == http.StatusServiceUnavailable && got.header.Get("Retry-After") != "":
	case got.status == http.StatusConflict && key != "": // what was cut off still runs
	case got.status == http.StatusInternalServerError: // the outcome is unknown
	default:
		w.faults = append(w.faults, fmt.Sprintf("status %d, Retry-After %q: %s", got.status, got.header.Get("Retry-After"), got.body))
	}
	return false
}

// awaitAcks waits until n more items are acknowledged. It returns false where that
// takes longer than the patience.
func (w *writers) awaitAcks(n int, patience time.Duration) bool {
	deadline := time.After(patience)
	for want := w.ackCount() + n; ; {
		w.mu.Lock()
		next, now := w.ackedNow, len(w.acked)
		w.mu.Unlock()
		if now >= want {
			return true
		}
		select {
		case <-next:
		case <-deadline:
			return false
		}
	}
}

func (w *writers) ackCount() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.acked)
}

// failures returns how many requests were answered with an error.
func (w *writers) failures() (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, count := range w.failed {
		n += count
	}
	return n
}

// check reads all items of the service. Those that were acknowledged before must be among
// them, and no name twice.
func (w *writers) check(t testing.TB) {
	t.Helper()
	w.mu.Lock()
	lost := make(map[string]string, len(w.acked))
	for name, path := range w.acked {
		lost[name] = path
	}
	w.mu.Unlock()
	acked := len(lost)

	seen := make(map[string]bool)
	export := w.service.must(t, http.StatusOK, http.MethodGet, "/api/items", "", "Accept", "application/x-ndjson")
	for line := range strings.Lines(export.body) {
		var item struct {
			ID   int64
			Name string
		}
		if err := json.Unmarshal([]byte(line), &item); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if seen[item.Name] {
			t.Errorf("item %s is there twice", item.Name)
		}
		seen[item.Name] = true
		if lost[item.Name] == fmt.Sprintf("/api/items/%d", item.ID) {
			delete(lost, item.Name)
		}
	}
	if len(lost) > 0 {
		t.Errorf("%d of %d acknowledged items are lost", len(lost), acked)
	}
}
