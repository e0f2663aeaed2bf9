package api

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/multistage/items"
)

const ndjsonType = "Content-Type: application/x-ndjson"

// importing is an import whose lines are sent while its results are read.
type importing struct {
	t       *testing.T
	send    *io.PipeWriter
	results *bufio.Reader
	resp    chan *http.Response
}

// startImport begins an import.
func (s streaming) startImport(t *testing.T, ctx context.Context) *importing {
	t.Helper()
	body, send := io.Pipe()
	t.Cleanup(func() { send.Close() })
	req := s.request(t, "POST", itemsPath, ndjsonType).WithContext(ctx)
	req.Body = body
	i := &importing{t, send, nil, make(chan *http.Response, 1)}
	go func() {
		resp, err := s.client.Do(req)
		if err != nil && ctx.Err() == nil {
			t.Error(err)
		}
		i.resp <- resp
	}()
	return i
}

// line sends text.
func (i *importing) line(text string) {
	i.t.Helper()
	if _, err := io.WriteString(i.send, text); err != nil {
		i.t.Fatal(err)
	}
}

// want reads the next result.
func (i *importing) want(result string) {
	i.t.Helper()
	if i.results == nil {
		resp := <-i.resp
		if resp == nil {
			i.t.FailNow()
		}
		if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "application/x-ndjson" {
			i.t.Fatalf("%s %v", resp.Status, resp.Header)
		}
		i.t.Cleanup(func() { resp.Body.Close() })
		i.results = bufio.NewReader(resp.Body)
	}
	if got, err := i.results.ReadString('\n'); err != nil || got != result+"\n" {
		i.t.Fatalf("%s, %v; want %s", got, err, result)
	}
}

// wantEnd checks that no results are left.
func (i *importing) wantEnd() {
	i.t.Helper()
	if rest, err := io.ReadAll(i.results); err != nil || len(rest) != 0 {
		i.t.Errorf("after the last line: %s, %v", rest, err)
	}
}

