package pgtest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Pgbench runs a script by PostgreSQL's own generator of load, with prepared statements,
// on the database at url with a number of clients, as long as one of its options says,
// such as --time=5 (seconds) or --transactions=100 (of each client). It returns how many
// transactions there were in a second once all were connected, and how long its own
// processes were on the processors.
func (s *Server) Pgbench(url, script string, clients int, length string) (rate float64, own time.Duration) {
	s.t.Helper()
	command := s.Command("pgbench", "--no-vacuum", "--protocol=prepared", "--file=-", "--jobs=2",
		fmt.Sprintf("--client=%d", clients), length, url)
	command.Stdin = strings.NewReader(script)
	output, err := command.CombinedOutput()
	if err != nil || strings.Contains(string(output), "aborted") {
		s.t.Fatalf("pgbench: %v\n%s", err, output)
	}
	match := regexp.MustCompile(`(?m)^tps = (\S+) \(without initial connection time\)$`).FindSubmatch(output)
	if match == nil {
		s.t.Fatalf("pgbench told no rate:\n%s", output)
	}
	if rate, err = strconv.ParseFloat(string(match[1]), 64); err != nil {
		s.t.Fatal(err)
	}
	return rate, command.ProcessState.UserTime() + command.ProcessState.SystemTime()
}
