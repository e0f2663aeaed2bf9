package boltstore

import (
	"bytes"
	"time"

	"example.com/multistage/items"
)

// canonical reads the one form that [items.Item.AppendJSON] writes, some ten times
// faster than encoding/json does. What it does not expect, the escapes of a string
// among it, makes it not ok, and is left to that.
type canonical struct {
	rest []byte
	ok   bool
}

// readCanonical reads an item.
func readCanonical(form []byte) (item items.Item, ok bool) {
	c := canonical{form, true}
	c.literal(`{"id":`)
	item.ID = c.number()
	c.literal(`,"name":"`)
	item.Name = string(c.text())
	c.literal(`,"description":"`)
	item.Description = string(c.text())
	c.literal(`,"created_at":"`)
	item.CreatedAt = c.time()
	c.literal(`,"updated_at":"`)
	item.UpdatedAt = c.time()
	c.literal(`,"version":`)
	item.Version = c.number()
	c.literal(`}`)
	return item, c.ok && len(c.rest) == 0
}

// readCanonicalName reads only the name of the item with the given id.
func readCanonicalName(id int64, form []byte) (name []byte, ok bool) {
	c := canonical{form, true}
	c.literal(`{"id":`)
	got := c.number()
	c.literal(`,"name":"`)
	name = c.text()
	c.literal(`,"description":"`)
	return name, c.ok && got == id
}

// readCanonicalVersion reads only the version of the item with the given id.
func readCanonicalVersion(id int64, form []byte) (version int64, ok bool) {
	c := canonical{form, true}
	c.literal(`{"id":`)
	got := c.number()
	c.literal(`,"name":"`)
	c.rest = c.rest[bytes.LastIndexByte(c.rest, ',')+1:]
	c.literal(`"version":`)
	version = c.number()
	c.literal(`}`)
	return version, c.ok && len(c.rest) == 0 && got == id
}

// literal passes over s.
func (c *canonical) literal(s string) {
	if len(c.rest) < len(s) || string(c.rest[:len(s)]) != s {
		c.ok, c.rest = false, nil
		return
	}
	c.rest = c.rest[len(s):]
}

// number reads an integer from 0 to [items.MaxID].
func (c *canonical) number() (n int64) {
	i := 0
	for ; i < len(c.rest) && '0' <= c.rest[i] && c.rest[i] <= '9' && n <= items.MaxID; i++ {
		n = 10*n + int64(c.rest[i]-'0')
	}
	c.ok = c.ok && i > 0 && n <= items.MaxID && (i == 1 || c.rest[0] != '0')
	c.rest = c.rest[i:]
	return n
}

// text reads a string up to its closing quote.
func (c *canonical) text() []byte {
	i := bytes.IndexByte(c.rest, '"')
	if i < 0 || bytes.IndexByte(c.rest[:i], '\\') >= 0 {
		c.ok, c.rest = false, nil
		return nil
	}
	text := c.rest[:i]
	c.rest = c.rest[i+1:]
	return text
}

func (c *canonical) time() time.Time {
	at, err := time.Parse(time.RFC3339, string(c.text()))
	c.ok = c.ok && err == nil
	return at
}
