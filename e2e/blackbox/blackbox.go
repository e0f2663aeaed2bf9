// Package blackbox holds the tests that every build of the service passes, seen
// from outside: over HTTP, signals and exit statuses. It knows neither how the
// service was built nor what it runs in.
package blackbox

import (
	"syscall"
	"testing"
)

// Service is a build of the service together with a place for its data.
type Service interface {
	// Start runs the service and returns once it is ready. Settings are
	// environment variables, such as "ITEMS_SHUTDOWN_DELAY=2s". It fails the
	// test where the service does not become ready.
	Start(t *testing.T, settings ...string) Instance
}

// Instance is one run of a Service.
type Instance interface {
	// URL is where the service answers, without a slash at the end.
	URL() string
	// Signal sends a signal to the service and does not wait.
	Signal(syscall.Signal)
	// Wait waits for the service to end and returns its exit status. It fails
	// the test where the service does not end.
	Wait() int
}

// Run runs the suite. Deploy returns a service that has no data yet.
func Run(t *testing.T, deploy func(*testing.T) Service) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Service)
	}{
		{"create", testCreate},
		{"limits of a valid item", testLimits},
		{"invalid requests", testInvalid},
		{"paging", testPaging},
		{"search", testSearch},
		{"update", testUpdate},
		{"delete", testDelete},
		{"preconditions", testPreconditions},
		{"required preconditions", testRequireIfMatch},
		{"create once", testOnce},
		{"create once at once", testOnceAtOnce},
		{"import and export", testStreams},
		{"broken import", testBrokenImport},
		{"conditional requests", testConditional},
		{"conditional reads", testIfMatch},
		{"cache control", testCacheControl},
		{"codings", testCodings},
		{"HEAD", testHead},
		{"unknown routes and methods", testRoutes},
		{"health", testHealth},
		{"version", testVersion},
		{"request id", testRequestID},
		{"home page", testPage},
		{"security headers", testSecurityHeaders},
		{"more requests than may be in flight", testShed},
		{"restart", testRestart},
		{"kill", testKill},
		{"drain", testDrain},
		{"readiness drops before the listener closes", testReadiness},
		{"silent connection", testSilentConnection},
		{"second signal", testSecondSignal},
		{"shutdown timeout", testShutdownTimeout},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, deploy(t)) })
	}
}
