package peer

import "fmt"

// get returns a request for a target, a path and query made as of a format.
func get(host, format string, args ...any) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", fmt.Sprintf(format, args...), host)
}

// create returns a Create that posts to path.
func create(path string) func(host string, n int) []byte {
	return func(host string, n int) []byte {
		body := draft(n)
		return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
			path, host, len(body), body)
	}
}
