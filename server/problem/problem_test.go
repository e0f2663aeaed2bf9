package problem

import (
	"net/http"
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
		fixed := Fixed(tt.problem)
		for name, write := range map[string]func(http.ResponseWriter){
			"once":    func(w http.ResponseWriter) { Write(w, tt.problem) },
			"fixed":   fixed,
			"fixed 2": fixed,
		} {
			rec := httptest.NewRecorder()
			rec.Header().Set("Allow", "GET")
			write(rec)
			if rec.Code != tt.problem.Status || rec.Body.String() != tt.want+"\n" {
				t.Errorf("%s: %d %s, want %s", name, rec.Code, rec.Body, tt.want)
			}
			if h := rec.Header(); h.Get("Content-Type") != "application/problem+json" || h.Get("Allow") != "GET" {
				t.Errorf("%s: headers %v", name, h)
			}
		}
	}
}
