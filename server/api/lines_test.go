package api

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// FuzzLines checks that lines are those of strings.Split, in whatever parts they
// come, but for those that are too long.
func FuzzLines(f *testing.F) {
	f.Add("a\nb", uint16(0), uint16(1))
	f.Add("\r\n\r\r\n\n", uint16(0), uint16(0))
	f.Add("x\ny\r\n", uint16(0xffff), uint16(2))
	f.Add("x", uint16(0x8000), uint16(3))
	f.Fuzz(func(t *testing.T, text string, length, at uint16) {
		// Long lines are not found by chance.
		split := min(int(at), len(text))
		text = text[:split] + strings.Repeat("=", 5*int(length)) + text[split:]
		want := strings.Split(text, "\n")
		if last := len(want) - 1; want[last] == "" {
			want = want[:last]
		}
		for _, r := range []io.Reader{strings.NewReader(text), iotest.DataErrReader(iotest.HalfReader(strings.NewReader(text)))} {
			lines := newLineReader(r)
			for i, w := range want {
				w = strings.TrimSuffix(w, "\r")
				ready := lines.ready()
				got, err := lines.next()
				if long := len(w) > maxLine; (err == errLongLine) != long || !long && (err != nil || string(got) != w) {
					t.Fatalf("line %d: %d bytes, %v; want %d bytes", i, len(got), err, len(w))
				}
				if ready && i == len(want)-1 && !strings.HasSuffix(text, "\n") {
					t.Error("a line without its end was ready")
				}
			}
			if got, err := lines.next(); err != io.EOF {
				t.Fatalf("after the last line: %q, %v", got, err)
			}
		}
	})
}

// TestCutOffLine holds that a line whose end did not come is none.
func TestCutOffLine(t *testing.T) {
	lines := newLineReader(io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(io.ErrUnexpectedEOF)))
	if got, err := lines.next(); err != nil || !bytes.Equal(got, []byte("a")) {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := lines.next(); err != io.ErrUnexpectedEOF {
		t.Errorf("%q, %v", got, err)
	}
}
