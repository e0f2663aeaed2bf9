package process

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"sync/atomic"
	"testing"
	"time"
)

const (
	// million is how many items BenchmarkMillion takes in and out.
	million = 1_000_000
	// maxResident is the most memory in bytes that the server may have resident at
	// any time meanwhile, its mapped pages of the database included: 64 MB.
	maxResident = 64_000_000
)

// BenchmarkMillion imports a million items by one request and exports them by
// another. Its memory is bounded, and more is a failure: run it with -benchtime=1x.
func BenchmarkMillion(b *testing.B) {
	for b.Loop() {
		dir := b.TempDir()
		p := start(b, environment(dir))
		url := p.URL() + "/api/items"
		anonymous := watchAnonymous(p.cmd.Process.Pid)

		begin := time.Now()
		in := importLines(b, url, million)
		b.ReportMetric(million/time.Since(begin).Seconds(), "items/s-in")
		b.ReportMetric(float64(residentPeak(b, p.cmd.Process.Pid))/1e6, "peak-MB-in")
		begin = time.Now()
		out := exportLines(b, url, million)
		b.ReportMetric(million/time.Since(begin).Seconds(), "items/s-out")

		info, err := os.Stat(filepath.Join(dir, "items.db"))
		if err != nil {
			b.Fatal(err)
		}
		resident := residentPeak(b, p.cmd.Process.Pid)
		b.ReportMetric(float64(in)/1e6, "MB-in")
		b.ReportMetric(float64(out)/1e6, "MB-out")
		b.ReportMetric(float64(info.Size())/1e6, "MB-file")
		b.ReportMetric(float64(resident)/1e6, "peak-MB")
		private := anonymous()
		b.ReportMetric(float64(private)/1e6, "peak-MB-anonymous")
		if resident >= maxResident {
			b.Fatalf("the server had %d bytes resident, %d of them no pages of files; want less than %d", resident, private, maxResident)
		}
	}
}

// importLines sends n items, while it reads what became of them. It returns how many
// bytes it sent.
func importLines(b testing.TB, url string, n int) (sent int64) {
	b.Helper()
	var size atomic.Int64
	body, send := io.Pipe()
	go func() {
		w := bufio.NewWriterSize(send, 64<<10)
		for i := range n {
			length, _ := fmt.Fprintf(w, `{"name":"item %d","description":"one of a million, with a text that is as long as most"}`+"\n", i)
			size.Add(int64(length))
		}
		send.CloseWithError(w.Flush())
	}()
	response, err := http.Post(url, "application/x-ndjson", body)
	if err != nil {
		b.Fatal(err)
	}
	last := lastLine(b, response, n+1)
	if want := fmt.Sprintf(`{"done":true,"lines":%d,"durable":%[1]d,"failed":0}`, n); last != want {
		b.Fatalf("%s, want %s", last, want)
	}
	return size.Load()
}

// exportLines reads n items and returns how many bytes they have.
func exportLines(b *testing.B, url string, n int) int64 {
	b.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Accept", "application/x-ndjson")
	request.Header.Set("Accept-Encoding", "identity")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	counted := &counter{ReadCloser: response.Body}
	response.Body = counted
	lastLine(b, response, n)
	return counted.bytes
}

// counter counts the bytes of a body.
type counter struct {
	io.ReadCloser
	bytes int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.bytes += int64(n)
	return n, err
}

// lastLine reads a response of n lines and returns the last of them.
func lastLine(b testing.TB, response *http.Response, n int) (last string) {
	b.Helper()
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		b.Fatal(response.Status)
	}
	scanner := bufio.NewScanner(response.Body)
	lines := 0
	for scanner.Scan() {
		if lines++; lines == n {
			last = scanner.Text()
		}
	}
	if err := scanner.Err(); err != nil || lines != n {
		b.Fatalf("%d lines, %v; want %d", lines, err, n)
	}
	return last
}

// watchAnonymous looks at the memory of a process every few milliseconds. It returns a
// function that ends that and returns the most bytes that were no pages of files.
func watchAnonymous(pid int) func() int64 {
	done := make(chan struct{})
	peak := make(chan int64)
	go func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for most := int64(0); ; most = max(most, memory(pid, "RssAnon")) {
			select {
			case <-tick.C:
			case <-done:
				peak <- most
				return
			}
		}
	}()
	return func() int64 {
		close(done)
		return <-peak
	}
}

// residentPeak returns the most bytes of memory that a process had at any time.
func residentPeak(b *testing.B, pid int) int64 {
	b.Helper()
	peak := memory(pid, "VmHWM")
	if peak == 0 {
		b.Fatal("the system does not tell the memory of processes")
	}
	return peak
}

// memory returns a figure of a process in bytes, or 0 where there is none:
// https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
func memory(pid int, field string) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	match := regexp.MustCompile(`(?m)^` + field + `:\s*(\d+) kB$`).FindSubmatch(bytes.TrimSpace(status))
	if match == nil {
		return 0
	}
	kilobytes, err := strconv.ParseInt(string(match[1]), 10, 64)
	if err != nil {
		return 0
	}
	return kilobytes << 10
}
