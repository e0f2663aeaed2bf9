package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/server/route"
)

func TestCreate(t *testing.T) {
	s := newService(t)
	resp := s.do(t, "POST", "/api/items", `{"name":"a","description":"b\n\ud834\udd1e"}`,
		"Content-Type: application/json; charset=UTF-8")
	if resp.StatusCode != http.StatusCreated {
		t.Fatal(resp.Status)
	}
	created := decode[items.Item](t, resp)
	if created.Name != "a" || created.Description != "b\n𝄞" || created.Version != 1 {
		t.Errorf("created %+v", created)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/json",
		"Location":     fmt.Sprint("/api/items/", created.ID),
		"Etag":         `"1"`,
	} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	got := s.do(t, "GET", resp.Header.Get("Location"), "")
	if item := decode[items.Item](t, got); item != created {
		t.Errorf("at its location is %+v, created %+v", item, created)
	}
}

// TestCreateRefuses sends bodies that must be refused and change nothing.
func TestCreateRefuses(t *testing.T) {
	s := newService(t)
	large := `{"name":"` + strings.Repeat("x", maxBody) + `"}`
	many := `{"name":"x"` + strings.Repeat(`,"more":1`, 100) + `}`
	for _, tt := range []struct {
		about, body string
		status      int
		places      []string
	}{
		{"no body", "", 400, []string{""}},
		{"white space", " \n", 400, []string{""}},
		{"cut off", `{"name":"x"`, 400, []string{""}},
		{"two values", `{"name":"x"} {}`, 400, []string{""}},
		{"not JSON", `name=x`, 400, []string{""}},
		{"invalid UTF-8", "{\"name\":\"\xff\"}", 400, []string{""}},
		{"byte order mark", "\ufeff{\"name\":\"x\"}", 400, []string{""}},
		{"control character", "{\"name\":\"a\nb\"}", 400, []string{""}},
		{"too large", large, 413, nil},
		{"array", `[{"name":"x"}]`, 422, []string{""}},
		{"null", `null`, 422, []string{""}},
		{"no name", `{}`, 422, []string{"/name"}},
		{"name of null", `{"name":null}`, 422, []string{"/name"}},
		{"empty name", `{"name":""}`, 422, []string{"/name"}},
		{"wrong types", `{"name":1,"description":{}}`, 422, []string{"/name", "/description"}},
		{"other case", `{"Name":"x"}`, 422, []string{"/Name", "/name"}},
		{"unknown fields", `{"name":"x","id":1,"a/b~c":2}`, 422, []string{"/id", "/a~1b~0c"}},
		{"field twice", `{"name":"x","name":"y"}`, 422, []string{"/name"}},
		{"first half of a surrogate pair", `{"name":"\ud834"}`, 422, []string{"/name"}},
		{"second half of a surrogate pair", `{"name":"\udd1e\ud834"}`, 422, []string{"/name"}},
		{"half a pair before an escape", `{"name":"\ud834\n\udd1e"}`, 422, []string{"/name"}},
		{"half a pair behind an escape", `{"name":"\\ufffd\ud834"}`, 422, []string{"/name"}},
		{"escaped control character", `{"name":"\u0000"}`, 422, []string{"/name"}},
		{"long", `{"name":"` + strings.Repeat("é", 201) + `","description":"` + strings.Repeat("é", 4001) + `"}`,
			422, []string{"/name", "/description"}},
		{"many faults", many, 422, strings.Fields(strings.Repeat("/more ", maxFaults))},
	} {
		t.Run(tt.about, func(t *testing.T) {
			wantProblem(t, s.post(t, tt.body), tt.status, tt.places...)
		})
	}
	if page, err := s.store.List(t.Context(), items.Query{Limit: 1}); err != nil || len(page.Items) != 0 {
		t.Errorf("the store holds %v, %v", page, err)
	}
}

// TestPointerAllocatesItsText lets a fault cost little, since a line of an import may
// have 32 in 200 bytes.
func TestPointerAllocatesItsText(t *testing.T) {
	field := strings.Repeat("field", 20)
	if got := testing.AllocsPerRun(100, func() { pointer(field) }); got > 1 {
		t.Errorf("%v allocations", got)
	}
}

func TestCreateRefusesMediaTypes(t *testing.T) {
	s := newService(t)
	for _, headers := range [][]string{
		nil,
		{"Content-Type: text/plain"},
		{"Content-Type: application/x-www-form-urlencoded"},
		{"Content-Type: application/problem+json"},
		{"Content-Type: application/json; charset=latin1"},
		{"Content-Type: application/json;;"},
		{"Content-Type: application/json", "Content-Type: text/plain"},
		{"Content-Type: application/json", "Content-Encoding: gzip"},
		{"Content-Type: application/json", "Content-Encoding: identity", "Content-Encoding: gzip"},
	} {
		t.Run(fmt.Sprint(headers), func(t *testing.T) {
			wantProblem(t, s.do(t, "POST", "/api/items", `{"name":"x"}`, headers...), http.StatusUnsupportedMediaType)
		})
	}
}

// TestCreateBodyOfUnknownLength sends more than the limit without saying so.
func TestCreateBodyOfUnknownLength(t *testing.T) {
	s := newService(t)
	req := httptest.NewRequest("POST", "/api/items", strings.NewReader(strings.Repeat(" ", maxBody+1)))
	req.Header.Set("Content-Type", "application/json")
	req.ContentLength = -1
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, req)
	wantProblem(t, rec.Result(), http.StatusRequestEntityTooLarge)
}

