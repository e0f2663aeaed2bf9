package page

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/multistage/server/api"
	"example.com/multistage/server/route"
	"example.com/multistage/server/web"
)

// served returns what the service has at a path.
func served(t *testing.T, routes []route.Route, path string) string {
	t.Helper()
	rec := httptest.NewRecorder()
	route.New(routes).ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
	body, err := io.ReadAll(rec.Body)
	if err != nil || rec.Code != 200 {
		t.Fatalf("GET %s: %d, %v", path, rec.Code, err)
	}
	return string(body)
}

// contract returns that of the service.
func contract(t *testing.T) string {
	t.Helper()
	return served(t, api.Routes(nil, slog.New(slog.DiscardHandler), api.Options{}), "/openapi.yaml")
}

func TestServedPageIsThatOfTheContract(t *testing.T) {
	want, err := Make([]byte(contract(t)))
	if err != nil {
		t.Fatal(err)
	}
	got := served(t, web.Routes(), "/docs")
	if got == string(want) {
		return
	}
	wantLines := strings.Split(string(want), "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(wantLines) || line != wantLines[i] {
			t.Fatalf("server/web/docs.html.gz is out of date from line %d on: run go run ./tools/reference", i+1)
		}
	}
	t.Fatal("server/web/docs.html.gz ends too early: run go run ./tools/reference")
}

// small is a contract with one of everything.
const small = `
openapi: 3.1.1
info: {title: Things, version: 1.2.3, summary: Sums up., description: "First <p>.\n\nSecond, with ` + "`code`" + `."}
tags:
  - {name: Group, description: Of things.}
paths:
  /things/{id}:
    parameters:
      - {name: id, in: path, required: true, example: 7, schema: {type: integer, minimum: 1, maximum: 1000000}}
      - $ref: '#/components/parameters/Shared'
    get:
      operationId: getThing
      tags: [Group]
      summary: Read it
      security: []
      parameters:
        - {name: q, in: query, example: "it's", x-curl: true, schema: {type: string, minLength: 1}}
      responses:
        '200':
          description: The thing.
          headers:
            ETag: {$ref: '#/components/headers/Tag'}
          content:
            application/json:
              schema: {type: array, maxItems: 9, items: {$ref: '#/components/schemas/Thing'}}
              examples:
                one: {summary: One, value: [{"b": 1, "a": null, "c": "<&>"}]}
            application/x-ndjson: {schema: {type: string}}
        '404': {$ref: '#/components/responses/Gone'}
    put:
      operationId: setThing
      tags: [Group]
      summary: Set it
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Thing'}
            examples:
              one: {summary: One, value: {"name": "x"}}
          application/x-ndjson: {}
      responses:
        '404': {$ref: '#/components/responses/Gone'}
components:
  parameters:
    Shared: {name: X-Shared, in: header, schema: {type: string, pattern: ^a$}}
  headers:
    Tag: {required: true, schema: {type: string, const: '"1"'}, example: '"1"'}
  responses:
    Gone: {description: It is gone.}
  schemas:
    Thing:
      type: object
      required: [name]
      properties:
        name: {$ref: '#/components/schemas/Name'}
        kind: {enum: [1, 2], description: Of it.}
        part: {oneOf: [{$ref: '#/components/schemas/Name'}, {type: 'null'}]}
    Name: {type: string, minLength: 1, maxLength: 200}
`

func TestPageTellsAllOfAContract(t *testing.T) {
	html, err := Make([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<h1>Things API</h1>", "Version 1.2.3",
		"<p>First &lt;p&gt;.</p><p>Second, with <code>code</code>.</p>",
		`<a href="#getThing"><span class="method" data-method="GET">GET</span> Read it</a>`,
		`<article id="setThing"`,
		`<dt><code>id</code> <span class="in">path</span> <span class="needed">required</span></dt>`,
		"integer, 1 to 1,000,000", "string, at least 1 character",
		"array, at most 9 elements of <a href=\"#schema-Thing\">Thing</a>",
		`<a href="#schema-Name">Name</a>: string, 1 to 200 characters`,
		"one of <code>1, 2</code>", `<a href="#schema-Name">Name</a> or null`,
		"curl -i &#39;http://localhost:8080/things/7?q=it%27s&#39;",
		"-H &#39;Accept: application/x-ndjson&#39;",
		"curl -i -X PUT http://localhost:8080/things/7 \\\n  -H &#39;Content-Type: application/json&#39; \\\n  -d &#39;{&#34;name&#34;:&#34;x&#34;}&#39;",
		"-T items.ndjson",
		"    &#34;b&#34;: 1,\n    &#34;a&#34;: null,\n    &#34;c&#34;: &#34;&lt;&amp;&gt;&#34;",
		`<a href="#header-ETag">ETag</a> <code>&#34;1&#34;</code>`,
		`<a class="status failed" href="#response-Gone">404</a> <b>Not Found</b>`,
		"needs a write token", `<article id="response-Gone"`, `<article id="schema-Thing"`, "<code>X-Shared</code>",
	} {
		if !strings.Contains(string(html), want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Contains(string(html), "^a$") {
		t.Error("the page has a pattern, which is for machines")
	}
	if n := strings.Count(string(html), "needs a "); n != 1 {
		t.Errorf("%d operations need a token, want 1", n)
	}
}

func TestReferenceToNothingIsAnError(t *testing.T) {
	for _, bad := range []string{
		strings.ReplaceAll(small, "    Gone: {", "    Away: {"),
		strings.ReplaceAll(small, "    Name: {", "    Away: {"),
		"", "a: [",
	} {
		if _, err := Make([]byte(bad)); err == nil {
			t.Errorf("no error for a contract of %d bytes", len(bad))
		}
	}
}
