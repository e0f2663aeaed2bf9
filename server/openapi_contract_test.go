package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	validating "github.com/pb33f/libopenapi-validator/config"
	"github.com/pb33f/libopenapi-validator/content"
	faulty "github.com/pb33f/libopenapi-validator/errors"
	"github.com/pb33f/libopenapi-validator/responses"
	"github.com/pb33f/libopenapi-validator/schema_validation"
	"github.com/pb33f/libopenapi/datamodel/high/base"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"
)

// contract is openapi.yaml, ready to hold requests and responses against it.
type contract struct {
	model     *v3.Document
	document  validator.Validator
	schemas   schema_validation.SchemaValidator
	validated validating.Option
}

// everywhere are the headers that all responses, or all pages, have and that the
// contract describes once, in its text.
func everywhere() []string {
	return []string{
		"X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy",
		"Cross-Origin-Resource-Policy", "Cross-Origin-Opener-Policy",
	}
}

// readContract reads what the service serves.
func readContract(t *testing.T) *contract {
	t.Helper()
	resp := newWorld(t, plain).send(t, request{method: http.MethodGet, target: "/openapi.yaml"})
	return parseContract(t, []byte(resp.body))
}

func parseContract(t *testing.T, file []byte) *contract {
	t.Helper()
	doc, err := libopenapi.NewDocument(file)
	if err != nil {
		t.Fatal(err)
	}
	model, err := doc.BuildV3Model()
	if err != nil {
		t.Fatal(err)
	}
	options := func(o *validating.ValidationOptions) {
		for _, option := range []validating.Option{
			validating.WithFormatAssertions(),
			validating.WithStrictMode(),
			validating.WithStrictIgnoredHeadersExtra(everywhere()...),
			validating.WithRejectUnsupportedBodyContent(),
			validating.WithRejectUndeclaredRequestBody(),
			validating.WithBodyDecoder("application/x-ndjson", content.DecoderFunc(decodeLines)),
			validating.WithBodyDecoder("text/plain", content.DecoderFunc(decodeText)),
			validating.WithBodyDecoder("text/html", content.DecoderFunc(decodeText)),
			validating.WithBodyDecoder("application/yaml", content.DecoderFunc(decodeText)),
		} {
			option(o)
		}
	}
	document, errs := validator.NewValidator(doc, options)
	if len(errs) > 0 {
		t.Fatal(errors.Join(errs...))
	}
	return &contract{&model.Model, document, schema_validation.NewSchemaValidator(options), options}
}

// decodeLines makes an array of the lines of NDJSON, as a schema of the contract
// describes it. Blank lines count for nothing.
func decodeLines(input *content.DecodeInput) (any, error) {
	body, err := io.ReadAll(input.Body)
	if err != nil {
		return nil, err
	}
	return parseLines(string(body))
}

func parseLines(body string) ([]any, error) {
	lines := []any{}
	for line := range strings.Lines(body) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		var value any
		if err := json.Unmarshal([]byte(line), &value); err != nil {
			return nil, err
		}
		lines = append(lines, value)
	}
	return lines, nil
}

func decodeText(input *content.DecodeInput) (any, error) {
	body, err := io.ReadAll(input.Body)
	return string(body), err
}

// operations returns those of the contract by their names, like GET /livez.
func (c *contract) operations() map[string]*v3.Operation {
	all := make(map[string]*v3.Operation)
	for path, item := range c.model.Paths.PathItems.FromOldest() {
		for method, operation := range item.GetOperations().FromOldest() {
			all[strings.ToUpper(method)+" "+path] = operation
		}
	}
	return all
}

// parameters returns those of an operation and of its path.
func (c *contract) parameters(op string) []*v3.Parameter {
	_, path, _ := strings.Cut(op, " ")
	return slices.Concat(c.model.Paths.PathItems.GetOrZero(path).Parameters, c.operations()[op].Parameters)
}

// checkResponse reports where a response is not as the contract has it.
func (c *contract) checkResponse(req *http.Request, resp *response) error {
	_, faults := c.document.ValidateHttpResponse(req, resp.forValidator())
	return joined(faults)
}

// checkRequest reports where a request is not as the contract has it.
func (c *contract) checkRequest(req *http.Request) error {
	_, faults := c.document.ValidateHttpRequestSync(req)
	return joined(faults)
}

// checkHeaders reports where the headers of a response are not as in the contract.
func (c *contract) checkHeaders(req *http.Request, resp *response, want *v3.Response) error {
	_, faults := responses.ValidateResponseHeaders(req, resp.forValidator(), want.Headers, req.URL.Path, "", c.validated)
	return joined(faults)
}

// checkValue reports where a JSON value is not as a schema has it.
func (c *contract) checkValue(schema *base.SchemaProxy, value any) error {
	_, faults := c.schemas.ValidateSchemaObject(schema.Schema(), value)
	return joined(faults)
}

func joined(faults []*faulty.ValidationError) error {
	var all []error
	for _, fault := range faults {
		all = append(all, fault)
	}
	return errors.Join(all...)
}
