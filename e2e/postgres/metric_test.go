package postgres

import (
	"regexp"
	"strconv"
	"testing"
)

// metric returns the sum of the metrics at an admin listener whose name and labels
// match a pattern as a whole.
func metric(t testing.TB, admin client, pattern string) float64 {
	t.Helper()
	sum, err := readMetric(admin, pattern)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// readMetric is metric for any goroutine, and for servers that may be gone.
func readMetric(admin client, pattern string) (float64, error) {
	got, err := admin.do("GET", "/metrics", "")
	if err != nil {
		return 0, err
	}
	sum := 0.0
	for _, match := range regexp.MustCompile(`(?m)^`+pattern+` (\S+)$`).FindAllStringSubmatch(got.body, -1) {
		value, err := strconv.ParseFloat(match[1], 64)
		if err != nil {
			return 0, err
		}
		sum += value
	}
	return sum, nil
}
