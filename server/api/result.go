package api

import (
	"encoding/json"
	"net/http"
	"strconv"

	"example.com/multistage/server/problem"
)

// result is what became of a line of an import.
type result struct {
	line    int64 // counted from 1
	problem problem.Problem
}

// stored reports whether the line became an item.
func (r result) stored() bool { return r.problem.Status == 0 }

// appendJSON appends the result as a line of NDJSON to b. The id is that of the
// item that the line became, if it did.
func (r result) appendJSON(b []byte, id int64) []byte {
	b = append(b, `{"line":`...)
	b = strconv.AppendInt(b, r.line, 10)
	b = append(b, `,"status":`...)
	if r.stored() {
		b = strconv.AppendInt(b, http.StatusCreated, 10)
		b = append(b, `,"id":`...)
		b = strconv.AppendInt(b, id, 10)
		return append(b, '}', '\n')
	}
	b = strconv.AppendInt(b, int64(r.problem.Status), 10)
	b = append(b, `,"detail":`...)
	b = appendValue(b, r.problem.Detail)
	if len(r.problem.Errors) > 0 {
		b = append(b, `,"errors":`...)
		b = appendValue(b, r.problem.Errors)
	}
	return append(b, '}', '\n')
}

// tally counts the lines of an import.
type tally struct {
	// lines are those that are done with, blank ones too: an import that stopped
	// can go on after them.
	lines int64
	// durable lines are items now, and failed ones are not.
	durable, failed int64
}

// appendJSON appends the last line of an import to b: its counts, and in stopped
// why it ends early, if it does.
func (t tally) appendJSON(b []byte, stopped *problem.Problem) []byte {
	b = append(b, `{"done":`...)
	b = strconv.AppendBool(b, stopped == nil)
	b = append(b, `,"lines":`...)
	b = strconv.AppendInt(b, t.lines, 10)
	b = append(b, `,"durable":`...)
	b = strconv.AppendInt(b, t.durable, 10)
	b = append(b, `,"failed":`...)
	b = strconv.AppendInt(b, t.failed, 10)
	if stopped != nil {
		b = append(b, `,"status":`...)
		b = strconv.AppendInt(b, int64(stopped.Status), 10)
		b = append(b, `,"detail":`...)
		b = appendValue(b, stopped.Detail)
	}
	return append(b, '}', '\n')
}

// appendValue appends the JSON form of strings and structs of them.
func appendValue(b []byte, v any) []byte {
	form, err := json.Marshal(v)
	if err != nil {
		panic("api: " + err.Error()) // strings always marshal
	}
	return append(b, form...)
}