// TestCreateSlowBody sends the beginning of a body and then nothing. Only HTTP/2 keeps
// the connection for other requests.
func TestCreateSlowBody(t *testing.T) {
	inBothProtocols(t, func(t *testing.T, serve func(items.Store, time.Duration) streaming) {
		server := serve(newService(t).store, patience)
		body, send := io.Pipe()
		defer send.Close()
		go io.WriteString(send, "{")
		req := server.request(t, "POST", itemsPath, "Content-Type: application/json")
		req.Body = body
		resp, err := server.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		wantProblem(t, resp, http.StatusRequestTimeout)
		resp.Body.Close()
		synctest.Wait() // for what the server has to say about the connection
		reused := false
		trace := &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) { reused = got.Reused }}
		req = server.request(t, "GET", itemsPath)
		again, err := server.client.Do(req.WithContext(httptrace.WithClientTrace(t.Context(), trace)))
		if err != nil {
			t.Fatal(err)
		}
		again.Body.Close()
		if two := resp.ProtoMajor == 2; resp.Close == two || reused != two {
			t.Errorf("%s: close: %t, reused: %t", resp.Proto, resp.Close, reused)
		}
	})
}

// unreadable is a body that must not be read.
type unreadable struct{ t *testing.T }

func (u unreadable) Read([]byte) (int, error) {
	u.t.Error("the body is read")
	return 0, io.EOF
}

func TestCreateRefusesALargeBodyUnread(t *testing.T) {
	s := newService(t)
	req := httptest.NewRequest("POST", "/api/items", unreadable{t})
	req.Header.Set("Content-Type", "application/json")
	req.ContentLength = maxBody + 1
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, req)
	wantProblem(t, rec.Result(), http.StatusRequestEntityTooLarge)
}

// failing is a store whose writes fail with err, for the errors that can't be
// had of a real one at will.
type failing struct {
	items.Store
	err error
}

func (f failing) Create(context.Context, items.Draft) (items.Item, error) {
	return items.Item{}, f.err
}

// TestStoreErrors checks what a client hears of an error: whether something may have
// been stored, when to try again, and nothing of the cause, which the operator hears.
func TestStoreErrors(t *testing.T) {
	for _, tt := range []struct {
		err    error
		status int
		says   string
		logged bool
	}{
		{items.ErrClosed, 503, "Nothing was changed; try again.", false},
		{context.DeadlineExceeded, 503, "Nothing was changed; try again.", false},
		{fmt.Errorf("%w: secret cause", items.ErrUnavailable), 503, "can't be reached now. Nothing was changed; try again.", true},
		{fmt.Errorf("%w: secret cause", items.ErrFull), 507, "Nothing was changed.", true},
		{errors.New("secret cause"), 500, "may or may not have been made: a POST is safe to send again only with the Idempotency-Key", true},
	} {
		var log strings.Builder
		s := service{handler: route.New(Routes(failing{err: tt.err}, slog.New(slog.NewTextHandler(&log, nil)), Options{}))}
		resp := s.post(t, `{"name":"x"}`)
		if got := resp.Header.Get("Retry-After"); (got != "") != (tt.status == 503) {
			t.Errorf("%v: Retry-After: %q", tt.err, got)
		}
		if resp.StatusCode != tt.status || resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%v: %s of %s, want a problem of status %d", tt.err, resp.Status, resp.Header.Get("Content-Type"), tt.status)
		}
		if p := decode[problemBody](t, resp); !strings.Contains(p.Detail, tt.says) || strings.Contains(p.Detail, "secret") || p.Status != tt.status {
			t.Errorf("%v: problem %+v, want one that says %q", tt.err, p, tt.says)
		}
		if strings.Contains(log.String(), "secret cause") != tt.logged {
			t.Errorf("%v: logged: %s", tt.err, &log)
		}
	}
}

// FuzzReadDraft checks that a body is either refused with a reason, or holds what
// encoding/json reads in it, and that a text it can't hold is not taken.
func FuzzReadDraft(f *testing.F) {
	for _, seed := range []string{
		`{"name":"x","description":"y"}`, `{"name":"\ufffd\ud834\udd1e"}`, `{"name":"\\ufffd\ud834"}`,
		`{"name":1,"name":"x"}`, `{"a":{"b":[1,2]}}`, `[`, `null`, "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		req := httptest.NewRequest("POST", "/api/items", strings.NewReader(body))
		req.Header.Set("Content-Type", "application/json")
		draft, err := readDraft(httptest.NewRecorder(), req)
		if err != nil {
			p := problemOf(err)
			if p.Status < 400 || p.Status > 422 || p.Detail == "" {
				t.Errorf("%q: problem %+v", body, p)
			}
			return
		}
		if err := draft.Validate(); err != nil {
			t.Errorf("%q was read as %+v: %v", body, draft, err)
		}
		var want items.Draft
		if err := json.Unmarshal([]byte(body), &want); err != nil || draft != want {
			t.Errorf("%q was read as %+v, want %+v, %v", body, draft, want, err)
		}
		// Text that was sent with a replacement character has no other.
		sent := strings.Count(body, "\uFFFD") + strings.Count(strings.ToLower(body), `\ufffd`)
		if got := strings.Count(draft.Name+draft.Description, "\uFFFD"); got > sent {
			t.Errorf("%q was read as %+v, with %d replacement characters of %d", body, draft, got, sent)
		}
	})
}
