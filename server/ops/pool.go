package ops

import (
	"time"

	"example.com/multistage/server/prom"
)

// Pool is what a store has of connections to its database.
type Pool struct {
	InUse, Idle, Max int
	// Waits is how many operations had to wait for a connection so far, and WaitTime how
	// long all of them did together.
	Waits    int64
	WaitTime time.Duration
}

// WatchPool lets m tell of the connections to a database, which pool returns at each
// look. It is called before m serves.
func (m *Metrics) WatchPool(pool func() Pool) {
	m.pool = pool
}

// writePool adds the connections to the database, where there is one.
func (m *Metrics) writePool(t *prom.Text) {
	if m.pool == nil {
		return
	}
	pool := m.pool()
	t.Single("items_store_connections_in_use", prom.Gauge, "Connections to the database that an operation uses.", float64(pool.InUse))
	t.Single("items_store_connections_idle", prom.Gauge, "Connections to the database that no operation uses.", float64(pool.Idle))
	t.Single("items_store_connections_max", prom.Gauge, "-store-max-conns: connections to the database at most.", float64(pool.Max))
	t.Single("items_store_connection_waits_total", prom.Counter,
		"Operations that had to wait until a connection was free or made.", float64(pool.Waits))
	t.Single("items_store_connection_wait_seconds_total", prom.Counter, "How long all operations that waited for a connection did so.",
		pool.WaitTime.Seconds())
}
