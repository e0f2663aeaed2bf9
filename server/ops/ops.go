// Package ops is what operators and their machines see of the service: its
// health and its version; and on a listener of its own its metrics, profiles,
// setup and backup.
package ops

import (
	"log/slog"
	"net/http"
	"slices"

	"example.com/multistage/server/route"
)

// Routes returns what anyone who reaches the service may see.
func Routes(health *Health, version Version) []route.Route {
	return []route.Route{
		{Method: http.MethodGet, Path: "/livez", Handler: http.HandlerFunc(serveLive)},
		{Method: http.MethodGet, Path: "/readyz", Handler: http.HandlerFunc(health.serveReady)},
		{Method: http.MethodGet, Path: "/version", Handler: version},
	}
}

// AdminRoutes returns what only operators may see, and at / a list of that. Why a
// backup of store fails is logged to log. With a nil store, which has backups of its
// own, none is listed, and who asks for one is told.
func AdminRoutes(metrics *Metrics, vars Vars, store Snapshotter, log *slog.Logger) []route.Route {
	routes := slices.Concat([]route.Route{
		{Method: http.MethodGet, Path: "/metrics", Handler: metrics},
		{Method: http.MethodGet, Path: "/debug/vars", Handler: vars},
	}, profiles())
	if store == nil {
		return append(routes, list(routes), route.Route{Method: http.MethodGet, Path: "/backup", Handler: http.HandlerFunc(noBackup)})
	}
	routes = append(routes, route.Route{Method: http.MethodGet, Path: "/backup", Handler: backup{store, log}})
	return append(routes, list(routes))
}
