package peer

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// importItems stores n items by an import of the service. It reads results while
// it sends, as an import needs.
func importItems(ctx context.Context, url string, n int) error {
	body, drafts := io.Pipe()
	defer body.Close() // ends writeDrafts
	go func() { drafts.CloseWithError(writeDrafts(drafts, n)) }()
	request, err := http.NewRequestWithContext(ctx, "POST", url, body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-ndjson")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	last, err := lastLine(response.Body)
	if err != nil {
		return err
	}
	var tally struct {
		Done    bool
		Durable int
	}
	if json.Unmarshal(last, &tally) != nil || !tally.Done || tally.Durable != n {
		return fmt.Errorf("an import of %d items: %s: %s", n, response.Status, last)
	}
	return nil
}

// lastLine reads to the end and returns the last line.
func lastLine(r io.Reader) (last []byte, err error) {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		last = append(last[:0], lines.Bytes()...)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(last)) == 0 {
		return nil, errors.New("an import has no results")
	}
	return last, nil
}
