package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The operations of the contract.
const (
	opList     = "GET /api/items"
	opCreate   = "POST /api/items"
	opGet      = "GET /api/items/{id}"
	opReplace  = "PUT /api/items/{id}"
	opChange   = "PATCH /api/items/{id}"
	opDelete   = "DELETE /api/items/{id}"
	opLive     = "GET /livez"
	opReady    = "GET /readyz"
	opVersion  = "GET /version"
	opContract = "GET /openapi.yaml"
	opDocs     = "GET /docs"
	opHome     = "GET /"
)

const (
	isJSON   = "Content-Type: application/json"
	isLines  = "Content-Type: application/x-ndjson"
	isPatch  = "Content-Type: application/merge-patch+json"
	asLines  = "Accept: application/x-ndjson"
	keyed    = "Idempotency-Key: 0f8fad5b-d9cb-469f-a165-70867728950e"
	coded    = "Accept-Encoding: gzip"
	greenTea = `{"name":"Green tea","description":"Two boxes"}`
)

// cases returns one or more for each operation and status of the contract.
func cases() []apiCase {
	return slices.Concat(
		listCases(), createCases(), importCases(), getCases(), replaceCases(), changeCases(), deleteCases(),
		healthCases(), documentCases(), stateCases(), slowCases(), codedCases(),
	)
}

// good are requests that a service in a good state serves, and how.
func good() map[string]apiCase {
	all := make(map[string]apiCase)
	for _, c := range []apiCase{
		{op: opList, status: 200},
		{op: opCreate, request: request{headers: []string{isJSON}, body: greenTea}, status: 201},
		{op: opGet, status: 200},
		{op: opReplace, request: request{headers: []string{isJSON}, body: greenTea}, status: 200},
		{op: opChange, request: request{headers: []string{isPatch}, body: `{"name":"Jasmine tea"}`}, status: 200},
		{op: opDelete, status: 204},
		{op: opLive, status: 200},
		{op: opReady, status: 200},
		{op: opVersion, status: 200},
		{op: opContract, status: 200},
		{op: opDocs, status: 200},
		{op: opHome, status: 200},
	} {
		all[c.op] = c
	}
	return all
}

