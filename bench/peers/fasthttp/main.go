// Command fasthttp answers every request with the same item: what another HTTP
// server than net/http costs.
package main

import (
	"flag"
	"log"

	"github.com/valyala/fasthttp"

	"example.com/multistage/bench/peers/item"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "listen on `host:port`")
	flag.Parse()
	log.Fatal(fasthttp.ListenAndServe(*addr, func(ctx *fasthttp.RequestCtx) {
		ctx.SetContentType("application/json")
		ctx.SetBodyString(item.Fixed)
	}))
}
