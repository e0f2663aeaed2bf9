package page

import (
	"net/http"
	"net/url"
	"strings"
)

// origin is where the service listens on the reader's own machine.
const origin = "http://localhost:8080"

// curls returns a command line for each media type that an operation reads or, where
// it reads none, writes.
func (d *document) curls(method, path string, item, n node) []string {
	base := command{method: method, url: origin + d.expand(path, item)}
	query := url.Values{}
	for ref := range n.get("parameters").elements() {
		p, _ := d.follow(ref)
		switch {
		case !p.get("x-curl").is():
		case p.get("in").text() == "query":
			query.Set(p.get("name").text(), p.get("example").text())
		default:
			base.headers = append(base.headers, p.get("name").text()+": "+p.get("example").text())
		}
	}
	if n.get("requestBody").is() {
		return d.writes(base, n.get("requestBody").get("content"))
	}
	return reads(base, query, n.get("responses").get("200").get("content"))
}

// expand fills in the parameters of a path.
func (d *document) expand(path string, item node) string {
	for _, p := range d.ownParameters(item) {
		path = strings.ReplaceAll(path, "{"+p.Name+"}", p.Example)
	}
	return path
}

func (d *document) writes(base command, content node) []string {
	var all []string
	for mediaType, n := range content.members() {
		c := base
		if isJSON(mediaType) {
			for _, ref := range n.get("examples").members() {
				target, _ := d.follow(ref)
				c.body = string(appendJSON(nil, target.get("value")))
				break
			}
		} else {
			c.headers, c.file = nil, "items.ndjson" // a key names one creation
		}
		all = append(all, c.with("Content-Type: "+mediaType).String())
	}
	return all
}

// reads returns a command for each media type of an answer, the first of which comes
// unasked and in pages.
func reads(base command, query url.Values, content node) []string {
	first := base
	if len(query) > 0 {
		first.url += "?" + query.Encode()
	}
	all := []string{first.String()}
	skip := true
	for mediaType := range content.members() {
		if !skip {
			all = append(all, base.with("Accept: "+mediaType).String())
		}
		skip = false
	}
	return all
}

// command is a command line of curl.
type command struct {
	method, url string
	headers     []string
	body, file  string // one of both, or none
}

func (c command) with(header string) command {
	c.headers = append(c.headers[:len(c.headers):len(c.headers)], header)
	return c
}

func (c command) String() string {
	words := []string{"curl -i"}
	if c.method != http.MethodGet && (c.method != http.MethodPost || c.file != "") {
		words[0] += " -X " + c.method
	}
	words[0] += " " + quoted(c.url)
	for _, h := range c.headers {
		words = append(words, "-H "+quoted(h))
	}
	if c.body != "" {
		words = append(words, "-d "+quoted(c.body))
	}
	if c.file != "" {
		words = append(words, "-T "+c.file) // sent piece by piece, unlike by --data-binary
	}
	return strings.Join(words, " \\\n  ")
}

// quoted returns a word as a shell reads it.
func quoted(word string) string {
	if strings.ContainsAny(word, ` "'&?*{}\`) {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}
