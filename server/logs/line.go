package logs

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

// line is a line of a log in the making, as the handlers of log/slog write it, at a
// fraction of their time and without an allocation.
type line struct {
	b    []byte
	json bool // or text
}

func (l *line) begin(at time.Time) {
	l.b = l.b[:0]
	if l.json {
		l.b = append(l.b, `{"time":"`...)
		l.b = append(at.AppendFormat(l.b, time.RFC3339Nano), '"')
		return
	}
	l.b = append(l.b, "time="...)
	l.b = at.AppendFormat(l.b, "2006-01-02T15:04:05.000Z07:00")
}

func (l *line) end() {
	if l.json {
		l.b = append(l.b, '}')
	}
	l.b = append(l.b, '\n')
}

// key begins a field. Its name is plain.
func (l *line) key(name string) {
	if l.json {
		l.b = append(append(append(l.b, `,"`...), name...), `":`...)
		return
	}
	l.b = append(append(append(l.b, ' '), name...), '=')
}

// text adds a field whose value may have been made up by a client: whatever it
// holds, it ends no line and begins no field.
func (l *line) text(name, value string) {
	l.key(name)
	switch {
	case l.json && isPlain(value):
		l.b = append(append(append(l.b, '"'), value...), '"')
	case l.json:
		l.b = append(l.b, jsonString(value)...)
	case value == "" || needsQuotes(value):
		l.b = strconv.AppendQuote(l.b, value)
	default:
		l.b = append(l.b, value...)
	}
}

func (l *line) integer(name string, value int64) {
	l.key(name)
	l.b = strconv.AppendInt(l.b, value, 10)
}

// milliseconds adds a time in milliseconds, with up to three digits of a fraction.
func (l *line) milliseconds(name string, took time.Duration) {
	l.integer(name, took.Microseconds()/1000)
	if rest := took.Microseconds() % 1000; rest != 0 {
		l.b = append(l.b, '.', byte('0'+rest/100), byte('0'+rest/10%10), byte('0'+rest%10))
		l.b = bytes.TrimRight(l.b, "0")
	}
}

// flag adds a field that is true.
func (l *line) flag(name string) {
	l.key(name)
	l.b = append(l.b, "true"...)
}

// isPlain reports whether a string stands in JSON as it is. It knows only ASCII.
func isPlain(s string) bool {
	for _, c := range []byte(s) {
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// jsonString returns the JSON form of a string.
func jsonString(s string) []byte {
	var form bytes.Buffer
	enc := json.NewEncoder(&form)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always encodes
	return bytes.TrimSuffix(form.Bytes(), []byte("\n"))
}

// needsQuotes reports whether a value can't stand in text as it is.
func needsQuotes(s string) bool {
	for _, c := range s {
		if c == ' ' || c == '=' || c == '"' || c == utf8.RuneError || c < ' ' ||
			c >= utf8.RuneSelf && (unicode.IsSpace(c) || !unicode.IsPrint(c)) {
			return true
		}
	}
	return false
}
