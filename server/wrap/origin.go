package wrap

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// CheckOrigin accepts "*", and an origin as browsers write it (RFC 6454, section
// 6.2): what is written in another way would never match. Its error says how to
// write it.
func CheckOrigin(origin string) error {
	if origin == "*" {
		return nil
	}
	u, err := url.Parse(origin)
	if err != nil || u.Scheme+"://"+u.Host != origin || !validHost(u.Hostname()) || !validPort(u) {
		return fmt.Errorf("%q is not an origin: write scheme://host or scheme://host:port in lower case and without a path, like https://example.com, or * for all", origin)
	}
	return nil
}

// validHost accepts the characters of a name or an address in lower case.
func validHost(host string) bool {
	return host != "" && strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789-._:") == ""
}

// validPort accepts no port and any but that which browsers leave off.
func validPort(u *url.URL) bool {
	port := u.Port()
	if port == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	n, err := strconv.ParseUint(port, 10, 16)
	usual := u.Scheme == "http" && n == 80 || u.Scheme == "https" && n == 443
	return err == nil && n > 0 && strconv.FormatUint(n, 10) == port && !usual
}
