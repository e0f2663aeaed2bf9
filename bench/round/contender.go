package round

import (
	"fmt"
	"path/filepath"

	"example.com/multistage/bench/peer"
)

// contender is a peer with its program. Peers whose programs have the same name differ in
// how they are built, started or asked, and share their data.
type contender struct {
	peer.Peer
	binary string
}

// stores returns whether it can be measured with n items stored.
func (c contender) stores(n int) bool {
	return c.Seed != nil && (c.MaxItems == 0 || n <= c.MaxItems)
}

// takes returns whether it is measured where n items are stored by those that store
// any. The others are measured only where those have the fewest.
func (c contender) takes(n, fewest int) bool {
	return c.stores(n) || c.Seed == nil && n == fewest
}

// key names its data of n items.
func (c contender) key(n int) string {
	return fmt.Sprintf("%s-%d", filepath.Base(c.binary), n)
}
