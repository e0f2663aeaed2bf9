package result

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// Read reads a comparison that Write or compare --output json wrote.
func Read(path string) (*Comparison, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	var c Comparison
	err = decoder.Decode(&c)
	if _, after := decoder.Token(); err == nil && !errors.Is(after, io.EOF) {
		err = errors.New("something follows the comparison")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &c, nil
}

// JSON returns the comparison as a file has it.
func (c *Comparison) JSON() ([]byte, error) {
	content, err := json.MarshalIndent(c, "", "\t")
	return append(content, '\n'), err
}
