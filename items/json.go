package items

import (
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"
)

// timeFormat is RFC 3339 in UTC with a fixed width, so that times sort as text.
const timeFormat = "2006-01-02T15:04:05.000000Z"

// AppendJSON appends the JSON form of the item to b, the one form in which it
// is served and stored:
//
//	{"id":1,"name":"...","description":"...","created_at":"...","updated_at":"...","version":1}
func (it Item) AppendJSON(b []byte) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, it.ID, 10)
	b = append(b, `,"name":`...)
	b = appendString(b, it.Name)
	b = append(b, `,"description":`...)
	b = appendString(b, it.Description)
	b = append(b, `,"created_at":"`...)
	b = it.CreatedAt.UTC().AppendFormat(b, timeFormat)
	b = append(b, `","updated_at":"`...)
	b = it.UpdatedAt.UTC().AppendFormat(b, timeFormat)
	b = append(b, `","version":`...)
	b = strconv.AppendInt(b, it.Version, 10)
	return append(b, '}')
}

// MarshalJSON returns the form that AppendJSON writes.
func (it Item) MarshalJSON() ([]byte, error) {
	return it.AppendJSON(nil), nil
}

// UnmarshalJSON reads the form that AppendJSON writes.
func (it *Item) UnmarshalJSON(data []byte) error {
	var form struct {
		ID          int64     `json:"id"`
		Name        string    `json:"name"`
		Description string    `json:"description"`
		CreatedAt   time.Time `json:"created_at"`
		UpdatedAt   time.Time `json:"updated_at"`
		Version     int64     `json:"version"`
	}
	if err := json.Unmarshal(data, &form); err != nil {
		return err
	}
	*it = Item(form)
	return nil
}

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string. Invalid UTF-8 becomes U+FFFD, as in
// encoding/json; unlike there, characters that matter to HTML only stand as
// they are.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0 // s[start:i] needs no escape and is yet to be appended
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' {
				i++
				continue
			}
			b = append(b, s[start:i]...)
			b = appendEscape(b, c)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			b = append(b, s[start:i]...)
			b = append(b, "\uFFFD"...)
			start = i + size
		}
		i += size
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}

// appendEscape appends the escape of an ASCII character that can't stand in a
// JSON string as it is.
func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, '\\', 'n')
	case '\t':
		return append(b, '\\', 't')
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xf])
}
