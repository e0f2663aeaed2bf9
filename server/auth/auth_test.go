package auth

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The tokens of the tests.
const (
	writer      = "writer-0123456789"
	reader      = "reader-0123456789"
	otherWriter = "other-0123456789-AZaz._~+/=="
)

// write makes or replaces a file of lines.
func write(t *testing.T, path string, lines ...string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
}

// newGuard returns a guard by files of the given tokens. None of a kind means no
// file of the kind.
func newGuard(t *testing.T, writers, readers []string) *Guard {
	t.Helper()
	dir := t.TempDir()
	var writePath, readPath string
	if len(writers) > 0 {
		writePath = filepath.Join(dir, "write")
		write(t, writePath, writers...)
	}
	if len(readers) > 0 {
		readPath = filepath.Join(dir, "read")
		write(t, readPath, readers...)
	}
	g, err := New(writePath, readPath, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// ask sends a request with the given Authorization headers through a guard to a
// handler that answers 204.
func ask(t *testing.T, g *Guard, method string, authorization ...string) *http.Response {
	t.Helper()
	h := g.Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	req := httptest.NewRequestWithContext(t.Context(), method, "/api/items", unread{})
	for _, value := range authorization {
		req.Header.Add("Authorization", value)
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	return rec.Result()
}

// unread is the body of a request that nobody may read.
type unread struct{}

func (unread) Read([]byte) (int, error) { panic("the guard reads the body") }

// The challenges of RFC 6750, section 3.
const (
	bare         = `Bearer realm="items"`
	invalid      = `Bearer realm="items", error="invalid_token"`
	insufficient = `Bearer realm="items", error="insufficient_scope"`
)

// wantAnswer checks that a response is the handler's, or a problem with a
// challenge.
func wantAnswer(t *testing.T, about string, resp *http.Response, status int, challenge string) {
	t.Helper()
	if got := resp.Header.Get("WWW-Authenticate"); resp.StatusCode != status || got != challenge {
		t.Errorf("%s: %d, WWW-Authenticate: %s; want %d, %s", about, resp.StatusCode, got, status, challenge)
	}
	if status == http.StatusNoContent {
		return
	}
	var p struct {
		Status int
		Detail string
	}
	err := json.NewDecoder(resp.Body).Decode(&p)
	if err != nil || p.Status != status || p.Detail == "" || resp.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s: %+v of %q, %v", about, p, resp.Header.Get("Content-Type"), err)
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	var (
		open    = newGuard(t, nil, nil)
		writes  = newGuard(t, []string{writer, otherWriter}, nil)
		both    = newGuard(t, []string{otherWriter, writer}, []string{reader})
		twofold = newGuard(t, []string{writer}, []string{writer, reader})
	)
	for _, tt := range []struct {
		about         string
		guard         *Guard
		token         string // "" for none
		read          int
		readChallenge string
		write         int
		challenge     string
	}{
		{"no files", open, "", 204, "", 204, ""},
		{"no files", open, "unknown-0123456789", 204, "", 204, ""},
		{"writers", writes, "", 204, "", 401, bare},
		{"writers", writes, writer, 204, "", 204, ""},
		{"writers", writes, otherWriter, 204, "", 204, ""},
		{"writers", writes, reader, 204, "", 401, invalid},
		{"both", both, "", 401, bare, 401, bare},
		{"both", both, writer, 204, "", 204, ""},
		{"both", both, otherWriter, 204, "", 204, ""},
		{"both", both, reader, 204, "", 403, insufficient},
		{"both", both, "unknown-0123456789", 401, invalid, 401, invalid},
		{"a token of both", twofold, writer, 204, "", 204, ""},
		{"a token of both", twofold, reader, 204, "", 403, insufficient},
	} {
		about := tt.about + " and token " + tt.token
		var authorization []string
		if tt.token != "" {
			authorization = []string{"Bearer " + tt.token}
		}
		for _, method := range []string{"GET", "HEAD"} {
			wantAnswer(t, method+" with "+about, ask(t, tt.guard, method, authorization...), tt.read, tt.readChallenge)
		}
		for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "BREW", "get"} {
			wantAnswer(t, method+" with "+about, ask(t, tt.guard, method, authorization...), tt.write, tt.challenge)
		}
	}
}

func TestAuthorizationHeader(t *testing.T) {
	g := newGuard(t, []string{writer}, nil)
	for _, tt := range []struct {
		about     string
		headers   []string
		status    int
		challenge string
	}{
		{"as it should be", []string{"Bearer " + writer}, 204, ""},
		{"scheme in other letters", []string{"bEARER " + writer}, 204, ""},
		{"more spaces", []string{"Bearer   " + writer}, 204, ""},
		{"empty", []string{""}, 401, bare},
		{"another scheme", []string{"Basic dXNlcjpwYXNz"}, 401, bare},
		{"another scheme that starts alike", []string{"BearerX " + writer}, 401, bare},
		{"no scheme", []string{writer}, 401, bare},
		{"no token", []string{"Bearer"}, 401, invalid},
		{"empty token", []string{"Bearer "}, 401, invalid},
		{"part of a token", []string{"Bearer " + writer[:len(writer)-1]}, 401, invalid},
		{"more than a token", []string{"Bearer " + writer + "0"}, 401, invalid},
		{"token in other letters", []string{"Bearer " + strings.ToUpper(writer)}, 401, invalid},
		{"two tokens", []string{"Bearer " + writer + " " + writer}, 401, invalid},
		{"twice", []string{"Bearer " + writer, "Bearer " + writer}, 401, invalid},
		{"the sum of a token", []string{"Bearer " + string(make([]byte, 32))}, 401, invalid},
	} {
		wantAnswer(t, tt.about, ask(t, g, "POST", tt.headers...), tt.status, tt.challenge)
	}
}

// TestTokensAreReread takes a token away and gives another.
func TestTokensAreReread(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	write(t, path, writer)
	now := time.Unix(0, 0)
	var log strings.Builder
	g, err := New(path, "", slog.New(slog.NewTextHandler(&log, nil)), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		about        string
		lines        []string
		first, other int
	}{
		{"at first", []string{writer}, 204, 401},
		{"one more", []string{writer, otherWriter}, 204, 204},
		{"the first is away", []string{otherWriter}, 401, 204},
		{"a file of no use", []string{"secret!!!!!!!!!!!!!!!!"}, 401, 204},
		{"no tokens", nil, 401, 401},
		{"the first again", []string{writer}, 204, 401},
	}
	for _, step := range steps {
		write(t, path, step.lines...)
		now = now.Add(time.Second)
		first, other := ask(t, g, "POST", "Bearer "+writer), ask(t, g, "POST", "Bearer "+otherWriter)
		if first.StatusCode != step.first || other.StatusCode != step.other {
			t.Errorf("%s: %d and %d, want %d and %d", step.about, first.StatusCode, other.StatusCode, step.first, step.other)
		}
	}
	if strings.Contains(log.String(), "secret") || strings.Contains(log.String(), writer) {
		t.Errorf("the log tells a token: %s", log.String())
	}
}

// TestEmptyFiles checks that a file without tokens lets nobody pass, and that the log
// warns of it.
func TestEmptyFiles(t *testing.T) {
	for _, lines := range [][]string{nil, {"", " \t", "\r"}} {
		path := filepath.Join(t.TempDir(), "tokens")
		write(t, path, lines...)
		var log strings.Builder
		g, err := New(path, path, slog.New(slog.NewTextHandler(&log, nil)), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		for _, method := range []string{"GET", "POST"} {
			wantAnswer(t, "no token", ask(t, g, method), 401, bare)
			wantAnswer(t, "an empty one", ask(t, g, method, "Bearer "), 401, invalid)
			wantAnswer(t, "another", ask(t, g, method, "Bearer "+writer), 401, invalid)
		}
		if got := log.String(); strings.Count(got, "level=WARN") != 2 || !strings.Contains(got, "file="+path) {
			t.Errorf("logged:\n%s", got)
		}
	}
}

// TestNewRefuses checks that an error names the file and line and tells no token.
func TestNewRefuses(t *testing.T) {
	const good = "0123456789abcdef"
	for name, tt := range map[string]struct {
		lines []string
		says  string
	}{
		"short":          {[]string{good, "", "secret789abcdef"}, "line 3: a token must have at least 16"},
		"space":          {[]string{"secret secret secret"}, "line 1: a token must consist of"},
		"comment":        {[]string{good, "# secrets of the service"}, "line 2: a token must consist of"},
		"not ASCII":      {[]string{"secret-é-0123456789"}, "line 1: a token must consist of"},
		"control":        {[]string{"secret\x00secretsecret"}, "line 1: a token must consist of"},
		"= in the midst": {[]string{"secret=secretsecret"}, "line 1: a token must consist of"},
		"= alone":        {[]string{"===================="}, "line 1: a token must consist of"},
	} {
		path := filepath.Join(t.TempDir(), "tokens")
		write(t, path, tt.lines...)
		_, err := New(path, "", slog.New(slog.DiscardHandler), time.Now)
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), tt.says) ||
			strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), good) {
			t.Errorf("%s: %v, want an error that names the file and says %q and no token", name, err, tt.says)
		}
	}
}