// TestImport checks every kind of line.
func TestImport(t *testing.T) {
	long := `{"name":"x","description":"` + strings.Repeat("y", maxLine) + `"}`
	widest := `{"name":"z"` + strings.Repeat(" ", maxLine-len(`{"name":"z"}`)) + `}`
	for _, tt := range []struct {
		about, body, want string
		names             []string
	}{
		{"nothing", "", `{"done":true,"lines":0,"durable":0,"failed":0}`, nil},
		{"blank lines", "\n \t\r\n\n", `{"done":true,"lines":3,"durable":0,"failed":0}`, nil},
		{"no end of the last line", "{\"name\":\"a\"}\n\n{\"name\":\"b\"}",
			`{"line":1,"status":201,"id":1}
{"line":3,"status":201,"id":2}
{"done":true,"lines":3,"durable":2,"failed":0}`, []string{"a", "b"}},
		{"CRLF", "{\"name\":\"a\"}\r\n\r\n{\"name\":\"b\"}\r\n",
			`{"line":1,"status":201,"id":1}
{"line":3,"status":201,"id":2}
{"done":true,"lines":3,"durable":2,"failed":0}`, []string{"a", "b"}},
		{"faults between", "{\"name\":\"a\"}\nname\n[]\n{\"name\":\"\",\"<\":1}\n{\"name\":\"\\ud834\"}\n{\"name\":\"b\"}\n",
			`{"line":1,"status":201,"id":1}
{"line":2,"status":400,"detail":"The line is not valid JSON: invalid character 'a' in literal null (expecting 'u') at byte 2.","errors":[{"pointer":"","detail":"is not valid JSON: invalid character 'a' in literal null (expecting 'u') at byte 2"}]}
{"line":3,"status":422,"detail":"The item is not valid. Nothing was stored.","errors":[{"pointer":"","detail":"must be an object"}]}
{"line":4,"status":422,"detail":"The item is not valid. Nothing was stored.","errors":[{"pointer":"/\u003c","detail":"is not one of the fields name and description"},{"pointer":"/name","detail":"must not be empty"}]}
{"line":5,"status":422,"detail":"The item is not valid. Nothing was stored.","errors":[{"pointer":"/name","detail":"must not contain half of a surrogate pair"}]}
{"line":6,"status":201,"id":2}
{"done":true,"lines":6,"durable":2,"failed":4}`, []string{"a", "b"}},
		{"a long line", long + "\n{\"name\":\"b\"}\n" + strings.Repeat(long, 5),
			`{"line":1,"status":413,"detail":"The line must have at most 65536 bytes."}
{"line":2,"status":201,"id":1}
{"line":3,"status":413,"detail":"The line must have at most 65536 bytes."}
{"done":true,"lines":3,"durable":1,"failed":2}`, []string{"b"}},
		{"the longest lines", widest + "\r\n" + widest + " \n" + widest,
			`{"line":1,"status":201,"id":1}
{"line":2,"status":413,"detail":"The line must have at most 65536 bytes."}
{"line":3,"status":201,"id":2}
{"done":true,"lines":3,"durable":2,"failed":1}`, []string{"z", "z"}},
		{"byte order mark", "\ufeff{\"name\":\"a\"}\n{\"name\":\"b\"}\n",
			`{"line":1,"status":400,"detail":"The line begins with a byte order mark, which JSON has not.","errors":[{"pointer":"","detail":"begins with a byte order mark, which JSON has not"}]}
{"line":2,"status":201,"id":1}
{"done":true,"lines":2,"durable":1,"failed":1}`, []string{"b"}},
	} {
		t.Run(tt.about, func(t *testing.T) {
			s := newService(t)
			server := serve(t, s.store, patience)
			req := server.request(t, "POST", itemsPath, ndjsonType)
			req.Body = io.NopCloser(strings.NewReader(tt.body))
			resp, err := server.client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if got, err := io.ReadAll(resp.Body); err != nil || string(got) != tt.want+"\n" {
				t.Errorf("%v\n%s\nwant\n%s", err, got, tt.want)
			}
			page, err := s.store.List(t.Context(), items.Query{Limit: 10})
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, item := range page.Items {
				names = append(names, item.Name)
			}
			if strings.Join(names, " ") != strings.Join(tt.names, " ") {
				t.Errorf("stored %q, want %q", names, tt.names)
			}
		})
	}
}

func TestImportRefuses(t *testing.T) {
	s := newService(t)
	for _, tt := range []struct {
		header string
		status int
	}{
		{"Idempotency-Key: a", 400},
		{"Idempotency-Key: ", 400},
		{"Content-Encoding: gzip", 415},
		{"Content-Type: text/plain", 415},
	} {
		wantProblem(t, s.do(t, "POST", itemsPath, `{"name":"x"}`, ndjsonType, tt.header), tt.status)
	}
	if n := s.count(t); n != 0 {
		t.Errorf("%d items", n)
	}
}

// TestImportIsFullDuplex reads each result before it sends the next line, for longer
// than the server's own limits. The item is there when its result is.
func TestImportIsFullDuplex(t *testing.T) {
	inBothProtocols(t, func(t *testing.T, serve func(items.Store, time.Duration) streaming) {
		s := newService(t)
		server := serve(slow{s.store}, patience)
		i := server.startImport(t, t.Context())
		for n := range 2 {
			i.line(`{"name":"x"}` + "\n")
			i.want(fmt.Sprintf(`{"line":%d,"status":201,"id":%d}`, n+1, n+1))
			if got := s.count(t); got != n+1 {
				t.Errorf("%d items after %d results", got, n+1)
			}
		}
		i.line(`{"name":`) // a line may come in parts
		i.line(`"x"}`)
		i.send.Close()
		i.want(`{"line":3,"status":201,"id":3}`)
		i.want(`{"done":true,"lines":3,"durable":3,"failed":0}`)
		i.wantEnd()
	})
}

// counting is a real store that notes the sizes of batches.
type counting struct {
	items.Store
	sizes []int
}

