package blackbox

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

const ndjson = "application/x-ndjson"

// result is a line of the answer to an import.
type result struct {
	Line   int   `json:"line"`
	Status int   `json:"status"`
	ID     int64 `json:"id"`
}

// export returns the names of all items by their ids.
func (c client) export() map[int64]string {
	c.t.Helper()
	got := c.get("/api/items", "Accept", ndjson)
	got.wantStatus(c.t, http.StatusOK)
	got.wantHeader(c.t, "Content-Type", ndjson)
	names := make(map[int64]string)
	last := int64(0)
	for line := range strings.Lines(got.body) {
		it := decode[item](c.t, answer{body: line})
		if it.ID <= last || !strings.HasSuffix(line, "}\n") {
			c.t.Fatalf("after id %d: %s", last, line)
		}
		last = it.ID
		names[it.ID] = it.Name
	}
	return names
}

// testStreams imports and exports 20,000 lines, one of them faulty.
func testStreams(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	const lines, faulty = 20_000, 7_000
	body := strings.Builder{}
	for n := 1; n <= lines; n++ {
		if n == faulty {
			body.WriteString("{}\n")
			continue
		}
		fmt.Fprintf(&body, `{"name":"item %d"}`+"\n", n)
	}
	got := c.do(http.MethodPost, "/api/items", body.String(), "Content-Type", ndjson)
	got.wantStatus(t, http.StatusOK)
	got.wantHeader(t, "Content-Type", ndjson)
	names := c.export()
	n := 0
	for line := range strings.Lines(got.body) {
		if n++; n > lines {
			if want := fmt.Sprintf(`{"done":true,"lines":%d,"durable":%d,"failed":1}`+"\n", lines, lines-1); line != want {
				t.Fatalf("%s, want %s", line, want)
			}
			continue
		}
		var r result
		if err := json.Unmarshal([]byte(line), &r); err != nil || r.Line != n {
			t.Fatalf("line %d: %s, %v", n, line, err)
		}
		if n == faulty {
			if r.Status != http.StatusUnprocessableEntity || !strings.Contains(line, `"pointer":"/name"`) {
				t.Errorf("a faulty line: %s", line)
			}
			continue
		}
		if r.Status != http.StatusCreated || names[r.ID] != fmt.Sprint("item ", n) {
			t.Fatalf("%s, and item %d is %q", line, r.ID, names[r.ID])
		}
	}
	if n != lines+1 || len(names) != lines-1 {
		t.Errorf("%d results, %d items; want %d, %d", n, len(names), lines+1, lines-1)
	}

	head := c.do(http.MethodHead, "/api/items", "", "Accept", ndjson)
	head.wantStatus(t, http.StatusOK)
	head.wantHeader(t, "Content-Type", ndjson)
	part := c.get("/api/items?q=ITEM+19&limit=3", "Accept", ndjson)
	if lines := strings.Count(part.body, "\n"); lines != 3 || !strings.Contains(part.body, `"item 19"`) {
		t.Errorf("a part: %s", part.body)
	}
	c.get("/api/items", "Accept", "*/*").wantHeader(t, "Content-Type", "application/json")
	refused := c.do(http.MethodPost, "/api/items", `{"name":"x"}`, "Content-Type", ndjson, "Idempotency-Key", "a")
	refused.wantProblem(t, http.StatusBadRequest)
}

// testBrokenImport holds that each line whose result was sent is an item afterwards,
// whoever ends an import.
func testBrokenImport(t *testing.T, service Service) {
	instance := service.Start(t)
	acknowledged := make(map[int64]string)

	ctx, goAway := context.WithCancel(t.Context())
	newClient(t, instance).readImport(ctx, acknowledged, goAway)
	c := newClient(t, instance)
	c.wantAcknowledged(acknowledged)

	newClient(t, instance).readImport(t.Context(), acknowledged, func() { instance.Signal(syscall.SIGKILL) })
	instance.Wait()
	c = newClient(t, service.Start(t))
	c.wantAcknowledged(acknowledged)
}

func (c client) wantAcknowledged(acknowledged map[int64]string) {
	c.t.Helper()
	names := c.export()
	for id, name := range acknowledged {
		if names[id] != name {
			c.t.Fatalf("item %d is %q, and was acknowledged as %q", id, names[id], name)
		}
	}
}

// readImport imports lines without an end. It ends the import after 2,000 results, and
// notes the names of all lines whose results came, by the ids of their items.
func (c client) readImport(ctx context.Context, acknowledged map[int64]string, end func()) {
	c.t.Helper()
	body, send := io.Pipe()
	go func() {
		for n := 1; ; n++ {
			if _, err := fmt.Fprintf(send, `{"name":"item %d"}`+"\n", n); err != nil {
				return
			}
		}
	}()
	defer body.Close()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+"/api/items", body)
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", ndjson)
	response, err := c.http.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	results := bufio.NewReader(response.Body)
	for n := 1; ; n++ {
		line, err := results.ReadString('\n')
		if err != nil {
			if n <= 2000 {
				c.t.Fatalf("%v after %d results", err, n-1)
			}
			return
		}
		var r result
		if err := json.Unmarshal([]byte(line), &r); err != nil || r.Line != n || r.Status != http.StatusCreated {
			c.t.Fatalf("line %d: %s, %v", n, line, err)
		}
		acknowledged[r.ID] = fmt.Sprint("item ", n)
		if n == 2000 {
			end()
		}
	}
}
