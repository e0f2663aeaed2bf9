package postgres

import (
	"testing"

	"example.com/multistage/e2e/blackbox"
	"example.com/multistage/items/pgstore/pgtest"
)

// cluster is a primary and a standby of it.
type cluster struct {
	t                testing.TB
	primary, standby *pgtest.Server
}

// newCluster starts both. With synchronous, the primary acknowledges no commit before
// the standby has it on disk.
func newCluster(t testing.TB, synchronous bool) *cluster {
	t.Helper()
	c := &cluster{t, pgtest.New(t), pgtest.New(t)}
	c.primary.Primary()
	c.attach(synchronous)
	return c
}

// url returns the address of the database of both.
func (c *cluster) url() string { return pgtest.URL(c.primary, c.standby) }

// attach makes the standby one of the primary, and waits until it follows.
func (c *cluster) attach(synchronous bool) {
	c.t.Helper()
	c.standby.Standby(c.primary)
	state := "async"
	if synchronous {
		state = "sync"
		c.primary.Set("synchronous_standby_names", "*")
	}
	blackbox.Eventually(c.t, patience, "the standby follows", func() bool {
		return c.primary.Query("SELECT state, sync_state FROM pg_stat_replication WHERE application_name = 'standby'") == "streaming|"+state
	})
}

// promote makes the standby the primary. It waits for no standby of its own then: there
// is none yet.
func (c *cluster) promote() {
	c.t.Helper()
	c.standby.Set("synchronous_standby_names", "")
	if got := c.standby.Query("SELECT pg_promote()"); got != "t" {
		c.t.Fatalf("the standby was not promoted: %s", got)
	}
	c.primary, c.standby = c.standby, c.primary
}
