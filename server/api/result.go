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
	failure int   // how many bytes say what is wrong with the line; 0 where it is an item
}

// appendStored appends to b the result of a line that is the item with the id now,
// as a line of NDJSON.
func appendStored(b []byte, line, id int64) []byte {
	b = appendResult(b, line, http.StatusCreated)
	b = append(b, `,"id":`...)
	b = strconv.AppendInt(b, id, 10)
	return append(b, '}', '\n')
}

// appendFailure appends to b the result of a line that p keeps from being an item.
func appendFailure(b []byte, line int64, p problem.Problem) []byte {
	b = appendResult(b, line, p.Status)
	b = append(b, `,"detail":`...)
	b = appendValue(b, p.Detail)
	if len(p.Errors) > 0 {
		b = append(b, `,"errors":`...)
		b = appendValue(b, p.Errors)
	}
	return append(b, '}', '\n')
}

// appendResult appends the beginning of each result.
func appendResult(b []byte, line int64, status int) []byte {
	b = append(b, `{"line":`...)
	b = strconv.AppendInt(b, line, 10)
	b = append(b, `,"status":`...)
	return strconv.AppendInt(b, int64(status), 10)
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
