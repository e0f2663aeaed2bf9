package problem

import (
	"net/http/httptest"
	"testing"
)

func TestWrite(t *testing.T) {
	root := ""
	for _, tt := range []struct {
		problem Problem
		want    string
	}{
		{Problem{Status: 404, Detail: "No."},
			`{"type":"about:blank","title":"Not Found","status":404,"detail":"No."}`},
		{Problem{Status: 422, Detail: "No.", Errors: []Error{{Pointer: &root, Detail: "is wrong"}, {Parameter: "q", Detail: "is long"}}},
			`{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"No.",` +
				`"errors":[{"pointer":"","detail":"is wrong"},{"parameter":"q","detail":"is long"}]}`},
	} {
		rec := httptest.NewRecorder()
		rec.Header().Set("Allow", "GET")
		Write(rec, tt.problem)
		if rec.Code != tt.problem.Status || rec.Body.String() != tt.want+"\n" {
			t.Errorf("%d %s, want %s", rec.Code, rec.Body, tt.want)
		}
		if h := rec.Header(); h.Get("Content-Type") != "application/problem+json" || h.Get("Allow") != "GET" {
			t.Errorf("headers %v", h)
		}
	}
}
