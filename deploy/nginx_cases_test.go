package deploy

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A replica that can't be reached costs no request, whatever its method.
func TestReplicaAway(t *testing.T) {
	service := strings.TrimPrefix(serve(t), "http://")
	front := nginx(t, away(t), service)
	wantStatus(t, 6, "POST", front+"/api/items", item("Tea"), http.StatusCreated)
	wantStatus(t, 6, "GET", front+"/api/items/1", "", http.StatusOK)
	wantStatus(t, 6, "PUT", front+"/api/items/1", item("Coffee"), http.StatusOK)
}

// A request that was sent and not answered is repeated where that does no harm, and never
// where it might: the client is told that it is open what became of it.
func TestAnswerLost(t *testing.T) {
	for _, test := range []struct {
		method, path, body string
		repeated           bool
	}{
		{"GET", "/api/items", "", true},
		{"GET", "/api/items/1", "", true},
		{"PUT", "/api/items/1", item("Tea"), true},
		{"DELETE", "/api/items/1", "", true},
		{"POST", "/api/items", item("Tea"), false},
		{"PATCH", "/api/items/1", item("Tea"), false},
	} {
		t.Run(test.method+test.path, func(t *testing.T) {
			var requests atomic.Int64
			replica := fake(t, func(w http.ResponseWriter, r *http.Request) {
				if requests.Add(1) == 1 {
					drop(w)
				}
			})
			resp := send(t, test.method, nginx(t, replica, replica)+test.path, test.body)
			if test.repeated {
				if resp.StatusCode != http.StatusOK || requests.Load() != 2 {
					t.Errorf("status %d after %d requests, want 200 after 2", resp.StatusCode, requests.Load())
				}
				return
			}
			var problem struct{ Status int }
			err := json.NewDecoder(resp.Body).Decode(&problem)
			if resp.StatusCode != http.StatusBadGateway || resp.Header.Get("Content-Type") != "application/problem+json" ||
				resp.Header.Get("Retry-After") == "" || err != nil || problem.Status != http.StatusBadGateway || requests.Load() != 1 {
				t.Errorf("%d, %v, %+v and %v after %d requests, want 502 as a problem after 1", resp.StatusCode, resp.Header, problem, err, requests.Load())
			}
		})
	}
}

// A replica that says that it is not ready gets no other requests, but a 503 of the API, which
// tells the client when to try again, says nothing about the replica.
func TestReplicaNotReady(t *testing.T) {
	for _, test := range []struct {
		name, path string
		turnedAway bool
	}{
		{"drains", "/readyz", true},
		{"sheds", "/api/items/1", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var refused, others atomic.Int64
			replica := fake(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == test.path {
					refused.Add(1)
					w.WriteHeader(http.StatusServiceUnavailable)
				} else {
					others.Add(1)
				}
			})
			front := nginx(t, replica, fake(t, func(http.ResponseWriter, *http.Request) {}))
			for range 4 {
				resp := send(t, "GET", front+test.path, "")
				if test.turnedAway && resp.StatusCode != http.StatusOK {
					t.Fatalf("%s is answered with %d, though one replica is ready", test.path, resp.StatusCode)
				}
			}
			wantStatus(t, 8, "GET", front+"/api/items", "", http.StatusOK)
			if refused.Load() == 0 || (others.Load() == 0) != test.turnedAway {
				t.Errorf("%d answers of 503, then %d other requests", refused.Load(), others.Load())
			}
		})
	}
}

// The health check of compose.yaml makes nginx turn away from a replica that drains, at once.
func TestCheckTurnsAway(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skipf("no curl: %v", err)
	}
	var others atomic.Int64
	draining := fake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/readyz" {
			w.WriteHeader(http.StatusServiceUnavailable)
		} else {
			others.Add(1)
		}
	})
	front := nginx(t, fake(t, func(http.ResponseWriter, *http.Request) {}), draining)
	wantStatus(t, 4, "GET", front+"/api/items", "", http.StatusOK)
	if others.Swap(0) == 0 {
		t.Error("no request has reached the replica before the check")
	}
	check := loadCompose(t).Services["nginx"].HealthCheck.Test[1:]
	for i := range check {
		check[i] = strings.Replace(check[i], "http://127.0.0.1:8080", front, 1)
	}
	if output, err := exec.CommandContext(t.Context(), check[0], check[1:]...).CombinedOutput(); err != nil || len(output) > 0 {
		t.Errorf("the check says %q, %v, though one replica is ready", output, err)
	}
	wantStatus(t, 8, "GET", front+"/api/items", "", http.StatusOK)
	if others.Load() > 0 {
		t.Errorf("%d requests have reached the replica after the check", others.Load())
	}
}

// Where no replica is ready, they are asked all the same: they know best what to answer.
func TestNoReplicaReady(t *testing.T) {
	replica := fake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/readyz" {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	front := nginx(t, replica, replica)
	wantStatus(t, 6, "GET", front+"/readyz", "", http.StatusServiceUnavailable)
	wantStatus(t, 6, "POST", front+"/api/items", item("Tea"), http.StatusOK)
}

// Lines go both ways as they come: the answer to one is there before the next one is sent.
func TestStreamsAreNotHeldBack(t *testing.T) {
	replica := fake(t, func(w http.ResponseWriter, r *http.Request) {
		controller := http.NewResponseController(w)
		if err := controller.EnableFullDuplex(); err != nil {
			panic(err)
		}
		lines := bufio.NewScanner(r.Body)
		for lines.Scan() {
			fmt.Fprintf(w, "got %s\n", lines.Text())
			controller.Flush()
		}
	})
	body, lines := io.Pipe()
	defer lines.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // it would wait for ever for what is held back
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "POST", nginx(t, replica, replica)+"/api/items", body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-ndjson")
	go fmt.Fprintln(lines, "0") // Do returns when the answer begins
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answers := bufio.NewScanner(resp.Body)
	for i := range 3 {
		if !answers.Scan() || answers.Text() != fmt.Sprintf("got %d", i) {
			t.Fatalf("line %d is answered with %q, %v", i, answers.Text(), answers.Err())
		}
		fmt.Fprintln(lines, i+1)
	}
}

// What is too long for an item is refused by the service, as it refuses it without nginx;
// what is a stream may be as long as it likes.
func TestBodies(t *testing.T) {
	service := strings.TrimPrefix(serve(t), "http://")
	front := nginx(t, service, service)
	wantStatus(t, 1, "POST", front+"/api/items", item("Tea"), http.StatusCreated)
	long := strings.Repeat("x", 100<<10)
	for _, request := range []struct{ method, path string }{{"POST", "/api/items"}, {"PUT", "/api/items/1"}} {
		resp := send(t, request.method, front+request.path, item(long))
		if resp.StatusCode != http.StatusRequestEntityTooLarge || resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s of 100 KiB: %d %s, want the service's 413", request.method, resp.StatusCode, resp.Header.Get("Content-Type"))
		}
	}
	const items = 20_000
	req, err := http.NewRequestWithContext(t.Context(), "POST", front+"/api/items", strings.NewReader(strings.Repeat(item("Tea")+"\n", items)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-ndjson")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if lines := strings.Count(string(answer), "\n"); resp.StatusCode != http.StatusOK || err != nil || lines < items {
		t.Errorf("an import of %d items: %d, %d lines, %v", items, resp.StatusCode, lines, err)
	}
}
