package logs

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzLine compares with log/slog: a line says what it would write, whatever a
// client has made up.
func FuzzLine(f *testing.F) {
	f.Add("GET", "/api/items/1", "id-1", "", uint32(1234), false)
	f.Add("G'T", "/a b\n\"c\\=d\x00\x7f", "\"", "00-x", uint32(1000), true)
	f.Add("", "/\xff\u2028☃\u00a0\u200b\ufffd\v\f", "a=b", "<&>", uint32(0), false)
	f.Fuzz(func(t *testing.T, method, path, id, traceparent string, micros uint32, aborted bool) {
		if micros >= 1e9 || len(method) > maxText || len(path) > maxText {
			t.Skip("text has other forms of such numbers, and long values are cut")
		}
		r := Request{
			Time: time.Unix(1e9, int64(micros)), Method: method, Route: "/api/{id}", Path: path, Status: 200, Bytes: 17,
			Took: time.Duration(micros) * time.Microsecond, Remote: "[::1]:80", ID: id, Aborted: aborted, Traceparent: traceparent,
		}
		var text, json bytes.Buffer
		_ = slog.NewTextHandler(&text, nil).Handle(context.Background(), record(r))
		if got := form(&r, false); !bytes.Equal(got, text.Bytes()) {
			t.Errorf("%q, want %q", got, text.Bytes())
		}
		_ = slog.NewJSONHandler(&json, nil).Handle(context.Background(), record(r))
		got := form(&r, true)
		if !reflect.DeepEqual(decode(t, got), decode(t, json.Bytes())) || bytes.Count(got, []byte("\n")) != 1 {
			t.Errorf("%q, want %q", got, json.Bytes())
		}
	})
}

// TestCut checks that long methods and paths are cut, between two runes.
func TestCut(t *testing.T) {
	a, strays := strings.Repeat("a", maxText), strings.Repeat("\x80", maxText+1)
	for in, want := range map[string]string{
		"": "", a: a, a + "a": a + "…", a[1:] + "ä": a[1:] + "…", a[2:] + "äa": a[2:] + "ä…", a[3:] + "\U0001f375": a[3:] + "…",
		strays: strays[:maxText-utf8.UTFMax] + "…",
	} {
		var line bytes.Buffer
		_ = slog.NewTextHandler(&line, nil).Handle(context.Background(), record(Request{Time: time.Unix(1e9, 0), Method: want, Path: want}))
		if got := form(&Request{Time: time.Unix(1e9, 0), Method: in, Path: in}, false); !bytes.Equal(got, line.Bytes()) {
			t.Errorf("%q, want %q", got, line.Bytes())
		}
	}
}

func form(r *Request, json bool) []byte {
	l := line{json: json}
	l.request(r)
	return l.b
}

func decode(t *testing.T, line []byte) (value any) {
	t.Helper()
	if err := json.Unmarshal(line, &value); err != nil {
		t.Errorf("%v: %q", err, line)
	}
	return value
}

// record returns r as log/slog knows it.
func record(r Request) slog.Record {
	rec := slog.NewRecord(r.Time, slog.LevelInfo, "request", 0)
	rec.Add("method", r.Method, "route", r.Route, "path", r.Path, "status", r.Status, "bytes", r.Bytes,
		"duration_ms", float64(r.Took.Microseconds())/1000, "remote", r.Remote, "request_id", r.ID)
	if r.Aborted {
		rec.Add("aborted", true)
	}
	if r.Traceparent != "" {
		rec.Add("traceparent", r.Traceparent)
	}
	return rec
}

// BenchmarkLog is what a request pays for its line.
func BenchmarkLog(b *testing.B) {
	w := NewWriter(io.Discard)
	defer w.Close()
	l := NewRequests(w, true)
	r := Request{Time: time.Now(), Method: "GET", Route: "/api/items/{id}", Path: "/api/items/1", Status: 200, Bytes: 200,
		Took: 123 * time.Microsecond, Remote: "127.0.0.1:4711", ID: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
	b.ReportAllocs()
	for b.Loop() {
		l.Log(&r)
	}
}
