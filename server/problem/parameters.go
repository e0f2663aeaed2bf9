package problem

import "net/http"

// BadParameters is the answer to a query with the given faults, at least one, each of
// a parameter.
func BadParameters(faults ...Error) Problem {
	detail := "Query parameters are not valid."
	if len(faults) == 1 {
		detail = "The query parameter " + faults[0].Parameter + " " + faults[0].Detail + "."
	}
	return Problem{Status: http.StatusBadRequest, Detail: detail, Errors: faults}
}