func (c *counting) CreateBatch(ctx context.Context, drafts []items.Draft) ([]items.Item, error) {
	c.sizes = append(c.sizes, len(drafts))
	return c.Store.CreateBatch(ctx, drafts)
}

// TestImportBatches sends many lines at once: no batch has more than maxBatch lines,
// and most have many.
func TestImportBatches(t *testing.T) {
	const n = 20_500
	s := newService(t)
	store := &counting{Store: s.store}
	server := serve(t, store, patience)
	req := server.request(t, "POST", itemsPath, ndjsonType)
	req.Body = io.NopCloser(strings.NewReader(strings.Repeat("{\"name\":\"x\"}\n", n)))
	resp, err := server.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	scanner := bufio.NewScanner(resp.Body)
	line := 0
	for scanner.Scan() {
		line++
		want := fmt.Sprintf(`{"line":%d,"status":201,"id":%d}`, line, line)
		if line > n {
			want = fmt.Sprintf(`{"done":true,"lines":%d,"durable":%d,"failed":0}`, n, n)
		}
		if scanner.Text() != want {
			t.Fatalf("%s, want %s", scanner.Text(), want)
		}
	}
	if err := scanner.Err(); err != nil || line != n+1 {
		t.Errorf("%d lines, %v", line, err)
	}
	for _, size := range store.sizes {
		if size > maxBatch {
			t.Errorf("a batch of %d", size)
		}
	}
	if len(store.sizes) > n/100 {
		t.Errorf("%d batches of %d lines", len(store.sizes), n)
	}
}

// TestImportFailuresEndBatches sends lines whose results are far longer than they
// are, between good ones: what a batch holds of them is bounded too.
func TestImportFailuresEndBatches(t *testing.T) {
	const n = 1000
	s := newService(t)
	store := &counting{Store: s.store}
	server := serve(t, store, patience)
	faulty := "{" + strings.Repeat(`"":1,`, maxFaults-1) + `"":1}`
	req := server.request(t, "POST", itemsPath, ndjsonType)
	req.Body = io.NopCloser(strings.NewReader(strings.Repeat("{\"name\":\"x\"}\n"+faulty+"\n", n)))
	resp, err := server.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	results := bufio.NewReader(resp.Body)
	for i := range n {
		good, _ := results.ReadString('\n')
		if want := fmt.Sprintf(`{"line":%d,"status":201,"id":%d}`+"\n", 2*i+1, i+1); good != want {
			t.Fatalf("%s, want %s", good, want)
		}
		bad, err := results.ReadString('\n')
		if want := fmt.Sprintf(`{"line":%d,"status":422,`, 2*i+2); err != nil || !strings.HasPrefix(bad, want) {
			t.Fatalf("%s, %v, want %s", bad, err, want)
		}
		if i == 0 && maxFailures/len(bad) > 200 {
			t.Fatalf("a failure of %d bytes is too short to end a batch", len(bad))
		}
	}
	for _, size := range store.sizes {
		if size > 200 {
			t.Errorf("a batch with %d good lines", size)
		}
	}
}

// failingAfter is a real store whose batches fail with err after some.
type failingAfter struct {
	items.Store
	batches int
	err     error
}

func (f *failingAfter) CreateBatch(ctx context.Context, drafts []items.Draft) ([]items.Item, error) {
	if f.batches == 0 {
		return nil, f.err
	}
	f.batches--
	return f.Store.CreateBatch(ctx, drafts)
}

