package blackbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func testInvalid(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))

	for _, test := range []struct {
		name   string
		body   string
		status int
		places []string
	}{
		{"empty body", ``, http.StatusBadRequest, []string{""}},
		{"malformed JSON", `{"name":`, http.StatusBadRequest, []string{""}},
		{"not JSON", `name=x`, http.StatusBadRequest, []string{""}},
		{"trailing data", `{"name":"x"}{"name":"y"}`, http.StatusBadRequest, []string{""}},
		{"invalid UTF-8", "{\"name\":\"\xff\"}", http.StatusBadRequest, []string{""}},
		{"body over 64 KiB", `{"name":"x"` + strings.Repeat(" ", 64<<10) + `}`, http.StatusRequestEntityTooLarge, nil},

		{"no name", `{}`, http.StatusUnprocessableEntity, []string{"/name"}},
		{"empty name", `{"name":""}`, http.StatusUnprocessableEntity, []string{"/name"}},
		{"long name", fmt.Sprintf(`{"name":%q}`, strings.Repeat("語", 201)), http.StatusUnprocessableEntity, []string{"/name"}},
		{"newline in name", `{"name":"a\nb"}`, http.StatusUnprocessableEntity, []string{"/name"}},
		{"DEL in name", `{"name":"a\u007fb"}`, http.StatusUnprocessableEntity, []string{"/name"}},
		{"name of a wrong type", `{"name":1}`, http.StatusUnprocessableEntity, []string{"/name"}},
		{"long description", fmt.Sprintf(`{"name":"x","description":%q}`, strings.Repeat("é", 4001)), http.StatusUnprocessableEntity, []string{"/description"}},
		{"NUL in description", `{"name":"x","description":"\u0000"}`, http.StatusUnprocessableEntity, []string{"/description"}},
		{"description of a wrong type", `{"name":"x","description":["y"]}`, http.StatusUnprocessableEntity, []string{"/description"}},
		{"unknown field", `{"name":"x","colour":"red"}`, http.StatusUnprocessableEntity, []string{"/colour"}},
		{"unknown field whose pointer needs escapes", `{"name":"x","a/b~c":1}`, http.StatusUnprocessableEntity, []string{"/a~1b~0c"}},
		{"field of the server", `{"name":"x","id":7}`, http.StatusUnprocessableEntity, []string{"/id"}},
		{"several at once", `{"name":"","description":"\u0000","colour":1}`, http.StatusUnprocessableEntity, []string{"/colour", "/description", "/name"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c.post(test.body).wantProblem(t, test.status, test.places...)
		})
	}

	for name, headers := range map[string][]string{
		"no media type":      nil,
		"another media type": {"Content-Type", "text/plain"},
		"a form":             {"Content-Type", "application/x-www-form-urlencoded"},
		"broken media type":  {"Content-Type", "application/json;;"},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.do(http.MethodPost, "/api/items", `{"name":"x"}`, headers...)
			got.wantProblem(t, http.StatusUnsupportedMediaType)
		})
	}

	if got := c.get("/api/items"); got.body != "[]" && got.body != "[]\n" {
		t.Errorf("invalid requests left items: %s", got.body)
	}
}
