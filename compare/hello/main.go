// Command hello answers every request with a greeting: the least that a net/http service is, which start
// times are compared with. HELLO_ADDR is where it listens, a host and port.
package main

import (
	"io"
	"log/slog"
	"net/http"
	"os"
)

func main() {
	err := http.ListenAndServe(os.Getenv("HELLO_ADDR"), http.HandlerFunc(hello))
	slog.Error("hello ends", "error", err)
	os.Exit(1)
}

func hello(w http.ResponseWriter, _ *http.Request) {
	io.WriteString(w, "hello\n")
}