// TestImportStops lets the store fail in the middle: the client hears how far the
// import got, and why it went no further.
func TestImportStops(t *testing.T) {
	inBothProtocols(t, func(t *testing.T, serve func(items.Store, time.Duration) streaming) {
		for _, tt := range []struct {
			err    error
			status int
			logged bool
		}{
			{fmt.Errorf("%w: secret cause", items.ErrFull), 507, true},
			{errors.New("secret cause"), 500, true},
			{fmt.Errorf("%w: secret cause", items.ErrUnavailable), 503, true},
			{items.ErrClosed, 503, false},
		} {
			s := newService(t)
			server := serve(&failingAfter{s.store, 2, tt.err}, patience)
			i := server.startImport(t, t.Context())
			i.line("{\"name\":\"x\"}\n")
			i.want(`{"line":1,"status":201,"id":1}`)
			i.line("\n{\"name\":\"\"}\n")
			i.want(`{"line":3,"status":422,"detail":"The item is not valid. Nothing was stored.","errors":[{"pointer":"/name","detail":"must not be empty"}]}`)
			i.line("{\"name\":\"y\"}\n")
			i.want(`{"line":4,"status":201,"id":2}`)
			i.line("{\"name\":\"z\"}\n")
			detail := problemOf(tt.err).Detail
			i.want(fmt.Sprintf(`{"done":false,"lines":4,"durable":2,"failed":1,"status":%d,"detail":%q}`, tt.status, detail))
			i.wantEnd()
			i.send.Close()
			if n := s.count(t); n != 2 {
				t.Errorf("%d items, want 2", n)
			}
			if log := server.logged(); strings.Contains(log, "secret cause") != tt.logged {
				t.Errorf("log: %s", log)
			}
		}
	})
}

// TestImportSlowLine sends the beginning of a line and then nothing.
func TestImportSlowLine(t *testing.T) {
	inBothProtocols(t, func(t *testing.T, serve func(items.Store, time.Duration) streaming) {
		s := newService(t)
		server := serve(s.store, patience)
		i := server.startImport(t, t.Context())
		i.line("{\"name\":\"x\"}\n")
		i.want(`{"line":1,"status":201,"id":1}`)
		i.line(`{"name":"y"`)
		i.want(`{"done":false,"lines":1,"durable":1,"failed":0,"status":408,"detail":"The next line that is not blank took longer than 30s to arrive."}`)
		i.wantEnd()
		i.send.Close()
		if n := s.count(t); n != 1 {
			t.Errorf("%d items, want 1", n)
		}
	})
}

// TestImportSlowClient sends a line, in parts and after blank ones, whenever the
// patience is nearly over, and then blank ones alone.
func TestImportSlowClient(t *testing.T) {
	inBothProtocols(t, func(t *testing.T, serve func(items.Store, time.Duration) streaming) {
		server := serve(newService(t).store, patience)
		i := server.startImport(t, t.Context())
		send := func(parts ...string) {
			for _, part := range parts {
				time.Sleep(patience/3 - time.Second)
				i.line(part)
			}
		}
		for n := range 5 {
			send("\n", `{"name":`, "\"x\"}\n")
			i.want(fmt.Sprintf(`{"line":%d,"status":201,"id":%d}`, 2*n+2, n+1))
		}
		send("\n", " \t\r\n", "[]\n")
		i.want(`{"line":13,"status":422,"detail":"The item is not valid. Nothing was stored.","errors":[{"pointer":"","detail":"must be an object"}]}`)
		last := time.Now()
		send("\n", " \n", "\n")
		i.want(`{"done":false,"lines":16,"durable":5,"failed":1,"status":408,"detail":"The next line that is not blank took longer than 30s to arrive."}`)
		if took := time.Since(last); took != patience {
			t.Errorf("blank lines alone were taken for %v", took)
		}
		i.wantEnd()
		i.send.Close()
	})
}

// TestImportClientGoes cuts the connection in a line: what the log says is durable is
// what the store holds, and a line that was cut is not taken.
func TestImportClientGoes(t *testing.T) {
	inBothProtocols(t, func(t *testing.T, serve func(items.Store, time.Duration) streaming) {
		s := newService(t)
		server := serve(s.store, patience)
		ctx, cancel := context.WithCancel(t.Context())
		i := server.startImport(t, ctx)
		i.line(strings.Repeat("{\"name\":\"x\"}\n", 10))
		i.want(`{"line":1,"status":201,"id":1}`)
		i.line("{}\n")
		for n := 2; n <= 10; n++ {
			i.want(fmt.Sprintf(`{"line":%d,"status":201,"id":%d}`, n, n))
		}
		i.want(`{"line":11,"status":422,"detail":"The item is not valid. Nothing was stored.","errors":[{"pointer":"/name","detail":"must not be empty"}]}`)
		i.line(`{"name":"cut"}`)
		cancel()
		i.send.CloseWithError(errors.New("the client is gone"))
		log := server.logged()
		if strings.Count(log, "\n") != 1 || !strings.Contains(log, `msg="an import was cut off"`) ||
			!strings.Contains(log, "lines=11 durable=10 failed=1") {
			t.Errorf("log: %s", log)
		}
		if n := s.count(t); n != 10 {
			t.Errorf("%d items, want 10", n)
		}
	})
}

