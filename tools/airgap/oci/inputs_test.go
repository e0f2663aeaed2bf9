package main

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func wantError(t *testing.T, err error, text string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), text) {
		t.Errorf("%v, want %q", err, text)
	}
}

func TestBadInputs(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"no command":         {nil, "no command"},
		"unknown command":    {[]string{"pull"}, `unknown command "pull"`},
		"unknown flag":       {[]string{"image", "--cmd=x"}, "-cmd"},
		"layer without file": {[]string{"image", "//:a"}, "the layer //:a has no file"},
		"missing layer":      {[]string{"image", "//:a", "missing"}, "missing"},
		"damaged layer":      {[]string{"image", "//:a", write(t, base[:12])}, "unexpected EOF"},
		"zstd":               {[]string{"image", "//:a", write(t, "\x28\xb5\x2f\xfd")}, "use gzip"},
		"created":            {[]string{"image", "--created", write(t, "2026-01-02T03:04:05Z\n")}, "extra text"},
		"missing file":       {[]string{"image", "--labels", "missing"}, "missing"},
		"digest":             {[]string{"digest", "a"}, "want a layout and a file"},
		"no layout":          {[]string{"index", t.TempDir()}, "is not an OCI layout"},
	} {
		t.Run(name, func(t *testing.T) {
			args := test.args
			if len(args) > 0 && (args[0] == "image" || args[0] == "index") {
				args = slices.Insert(slices.Clone(args), 1, "--output", t.TempDir())
			}
			wantError(t, run(context.Background(), args), test.want)
		})
	}
}

// The answers are those of the shell script of rules_oci.
func TestEnv(t *testing.T) {
	for name, test := range map[string]struct{ file, want string }{
		"before":     {"A=1\nB=$A-${A}", "A=1,B=1-1"},
		"after":      {"B=$A\nA=1", "B=,A=1"},
		"itself":     {"A=1\nA=$A:2", "A=1:2"},
		"none":       {"A=x$NONE.y", "A=x.y"},
		"half brace": {"A=1\nB=${A\nC=$A}", "A=1,B=1,C=1"},
		"no name":    {"A=$ $-", "A=$ $-"},
		"equals":     {"A=b=c", "A=b=c"},
		"no equals":  {"A", "A="},
		"empty line": {"A=1\n\nB=2\n", "A=1,=,B=2"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readEnv(write(t, test.file))
			if err != nil || strings.Join(got, ",") != test.want {
				t.Errorf("%q, want %q, %v", got, test.want, err)
			}
		})
	}
}

// The answers are those of jq 1.7.
func TestPretty(t *testing.T) {
	for in, want := range map[string]string{
		"a\\u2028":           `"a\\u2028"`,
		"\u2028\u2029":       "\"\u2028\u2029\"",
		"<&>/ü":              `"<&>/ü"`,
		"\x7f\x01\b\f\n\r\t": `"\u007f\u0001\b\f\n\r\t"`,
		"\xff":               "\"\ufffd\"",
	} {
		if got, err := pretty(in); err != nil || string(got) != want+"\n" {
			t.Errorf("%q: %q, want %q, %v", in, got, want, err)
		}
	}
}

// A key that comes again keeps its place and gets the new value.
func TestPairs(t *testing.T) {
	pairs, err := readPairs(write(t, "b=1\na=2\n\nb=3=4\nc"))
	if err != nil {
		t.Fatal(err)
	}
	want := "{\n  \"b\": \"3=4\",\n  \"a\": \"2\",\n  \"c\": \"\"\n}\n"
	if got, err := pretty(pairs); err != nil || string(got) != want {
		t.Errorf("%s, want %s, %v", got, want, err)
	}
}
