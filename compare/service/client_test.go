package service

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestAllCutOff holds that an answer that ends between two items is not taken for all of them.
func TestAllCutOff(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, `{"id": 1, "name": "x"}`)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}))
	defer server.Close()
	names, err := Client{server.URL, server.Client()}.All(t.Context())
	if _, is := errors.AsType[Broken](err); !is {
		t.Errorf("%v, %v, want that it is cut off", names, err)
	}
}
