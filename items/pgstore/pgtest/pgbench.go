package pgtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

var tps = regexp.MustCompile(`(?m)^tps = ([0-9.]+)`)

// Pgbench runs a script of pgbench's with prepared statements on the database at url for
// some seconds, with as many clients as given, and returns the transactions per second.
func (s *Server) Pgbench(url, script string, clients, seconds int) float64 {
	s.t.Helper()
	path := filepath.Join(filepath.Dir(s.dir), "script.sql")
	if err := os.WriteFile(path, []byte(script), 0o644); err != nil {
		s.t.Fatal(err)
	}
	output, err := s.Command("pgbench", "--no-vacuum", "--protocol=prepared", "--jobs=2", "--file="+path,
		"--client="+strconv.Itoa(clients), "--time="+strconv.Itoa(seconds), url).CombinedOutput()
	found := tps.FindStringSubmatch(string(output))
	if err != nil || found == nil || strings.Contains(string(output), "aborted") {
		s.t.Fatalf("pgbench: %v\n%s", err, output)
	}
	rate, err := strconv.ParseFloat(found[1], 64)
	if err != nil {
		s.t.Fatal(err)
	}
	return rate
}
