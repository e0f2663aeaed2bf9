package api

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/multistage/items"
)

const acceptNDJSON = "Accept: application/x-ndjson"

// fill stores n items, half of them with "even" in the name, and returns their lines.
func (s service) fill(t *testing.T, n int) (lines []string) {
	t.Helper()
	drafts := make([]items.Draft, n)
	for i := range drafts {
		drafts[i].Name = fmt.Sprint([]string{"even ", "odd "}[i%2], i)
	}
	created, err := s.store.CreateBatch(t.Context(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range created {
		lines = append(lines, string(item.AppendJSON(nil))+"\n")
	}
	return lines
}

func TestExport(t *testing.T) {
	s := newService(t)
	lines := s.fill(t, 2*exportPage+1)
	var even []string
	for i := 0; i < len(lines); i += 2 {
		even = append(even, lines[i])
	}
	server := serve(t, s.store, patience)
	for query, want := range map[string][]string{
		"":                            lines,
		"?limit=7":                    lines[:7],
		"?limit=501":                  lines[:501],
		"?limit=500":                  lines[:500],
		"?after=" + formatCursor(900): lines[900:],
		"?q=EVEN":                     even,
		"?q=even&limit=3&after=" + formatCursor(1): even[1:4],
		"?q=neither": nil,
	} {
		resp, err := server.client.Do(server.request(t, "GET", "/api/items"+query, acceptNDJSON))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK || string(body) != strings.Join(want, "") {
			t.Errorf("%q: %s, %v, %d lines, want %d", query, resp.Status, err, strings.Count(string(body), "\n"), len(want))
		}
		for name, want := range map[string]string{"Content-Type": "application/x-ndjson", "Vary": "Accept", "ETag": "", "Link": ""} {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%q: %s: %q, want %q", query, name, got, want)
			}
		}
	}
}

func TestExportRefuses(t *testing.T) {
	s := newService(t)
	for _, query := range []string{"limit=0", "limit=1001", "after=1", "q="} {
		parameter, _, _ := strings.Cut(query, "=")
		wantProblem(t, s.do(t, "GET", "/api/items?"+query, "", acceptNDJSON), http.StatusBadRequest, parameter)
	}
}

// broken is a real store of which List fails after the given number of pages.
type broken struct {
	items.Store
	pages int
}

func (b *broken) List(ctx context.Context, q items.Query) (items.Page, error) {
	if b.pages == 0 {
		return items.Page{}, errors.New("secret cause")
	}
	b.pages--
	return b.Store.List(ctx, q)
}

// TestExportHead holds that no item is read for a header.
func TestExportHead(t *testing.T) {
	server := serve(t, &broken{}, patience)
	resp, err := server.client.Do(server.request(t, "HEAD", "/api/items", acceptNDJSON))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "application/x-ndjson" {
		t.Errorf("%s %v", resp.Status, resp.Header)
	}
}

func TestExportFails(t *testing.T) {
	inBothProtocols(t, func(t *testing.T, serve func(items.Store, time.Duration) streaming) {
		s := newService(t)
		lines := s.fill(t, 2*exportPage)
		for pages, want := range []int{0, exportPage} {
			server := serve(&broken{s.store, pages}, patience)
			resp, err := server.client.Do(server.request(t, "GET", "/api/items", acceptNDJSON))
			if err != nil {
				t.Fatal(err)
			}
			if pages == 0 {
				wantProblem(t, resp, http.StatusInternalServerError)
			} else if body, err := io.ReadAll(resp.Body); err == nil || string(body) != strings.Join(lines[:want], "") {
				t.Errorf("%d lines, %v; want %d and a response that is cut off", strings.Count(string(body), "\n"), err, want)
			}
			resp.Body.Close()
			if log := server.logged(); strings.Count(log, "secret cause") != 1 {
				t.Errorf("log: %s", log)
			}
		}
	})
}

// TestExportIsNotLimitedAsAWhole takes longer than any request may.
func TestExportIsNotLimitedAsAWhole(t *testing.T) {
	inBothProtocols(t, func(t *testing.T, serve func(items.Store, time.Duration) streaming) {
		s := newService(t)
		want := strings.Join(s.fill(t, exportPage+1), "")
		server := serve(slow{s.store}, patience)
		resp, err := server.client.Do(server.request(t, "GET", "/api/items", acceptNDJSON))
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if got, err := io.ReadAll(resp.Body); err != nil || string(got) != want {
			t.Errorf("%d bytes, %v; want %d", len(got), err, len(want))
		}
	})
}

// endless is a store whose list has no end.
type endless struct{ items.Store }

func (e endless) List(ctx context.Context, q items.Query) (page items.Page, err error) {
	for i := range exportPage {
		page.Items = append(page.Items, items.New(int64(i), items.Draft{Name: strings.Repeat("x", 200)}, time.Now()))
	}
	page.Next = 1
	return page, ctx.Err()
}

// TestExportEnds reads the beginning of an export, and then stops to read, or goes
// away: the operation ends, which the shutdown of the server waits for.
func TestExportEnds(t *testing.T) {
	inBothProtocols(t, func(t *testing.T, serve func(items.Store, time.Duration) streaming) {
		for _, goes := range []bool{true, false} {
			server := serve(endless{}, patience)
			ctx, cancel := context.WithCancel(t.Context())
			resp, err := server.client.Do(server.request(t, "GET", "/api/items", acceptNDJSON).WithContext(ctx))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := bufio.NewReader(resp.Body).ReadString('\n'); err != nil {
				t.Fatal(err)
			}
			if goes {
				cancel()
			}
			if err := server.Config.Shutdown(t.Context()); err != nil {
				t.Error(err)
			}
			cancel()
			resp.Body.Close()
		}
	})
}
