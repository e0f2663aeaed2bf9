package peer

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"path/filepath"
)

// items is the service itself, as it starts without settings.
func items(b builder) Peer {
	return Peer{
		Name:  "items",
		About: "this repository's service on bbolt v1.5.0, every request logged; a write is flushed before it is acknowledged",
		Build: b.program("items", ".", "./server"),
		Args:  itemsArgs,
		Seed:  seedItems,
		Ready: "/readyz",
		Requests: Requests{
			Get:    func(host string, id int) []byte { return get(host, "/api/items/%d", id) },
			List:   listItems,
			Search: func(host string, n int) []byte { return get(host, "/api/items?q=%s", word(n)) },
			Create: create("/api/items"),
		},
	}
}

// itemsQuiet is the service without its access log.
func itemsQuiet(b builder) Peer {
	p := items(b)
	p.Name = "items-quiet"
	p.About = "items without its access log"
	p.Args = func(addr, data string) []string { return append(itemsArgs(addr, data), "-access-log=false") }
	return p
}

func itemsArgs(addr, data string) []string {
	return []string{"-addr", addr, "-store", "bolt:" + filepath.Join(data, "items.db")}
}

// listItems makes the cursor that the service puts into its Link headers: version
// 1 of its form, and the id of the last item before the page.
func listItems(host string, after int) []byte {
	if after == 0 {
		return get(host, "/api/items")
	}
	cursor := binary.AppendUvarint([]byte{1}, uint64(after))
	return get(host, "/api/items?after=%s", base64.RawURLEncoding.EncodeToString(cursor))
}

// seedItems starts the service, imports, and stops it.
func seedItems(ctx context.Context, binary, addr, data string, n int) error {
	p, err := start(ctx, "http://"+addr+"/readyz", binary, itemsArgs(addr, data)...)
	if err != nil {
		return err
	}
	return errors.Join(importItems(ctx, "http://"+addr+"/api/items", n), p.stop())
}
