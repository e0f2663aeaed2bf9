package service

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Client asks a service, by many goroutines at once where need be. What the service does not answer as it
// should is a Broken.
type Client struct {
	url  string
	http *http.Client
}

// Item is what a service says of an item.
type Item struct {
	ID   int64
	Name string
}

// NewClient returns one of the service at an address.
func NewClient(address string) Client {
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	return Client{"http://" + address, &http.Client{Transport: transport, Timeout: 30 * time.Second}}
}

// Create makes an item.
func (c Client) Create(ctx context.Context, name string) (Item, error) {
	draft, err := json.Marshal(map[string]string{"name": name})
	if err != nil {
		return Item{}, err
	}
	var made Item
	err = c.do(ctx, http.MethodPost, "/api/items", "application/json", draft, func(body *json.Decoder) error { return body.Decode(&made) })
	return made, err
}

// List reads the first page of items.
func (c Client) List(ctx context.Context) (page []Item, err error) {
	err = c.do(ctx, http.MethodGet, "/api/items", "application/json", nil, func(body *json.Decoder) error { return body.Decode(&page) })
	return page, err
}

// All reads all items and returns their names by id.
func (c Client) All(ctx context.Context) (map[int64]string, error) {
	names := make(map[int64]string)
	err := c.do(ctx, http.MethodGet, "/api/items", "application/x-ndjson", nil, func(body *json.Decoder) error {
		for body.More() {
			var item Item
			if err := body.Decode(&item); err != nil {
				return err
			}
			names[item.ID] = item.Name
		}
		return nil
	})
	return names, err
}

// Close closes connections that are idle.
func (c Client) Close() { c.http.CloseIdleConnections() }

// do sends a request in which and for which there is content of a media type, and reads the answer.
func (c Client) do(ctx context.Context, method, path, media string, content []byte, read func(*json.Decoder) error) error {
	request, err := http.NewRequestWithContext(ctx, method, c.url+path, bytes.NewReader(content))
	if err != nil {
		return err
	}
	request.Header.Set("Accept", media)
	request.Header.Set("Content-Type", media)
	response, err := c.http.Do(request)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return Broken(fmt.Sprintf("%s %s is not answered", method, path))
	}
	defer response.Body.Close()
	if response.StatusCode/100 != 2 {
		return Broken(fmt.Sprintf("%s %s is answered with %s", method, path, response.Status))
	}
	if err = read(json.NewDecoder(response.Body)); err == nil {
		_, err = io.Copy(io.Discard, response.Body) // so that the connection is used again
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return Broken(fmt.Sprintf("%s %s is answered with what is no JSON, or cut off", method, path))
	}
	return nil
}
