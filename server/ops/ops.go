// Package ops is what operators and their machines see of the service: its
// health and its version.
package ops

import (
	"net/http"

	"example.com/multistage/server/route"
)

// Routes returns the operations of the package.
func Routes(health *Health, version Version) []route.Route {
	return []route.Route{
		{Method: http.MethodGet, Path: "/livez", Handler: http.HandlerFunc(serveLive)},
		{Method: http.MethodGet, Path: "/readyz", Handler: http.HandlerFunc(health.serveReady)},
		{Method: http.MethodGet, Path: "/version", Handler: version},
	}
}