func TestNewWithoutFiles(t *testing.T) {
	good, missing := filepath.Join(t.TempDir(), "good"), filepath.Join(t.TempDir(), "missing")
	write(t, good, writer)
	for _, tt := range []struct{ write, read, says string }{
		{missing, "", missing},
		{good, missing, missing},
		{"", good, "give a file of both"},
	} {
		_, err := New(tt.write, tt.read, slog.New(slog.DiscardHandler), time.Now)
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("writers in %q, readers in %q: %v, want %q", tt.write, tt.read, err, tt.says)
		}
	}
}

func TestTokensOfAFile(t *testing.T) {
	const a, b = "0123456789abcdef", "-._~+/ABCXYZabcxyz0123456789="
	all, err := parseTokens([]byte("\n \t" + a + " \r\n\n\n" + b))
	if err != nil || len(all) != 2 || !all.hold(a) || !all.hold(b) || all.hold("") || all.hold(a+" ") {
		t.Errorf("%d tokens, %v", len(all), err)
	}
	if twice, err := parseTokens([]byte(a + "\n" + a)); err != nil || !twice.hold(a) {
		t.Errorf("a token that is listed twice: %v", err)
	}
}

// FuzzParseTokens checks that each token of a file that is taken can be sent in a
// header and passes.
func FuzzParseTokens(f *testing.F) {
	for _, seed := range []string{"", "0123456789abcdef\n", " a\n", "0123456789abcdef\r\n\r\n-._~+/0123456789=="} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		all, err := parseTokens(content)
		if err != nil {
			return
		}
		for line := range strings.Lines(string(content)) {
			token := strings.TrimSpace(line)
			if token == "" {
				continue
			}
			got, ok := bearer(http.Header{"Authorization": {"Bearer " + token}})
			if !ok || !all.hold(got) {
				t.Errorf("the token %q is read as %q, which does not pass", token, got)
			}
		}
	})
}

func BenchmarkWrap(b *testing.B) {
	dir := b.TempDir()
	path := filepath.Join(dir, "tokens")
	if err := os.WriteFile(path, []byte(writer+"\n"+otherWriter), 0o600); err != nil {
		b.Fatal(err)
	}
	g, err := New(path, path, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		b.Fatal(err)
	}
	h := g.Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	req := httptest.NewRequest("GET", "/api/items", nil)
	req.Header.Set("Authorization", "Bearer "+writer)
	rec := httptest.NewRecorder()
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(rec, req)
	}
}
