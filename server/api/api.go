// Package api is the REST API of items.
package api

import (
	"log/slog"
	"net/http"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/server/header"
	"example.com/multistage/server/route"
	"example.com/multistage/server/slots"
)

// itemsPath is where the collection of items is found, and itemPattern where each
// of them is.
const (
	itemsPath   = "/api/items"
	itemPattern = itemsPath + "/{id}"
)

type api struct {
	store    items.Store
	log      *slog.Logger
	options  Options
	patience time.Duration // of streams
	bodies   buffers
	tags     tags
	json     header.Field // Content-Type: application/json
	noCache  header.Field // Cache-Control: no-cache
	streams  *slots.Slots // fewer than requests: a stream stays as long as its client likes, and holds more memory
}

// Routes returns the operations of the API on store. Faults of the store are
// logged to log, and their causes kept from the client.
func Routes(store items.Store, log *slog.Logger, options Options) []route.Route {
	return newAPI(store, log, options).routes()
}

func newAPI(store items.Store, log *slog.Logger, options Options) *api {
	return &api{
		store: store, log: log, options: options, patience: patience, streams: slots.New(options.MaxStreams),
		tags: newTags(), json: header.New("Content-Type", mediaJSON), noCache: header.New("Cache-Control", "no-cache"),
	}
}

func (a *api) routes() []route.Route {
	return []route.Route{
		{Method: http.MethodGet, Path: itemsPath, Handler: a.handler(a.list)},
		{Method: http.MethodPost, Path: itemsPath, Handler: a.handler(a.post)},
		{Method: http.MethodGet, Path: itemPattern, Handler: a.handler(a.get)},
		{Method: http.MethodPut, Path: itemPattern, Handler: a.handler(a.put)},
		{Method: http.MethodPatch, Path: itemPattern, Handler: a.handler(a.patch)},
		{Method: http.MethodDelete, Path: itemPattern, Handler: a.handler(a.delete)},
		{Method: http.MethodGet, Path: "/openapi.yaml", Handler: contract()},
	}
}

// handler makes an http.Handler of an operation, which has written nothing yet
// when it returns an error.
func (a *api) handler(operation func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := operation(w, r); err != nil {
			a.fail(w, err)
		}
	})
}