// stateCases send the good requests to services in good and in other states.
func stateCases() []apiCase {
	reads, writes := []string{opList, opGet}, []string{opCreate, opReplace, opChange, opDelete}
	both := slices.Concat(reads, writes)
	documents := []string{opContract, opDocs, opHome}
	const unknown, read, write = "unknown-0123456789abcdef", readToken, writeToken
	return slices.Concat(
		in(plain, 0, slices.Sorted(maps.Keys(good())), "X-Request-ID: 3fa85f64-5717-4562-b3fc-2c963f66afa6",
			"traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
		in(broken, 500, both),
		in(stopping, 503, both),
		in(full, 507, writes),
		in(away, 503, both), in(away, 503, []string{opReady}), in(away, 0, []string{opLive, opVersion}), in(away, 0, documents),
		in(outdated, 503, both), in(outdated, 503, []string{opReady}),
		in(busy, 503, both), in(busy, 503, documents), in(busy, 0, []string{opLive, opReady, opVersion}),
		in(tokened, 401, both), in(tokened, 401, both, "Authorization: Bearer "+unknown),
		in(tokened, 403, writes, "Authorization: Bearer "+read),
		in(tokened, 0, reads, "Authorization: Bearer "+read), in(tokened, 0, both, "Authorization: Bearer "+write),
		in(tokened, 0, documents), in(tokened, 0, []string{opLive, opReady, opVersion}),
		in(strict, 428, []string{opReplace, opChange, opDelete}),
		in(strict, 0, []string{opReplace, opChange, opDelete}, `If-Match: "1"`),
	)
}

// in sends good requests with some more headers to services of a kind. The status 0
// is that of a good state.
func in(kind worldKind, status int, ops []string, headers ...string) []apiCase {
	var all []apiCase
	for _, op := range ops {
		c := good()[op]
		c.world, c.name = kind, strings.Join(headers, ", ")
		if status != 0 {
			c.status = status
		}
		c.request.headers = slices.Concat(c.request.headers, headers)
		all = append(all, c)
	}
	return all
}

// slowCases send bodies that do not end. Who is refused for another reason hears of
// it all the same.
func slowCases() []apiCase {
	all := slices.Concat(
		in(slow, 408, []string{opCreate, opReplace, opChange}),
		in(busy, 503, []string{opCreate}),
		in(tokened, 401, []string{opCreate}),
		in(tokened, 403, []string{opCreate}, "Authorization: Bearer "+readToken),
	)
	for i := range all {
		all[i].name += " without an end"
		all[i].request.endless = true
	}
	return all
}

func listCases() []apiCase {
	bad := func(fault, query string) apiCase {
		return apiCase{op: opList, name: query, request: request{target: query}, status: 400, breaks: true, fault: fault}
	}
	duplicate := func(fault, query string) apiCase {
		c := bad(fault, query)
		c.breaks = false // OpenAPI can't say it
		return c
	}
	fine := func(query string, headers ...string) apiCase {
		return apiCase{op: opList, name: query, request: request{target: query, headers: headers}, status: 200}
	}
	long := "?q=" + strings.Repeat("%C3%A9", 201)
	return []apiCase{
		fine("?limit=1"), fine("?limit=1000"), fine("?limit=2&after=AQI"), fine("?q=TEA"), fine("?q=tea&limit=1"),
		fine("?q=nothing"), fine("?q=" + strings.Repeat("%C3%A9", 200)), fine("?after=AQM"),
		fine("", asLines), fine("?limit=1", asLines), fine("?q=tea&after=AQE", asLines), fine("", "Accept: */*"),
		bad("limit", "?limit=0"), bad("limit", "?limit=1001"), bad("limit", "?limit=ten"), bad("limit", "?limit="),
		bad("after", "?after=*"), bad("after", "?after="),
		bad("q", "?q="), bad("q", "?q=a%00b"), bad("q", long), bad("q", "?limit=0&q="),
		duplicate("after", "?after=1234"), duplicate("q", "?q=%FF"),
		duplicate("limit", "?limit=1&limit=2"), duplicate("q", "?q=a&q=b"),
	}
}

func createCases() []apiCase {
	bad := func(name string, status int, body string, headers ...string) apiCase {
		return apiCase{op: opCreate, name: name, request: request{headers: headers, body: body}, status: status, breaks: true}
	}
	again := request{method: "POST", target: "/api/items", headers: []string{isJSON, keyed}, body: greenTea}
	key := func(name, key string) apiCase {
		c := bad(name, 400, greenTea, isJSON, "Idempotency-Key: "+key)
		c.fault = "Idempotency-Key"
		return c
	}
	emptyKey := key("an empty key", "")
	emptyKey.breaks = false // the validator takes it for none
	return []apiCase{
		{op: opCreate, name: "with a key", request: again, status: 201},
		{op: opCreate, name: "replayed", before: []request{again}, request: again, status: 201},
		{op: opCreate, name: "the longest fields", status: 201, request: request{headers: []string{isJSON},
			body: `{"name":"` + strings.Repeat("é", 200) + `","description":"` + strings.Repeat("é", 4000) + `"}`}},
		{op: opCreate, name: "a key of another item", before: []request{again}, status: 422,
			request: request{headers: []string{isJSON, keyed}, body: `{"name":"Black tea"}`}},
		{op: opCreate, world: running, request: again, status: 409},
		{op: opCreate, name: "64 KiB and a byte", status: 413,
			request: request{headers: []string{isJSON}, body: greenTea + strings.Repeat(" ", 64<<10+1-len(greenTea))}},
		emptyKey, key("a key of 256 characters", strings.Repeat("k", 256)), key("a key with a space", "a b"),
		bad("broken off", 400, `{"name":`, isJSON),
		bad("a form", 415, "name=Green+tea", "Content-Type: application/x-www-form-urlencoded"),
		bad("unknown field", 422, `{"nmae":"Second"}`, isJSON),
		bad("no name", 422, `{}`, isJSON),
		bad("empty name", 422, `{"name":""}`, isJSON),
		bad("a name of 201 characters", 422, `{"name":"`+strings.Repeat("é", 201)+`"}`, isJSON),
		bad("a newline in the name", 422, `{"name":"a\nb"}`, isJSON),
		bad("a description of 4001 characters", 422, `{"name":"x","description":"`+strings.Repeat("é", 4001)+`"}`, isJSON),
		bad("a carriage return in the description", 422, `{"name":"x","description":"\r"}`, isJSON),
		bad("null as the description", 422, `{"name":"x","description":null}`, isJSON),
		bad("a number as the name", 422, `{"name":1}`, isJSON),
		bad("an array", 422, `[]`, isJSON),
		bad("33 faults", 422, manyFaults(33), isJSON),
	}
}

// manyFaults returns a body with n unknown fields and a good name.
func manyFaults(n int) string {
	body := `{"name":"x"`
	for i := range n {
		body += `,"unknown` + strconv.Itoa(i) + `":1`
	}
	return body + "}"
}

func importCases() []apiCase {
	send := func(name string, kind worldKind, breaks bool, body string) apiCase {
		return apiCase{op: opCreate, name: "import, " + name, world: kind, status: 200, breaks: breaks,
			request: request{headers: []string{isLines}, body: body}}
	}
	key := apiCase{op: opCreate, name: "import, a key", status: 400, fault: "Idempotency-Key",
		request: request{headers: []string{isLines, keyed}, body: greenTea + "\n"}}
	return []apiCase{
		key,
		send("blank lines and no newline at the end", plain, false, "\n"+greenTea+"\n \n"+`{"name":"Black tea"}`),
		send("one refused", plain, true, greenTea+"\n"+`{"name":""}`+"\n"),
		send("one is no JSON", plain, true, greenTea+"\n{\n"),
		send("one over 64 KiB", plain, false, greenTea+strings.Repeat(" ", 64<<10)+"\n"+greenTea+"\n"),
		send("full", full, false, greenTea+"\n"),
		send("broken", broken, false, greenTea+"\n"),
		send("away", away, false, greenTea+"\n"),
		send("stopping", stopping, false, greenTea+"\n"),
	}
}

func getCases() []apiCase {
	one := func(name, target string, status int, breaks bool, headers ...string) apiCase {
		c := apiCase{op: opGet, name: name, request: request{target: target, headers: headers}, status: status, breaks: breaks}
		if breaks {
			c.fault = "id"
		}
		return c
	}
	return []apiCase{
		one("held", "", 304, false, `If-None-Match: "1"`),
		one("one of those held", "", 304, false, `If-None-Match: "7", W/"1"`),
		one("held, compressed", "", 304, false, `If-None-Match: "1-gzip"`),
		one("another held", "", 200, false, `If-None-Match: "2"`),
		one("the tag", "", 200, false, `If-Match: "1"`),
		one("the tag, compressed", "", 200, false, `If-Match: "1-gzip"`),
		one("the tag, and held", "", 304, false, `If-Match: "1"`, `If-None-Match: "1"`),
		one("another tag", "", 412, false, `If-Match: "2"`),
		one("no quotes", "", 400, false, `If-Match: 1`),
		one("no quotes of one held", "", 200, false, `If-None-Match: 1`),
		one("traced", "", 200, false, "X-Request-ID: 3fa85f64-5717-4562-b3fc-2c963f66afa6",
			"traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
		one("traced badly", "", 200, false, "X-Request-ID: a b", "traceparent: x"),
		one("absent", "/api/items/9007199254740991", 404, false),
		one("beyond 2^53", "/api/items/9007199254740992", 404, true),
		one("zero", "/api/items/0", 404, true),
		one("no number", "/api/items/x", 404, true),
	}
}

// matchCases are those of writes to an item under conditions, of which good is one
// that is served.
func matchCases(good apiCase) []apiCase {
	with := func(name string, status int, headers ...string) apiCase {
		c := good
		c.name, c.status = name, status
		c.request.headers = slices.Concat(c.request.headers, headers)
		return c
	}
	absent := with("absent", 404)
	absent.request.target = "/api/items/9"
	bad := with("beyond 2^53", 404)
	bad.request.target, bad.breaks, bad.fault = "/api/items/9007199254740992", true, "id"
	return []apiCase{
		absent, bad,
		with("the tag", good.status, `If-Match: "1"`),
		with("the tag, compressed", good.status, `If-Match: "1-gzip"`),
		with("one of the tags", good.status, `If-Match: "7", "1"`),
		with("any tag", good.status, `If-Match: *`),
		with("another tag", 412, `If-Match: "2"`),
		with("no quotes", 400, `If-Match: 1`),
		with("no quotes of another tag", 400, `If-None-Match: 2`),
		with("the tag made weak", 412, `If-Match: W/"1"`),
		with("not this tag", 412, `If-None-Match: "1"`),
		with("no tag at all", 412, `If-None-Match: *`),
		with("not another tag", good.status, `If-None-Match: "2"`),
	}
}

// bodyCases are those of writes to an item whose bodies can't be taken.
func bodyCases(op, mediaType, otherType string) []apiCase {
	bad := func(name string, status int, body, mediaType string) apiCase {
		return apiCase{op: op, name: name, request: request{headers: []string{mediaType}, body: body}, status: status, breaks: true}
	}
	large := bad("64 KiB and a byte", 413, greenTea+strings.Repeat(" ", 64<<10+1-len(greenTea)), mediaType)
	large.breaks = false
	return []apiCase{
		large,
		bad("broken off", 400, `{"name":`, mediaType),
		bad("another media type", 415, greenTea, otherType),
		bad("unknown field", 422, `{"nmae":"Second"}`, mediaType),
		bad("empty name", 422, `{"name":""}`, mediaType),
		bad("a name of 201 characters", 422, `{"name":"`+strings.Repeat("é", 201)+`"}`, mediaType),
		bad("a carriage return in the description", 422, `{"name":"x","description":"\r"}`, mediaType),
		bad("an array", 422, `[]`, mediaType),
		bad("null as the name", 422, `{"name":null}`, mediaType),
	}
}

func replaceCases() []apiCase {
	return slices.Concat(matchCases(good()[opReplace]), bodyCases(opReplace, isJSON, "Content-Type: text/plain"))
}

func changeCases() []apiCase {
	return slices.Concat(matchCases(good()[opChange]), bodyCases(opChange, isPatch, isJSON))
}

func deleteCases() []apiCase {
	gone := apiCase{op: opDelete, name: "twice", status: 404, before: []request{{method: "DELETE", target: "/api/items/1"}}}
	return append(matchCases(good()[opDelete]), gone)
}

func healthCases() []apiCase {
	return []apiCase{
		{op: opReady, world: draining, status: 503},
		{op: opReady, world: stopping, status: 503},
		{op: opLive, world: stopping, status: 200},
	}
}

func documentCases() []apiCase {
	var all []apiCase
	for _, op := range []string{opContract, opDocs, opHome} {
		all = append(all,
			apiCase{op: op, name: "held", status: 304, request: request{headers: []string{"If-None-Match: *"}}},
			apiCase{op: op, name: "another held", status: 200, request: request{headers: []string{`If-None-Match: "7"`}}},
		)
	}
	return all
}

// codedCases ask for long bodies, compressed.
func codedCases() []apiCase {
	all := in(plain, 0, []string{opList, opGet, opContract, opDocs, opHome}, coded)
	all[1].request.target = "/api/items/3"
	for _, c := range in(plain, 0, []string{opCreate, opReplace, opChange}, coded) {
		c.request.body = `{"name":"long","description":"` + strings.Repeat("x", 4000) + `"}`
		all = append(all, c)
	}
	return all
}
