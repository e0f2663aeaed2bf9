package browser

import (
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
)

// faults are what the browser complains of: exceptions that nothing caught, errors
// and warnings on the console, violations of the page's policy, failed requests.
type faults struct {
	mu       sync.Mutex
	seen     []string
	expected []string
}

func newFaults() *faults { return new(faults) }

// expect makes faults that contain a text part of the test. A test that provokes
// an error expects the browser's line about it.
func (f *faults) expect(texts ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.expected = append(f.expected, texts...)
}

// expectStatus makes a refused request part of the test.
func (f *faults) expectStatus(statuses ...int) {
	for _, status := range statuses {
		f.expect(fmt.Sprintf("responded with a status of %d", status))
	}
}

// unexpected returns the faults that the test does not expect.
func (f *faults) unexpected() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var found []string
	for _, text := range f.seen {
		if !f.isExpected(text) {
			found = append(found, text)
		}
	}
	return found
}

func (f *faults) isExpected(text string) bool {
	for _, part := range f.expected {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// listen takes an event of the tab.
func (f *faults) listen(event any) {
	switch event := event.(type) {
	case *runtime.EventExceptionThrown:
		f.add(exception(event.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if event.Type == "error" || event.Type == "warning" || event.Type == "assert" {
			f.add(fmt.Sprintf("console.%s: %s", event.Type, arguments(event.Args)))
		}
	case *log.EventEntryAdded:
		if event.Entry.Level == "error" || event.Entry.Level == "warning" {
			f.add(fmt.Sprintf("%s: %s %s", event.Entry.Source, event.Entry.Text, event.Entry.URL))
		}
	}
}

func (f *faults) add(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen = append(f.seen, text)
}

func exception(details *runtime.ExceptionDetails) string {
	text := details.Text
	if details.Exception != nil {
		text += " " + details.Exception.Description
	}
	return fmt.Sprintf("%s (%s:%d)", text, details.URL, details.LineNumber+1)
}

func arguments(args []*runtime.RemoteObject) string {
	var texts []string
	for _, arg := range args {
		texts = append(texts, strings.Trim(fmt.Sprintf("%s %s", arg.Value, arg.Description), " "))
	}
	return strings.Join(texts, " ")
}
