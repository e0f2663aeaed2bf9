package problem

import "testing"

func TestBadParameters(t *testing.T) {
	limit, after := Error{Parameter: "limit", Detail: "must be a number"}, Error{Parameter: "after", Detail: "must be a cursor"}
	for _, tt := range []struct {
		faults []Error
		detail string
	}{
		{[]Error{limit}, "The query parameter limit must be a number."},
		{[]Error{limit, after}, "Query parameters are not valid."},
	} {
		if p := BadParameters(tt.faults...); p.Status != 400 || p.Detail != tt.detail || len(p.Errors) != len(tt.faults) {
			t.Errorf("%+v, want %q", p, tt.detail)
		}
	}
}
