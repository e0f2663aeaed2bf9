package blackbox

import (
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"syscall"
	"testing"
)

func testDrain(t *testing.T, service Service) {
	instance := service.Start(t)
	held := newClient(t, instance).hold()
	instance.Signal(syscall.SIGTERM)
	awaitClosed(t, instance)
	held.finish(t, service, instance)
}

// testSilentConnection holds that a connection that was opened in advance, and on
// which nothing was sent, is no request in flight.
func testSilentConnection(t *testing.T, service Service) {
	instance := service.Start(t, "ITEMS_SHUTDOWN_TIMEOUT=3s")
	silent, err := net.Dial("tcp", strings.TrimPrefix(instance.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	newClient(t, instance).get("/livez").wantStatus(t, http.StatusOK) // on a later connection
	instance.Signal(syscall.SIGTERM)
	if status := instance.Wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
}

// testSecondSignal holds that a service which drains for long can be told to
// end at once.
func testSecondSignal(t *testing.T, service Service) {
	instance := service.Start(t, "ITEMS_SHUTDOWN_TIMEOUT=1h")
	newClient(t, instance).hold()
	instance.Signal(syscall.SIGTERM)
	awaitClosed(t, instance)
	instance.Signal(syscall.SIGTERM)
	if status := instance.Wait(); status == 0 {
		t.Error("exit status 0 although a request was cut off")
	}
}

// testShutdownTimeout holds that a request that does not end is cut off.
func testShutdownTimeout(t *testing.T, service Service) {
	instance := service.Start(t, "ITEMS_SHUTDOWN_TIMEOUT=100ms")
	newClient(t, instance).hold()
	instance.Signal(syscall.SIGTERM)
	if status := instance.Wait(); status == 0 {
		t.Error("exit status 0 although a request was cut off")
	}
}

func awaitClosed(t *testing.T, instance Instance) {
	t.Helper()
	Eventually(t, patience, "the listener closes", func() bool {
		connection, err := net.Dial("tcp", strings.TrimPrefix(instance.URL(), "http://"))
		if err != nil {
			return true
		}
		connection.Close()
		return false
	})
}

func testReadiness(t *testing.T, service Service) {
	instance := service.Start(t, "ITEMS_SHUTDOWN_DELAY=2s")
	c := newClient(t, instance)
	held := c.hold()
	instance.Signal(syscall.SIGTERM)
	Eventually(t, patience, "readiness drops", func() bool {
		return c.get("/readyz").status == http.StatusServiceUnavailable
	})
	c.get("/readyz").wantProblem(t, http.StatusServiceUnavailable)
	c.get("/livez").wantStatus(t, http.StatusOK)
	held.finish(t, service, instance)
}

// heldCreate is a POST whose handler waits for the rest of the body.
type heldCreate struct {
	body   *io.PipeWriter
	answer chan answer
	err    chan error
}

// hold starts to create an item. It returns once the service reads the body.
func (c client) hold() heldCreate {
	c.t.Helper()
	body, rest := io.Pipe()
	reading := make(chan struct{})
	trace := &httptrace.ClientTrace{Got100Continue: func() { close(reading) }}
	ctx := httptrace.WithClientTrace(c.t.Context(), trace)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+"/api/items", body)
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Expect", "100-continue")

	held := heldCreate{rest, make(chan answer, 1), make(chan error, 1)}
	go func() {
		got, err := c.send(request)
		held.answer <- got
		held.err <- err
	}()
	select {
	case <-reading:
	case got := <-held.answer:
		c.t.Fatalf("answered before the body was sent: %+v, %v", got, <-held.err)
	}
	return held
}

// finish lets a held request end while the service drains, and checks that it
// was answered, that the service then ended well, and that the item was kept.
func (h heldCreate) finish(t *testing.T, service Service, instance Instance) {
	t.Helper()
	got := h.answered(t)
	got.wantStatus(t, http.StatusCreated)
	if status := instance.Wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}

	c := newClient(t, service.Start(t))
	if after := c.get(got.header.Get("Location")); after.body != got.body {
		t.Errorf("after the restart: %s, want %s", after.body, got.body)
	}
}

// answered lets a held request end, and returns its answer.
func (h heldCreate) answered(t *testing.T) answer {
	t.Helper()
	if _, err := io.WriteString(h.body, `{"name":"in flight"}`); err != nil {
		t.Fatal(err)
	}
	h.body.Close()
	got := <-h.answer
	if err := <-h.err; err != nil {
		t.Fatalf("the request in flight was cut off: %v", err)
	}
	return got
}
