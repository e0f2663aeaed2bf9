package ops

import "bytes"

// The names of the service's own metrics, in base units.
const (
	requestDuration   = "items_http_request_duration_seconds"
	requestsInFlight  = "items_http_requests_in_flight"
	requestsShed      = "items_http_requests_shed_total"
	operationDuration = "items_store_operation_duration_seconds"
	commitWrites      = "items_store_commit_writes"
	commitDuration    = "items_store_commit_duration_seconds"
	databaseBytes     = "items_database_file_bytes"
	databaseFreePages = "items_database_free_pages"
	databaseFreeBytes = "items_database_free_bytes"
	buildInfo         = "items_build_info"
)

// helpOf returns what a metric of the service tells, and "" for others.
func helpOf(name string) string {
	switch name {
	case requestDuration:
		return "From a request's header to the end of its response, by method, route's pattern and status."
	case requestsInFlight:
		return "Requests that have come and are not answered to their end."
	case requestsShed:
		return "Requests answered with 503 because as many as -max-in-flight were in flight."
	case operationDuration:
		return "Operations of the item store, by operation and outcome."
	case commitWrites:
		return "Writes that one commit made durable together."
	case commitDuration:
		return "Commits of the database, flush to disk included."
	case databaseBytes:
		return "Size of the database file."
	case databaseFreePages:
		return "Pages of the database file that hold nothing and are used before it grows."
	case databaseFreeBytes:
		return "Size of the free pages of the database file."
	case buildInfo:
		return "Always 1; its labels say what the binary was built from."
	}
	return ""
}

// withHelp adds to each "# HELP name" line of an exposition, which the library
// leaves without a text, that of the metric.
func withHelp(exposition []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(exposition) {
		name, isHelp := bytes.CutPrefix(bytes.TrimSuffix(line, []byte("\n")), []byte("# HELP "))
		help := helpOf(string(name))
		if !isHelp || help == "" {
			out.Write(line)
			continue
		}
		out.WriteString("# HELP " + string(name) + " " + help + "\n")
	}
	return out.Bytes()
}
