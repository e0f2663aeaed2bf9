package postgres

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/multistage/items/pgstore/pgtest"
)

// pgbench runs a script by PostgreSQL's own generator of load, prepared, so many times by
// each of a number of clients, and returns how many transactions there were in a second and how long
// its own processes were on the processors.
func pgbench(b testing.TB, n *pgtest.Server, script string, clients, transactions int) (rate float64, own time.Duration) {
	b.Helper()
	command := n.Command("pgbench", "--no-vacuum", "--protocol=prepared", "--file=-", fmt.Sprintf("--client=%d", clients),
		"--jobs=2", fmt.Sprintf("--transactions=%d", transactions), n.Conninfo())
	command.Stdin = strings.NewReader(script)
	output, err := command.CombinedOutput()
	if err != nil {
		b.Fatalf("pgbench: %v\n%s", err, output)
	}
	match := regexp.MustCompile(`(?m)^tps = (\S+) \(without initial connection time\)$`).FindSubmatch(output)
	if match == nil {
		b.Fatalf("pgbench told no rate:\n%s", output)
	}
	if rate, err = strconv.ParseFloat(string(match[1]), 64); err != nil {
		b.Fatal(err)
	}
	return rate, command.ProcessState.UserTime() + command.ProcessState.SystemTime()
}