// waiting is a store that does nothing until its caller has gone.
type waiting struct {
	items.Store
	began chan struct{}
}

func (w waiting) CreateBatch(ctx context.Context, _ []items.Draft) ([]items.Item, error) {
	close(w.began)
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestImportClientGoesAtTheEnd sends all lines and goes away before they are stored.
func TestImportClientGoesAtTheEnd(t *testing.T) {
	inBothProtocols(t, func(t *testing.T, serve func(items.Store, time.Duration) streaming) {
		store := waiting{began: make(chan struct{})}
		server := serve(store, patience)
		ctx, cancel := context.WithCancel(t.Context())
		i := server.startImport(t, ctx)
		i.line(`{"name":"x"}`)
		i.send.Close()
		<-store.began
		cancel()
		if log := server.logged(); !strings.Contains(log, `msg="an import was cut off"`) || !strings.Contains(log, "lines=0 durable=0 failed=0") {
			t.Errorf("log: %s", log)
		}
	})
}

// TestImportClientReadsNothing sends lines without reading results. The import ends,
// and the log tells how much of it is durable.
func TestImportClientReadsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newService(t)
		server := serve(t, s.store, patience)
		conn := server.connect(t)
		fmt.Fprintf(conn, "POST /api/items HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Length: %d\r\n\r\n", ndjsonType, int64(1)<<40)
		lines := []byte(strings.Repeat("{\"name\":\"x\"}\n[]\n", 10_000))
		for err := error(nil); err == nil; { // until the server ends the connection
			_, err = conn.Write(lines)
		}
		log := server.logged()
		counts := regexp.MustCompile(`durable=(\d+) failed=(\d+)`).FindStringSubmatch(log)
		if counts == nil {
			t.Fatalf("log: %s", log)
		}
		if n := s.count(t); n == 0 || counts[1] != strconv.Itoa(n) {
			t.Errorf("%d items, logged %s", n, counts[1])
		}
	})
}

// TestImportDuringShutdown ends as any other request in flight.
func TestImportDuringShutdown(t *testing.T) {
	inBothProtocols(t, func(t *testing.T, serve func(items.Store, time.Duration) streaming) {
		s := newService(t)
		server := serve(s.store, patience)
		stopping := make(chan struct{})
		server.Config.RegisterOnShutdown(func() { close(stopping) })
		i := server.startImport(t, t.Context())
		i.line("{\"name\":\"x\"}\n")
		i.want(`{"line":1,"status":201,"id":1}`)
		ended := make(chan error, 1)
		go func() { ended <- server.Config.Shutdown(t.Context()) }()
		<-stopping
		i.line("{\"name\":\"y\"}\n")
		i.want(`{"line":2,"status":201,"id":2}`)
		i.send.Close()
		i.want(`{"done":true,"lines":2,"durable":2,"failed":0}`)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// TestImportIsTheLastOfItsConnection checks that what is left of the body of an import
// that has stopped can't be taken for a request.
func TestImportIsTheLastOfItsConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn := serve(t, newService(t).store, patience).connect(t)
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Length: 1000\r\n\r\n{\"name\":\"a\"}\n", itemsPath, ndjsonType)
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || !strings.Contains(string(body), `"status":408`) || !resp.Close {
			t.Errorf("%s, %v, close: %v", body, err, resp.Close)
		}
	})
}
