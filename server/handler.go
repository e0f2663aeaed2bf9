package main

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"example.com/multistage/items"
	"example.com/multistage/server/api"
	"example.com/multistage/server/auth"
	"example.com/multistage/server/logs"
	"example.com/multistage/server/ops"
	"example.com/multistage/server/route"
	"example.com/multistage/server/web"
	"example.com/multistage/server/wrap"
)

// parts are what the handlers are made of.
type parts struct {
	config  config
	store   items.Store
	backups ops.Snapshotter
	guard   *auth.Guard
	health  *ops.Health
	metrics *ops.Metrics
	log     *slog.Logger
	access  *logs.Requests // nil without one
	conns   *conns
}

// newHandler returns all that the service serves to its users. What every
// request passes through is listed from the outside to the inside: what watches
// sees the answers of all that refuses, and handlers know of no compression.
func newHandler(p parts) http.Handler {
	shedder := wrap.NewShedder(p.config.maxInFlight, p.conns.count)
	p.metrics.WatchShed(shedder.Shed)
	options := api.Options{RequireIfMatch: p.config.requireIfMatch, MaxStreams: p.config.maxStreams()}
	routes := slices.Concat(
		route.Wrap(guarded(api.Routes(p.metrics.Store(p.store), p.log, options), p.guard), shedder.Wrap),
		route.Wrap(web.Routes(), shedder.Wrap),
		ops.Routes(p.health, buildVersion()), // answers even where there is no room for others
	)
	return wrap.Handler(route.New(routes),
		wrap.RequestID,
		wrap.AccessLog(p.access),
		wrap.Measure(p.metrics),
		wrap.CloseConns(p.health.Draining),
		wrap.Recover(p.log),
		wrap.SecurityHeaders,
		wrap.CORS(p.config.corsOrigins()), // around the tokens: browsers ask first without one
		wrap.Compress,
	)
}

// guarded returns the routes with those of items behind the guard. The others,
// such as the contract of the API, are open to all.
func guarded(routes []route.Route, guard *auth.Guard) []route.Route {
	var open, closed []route.Route
	for _, r := range routes {
		if strings.HasPrefix(r.Path, "/api/") {
			closed = append(closed, r)
		} else {
			open = append(open, r)
		}
	}
	return append(open, route.Wrap(closed, guard.Wrap)...)
}

// newAdminHandler returns all that the service serves to its operators.
func newAdminHandler(p parts, vars ops.Vars) http.Handler {
	return wrap.Handler(route.New(ops.AdminRoutes(p.metrics, vars, p.backups, p.log)),
		wrap.RequestID,
		wrap.AccessLog(p.access),
		wrap.Recover(p.log),
		wrap.SecurityHeaders,
	)
}
