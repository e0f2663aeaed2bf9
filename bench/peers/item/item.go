// Package item is what the peers keep: the same JSON as that of the service.
package item

import "time"

// Draft is what a client says of an item.
type Draft struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

// Item is a stored item.
type Item struct {
	ID int64 `json:"id"`
	Draft
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
	Version   int64     `json:"version"`
}

// New returns the item of a draft, with times in microseconds as the service's.
func New(id int64, d Draft) Item {
	now := time.Now().UTC().Truncate(time.Microsecond)
	return Item{id, d, now, now, 1}
}

// Fixed is the JSON of an item, for peers that keep none.
const Fixed = `{"id":1234,"name":"bade 00001234","description":"Number 00001234 of many.",` +
	`"created_at":"2026-11-24T19:30:00.123456Z","updated_at":"2026-11-24T19:30:00.123456Z","version":1}` + "\n"

// Fields are the header fields that the service sends with an item, besides Date and
// Content-Length. net/http takes them as they are.
func Fields() map[string][]string {
	return map[string][]string{
		"Cache-Control":                {"no-store"},
		"Content-Security-Policy":      {"default-src 'none'; frame-ancestors 'none'"},
		"Content-Type":                 {"application/json"},
		"Cross-Origin-Resource-Policy": {"same-origin"},
		"Etag":                         {`"1"`},
		"Vary":                         {"Accept-Encoding"},
		"X-Content-Type-Options":       {"nosniff"},
		"X-Request-Id":                 {"MEPNRUEJTI63NLPE5SVACG6ODG"},
	}
}
