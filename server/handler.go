package main

import (
	"log/slog"
	"net/http"
	"slices"

	"example.com/multistage/items"
	"example.com/multistage/server/api"
	"example.com/multistage/server/ops"
	"example.com/multistage/server/route"
	"example.com/multistage/server/web"
	"example.com/multistage/server/wrap"
)

// newHandler returns all that the service serves to its users.
func newHandler(store items.Store, health *ops.Health, metrics *ops.Metrics, log *slog.Logger) http.Handler {
	routes := slices.Concat(
		api.Routes(store, log, api.Options{}),
		ops.Routes(health, buildVersion()),
		web.Routes(),
	)
	return wrap.Handler(route.New(routes),
		wrap.RequestID,
		wrap.AccessLog(log),
		wrap.Measure(metrics),
		wrap.Recover(log),
		wrap.SecurityHeaders,
	)
}

// newAdminHandler returns all that the service serves to its operators.
func newAdminHandler(metrics *ops.Metrics, vars ops.Vars, log *slog.Logger) http.Handler {
	return wrap.Handler(route.New(ops.AdminRoutes(metrics, vars)),
		wrap.RequestID,
		wrap.AccessLog(log),
		wrap.Recover(log),
		wrap.SecurityHeaders,
	)
}
