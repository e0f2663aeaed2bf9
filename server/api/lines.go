package api

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

const (
	// maxLine is the most bytes that a line of NDJSON may have without its end.
	maxLine = maxBody
	// lineBuffer is the size of the buffer that lines are read into: a line of
	// maxLine fits, and of short ones there are enough for a whole batch.
	lineBuffer = 256 << 10
)

var errLongLine = errors.New("the line is too long")

// lineReader reads lines, which end with LF or CRLF, in the memory of one buffer.
type lineReader struct {
	r *bufio.Reader
}

func newLineReader(r io.Reader) lineReader {
	return lineReader{bufio.NewReaderSize(r, lineBuffer)}
}

// ready reports whether next returns without reading more.
func (l lineReader) ready() bool {
	buffered, _ := l.r.Peek(l.r.Buffered())
	return bytes.IndexByte(buffered, '\n') >= 0
}

// next returns the next line without its end, which the last one need not have. It
// is valid until the next call. Of a line of more than maxLine bytes, which it skips,
// next returns errLongLine, and after the last one io.EOF.
func (l lineReader) next() ([]byte, error) {
	line, err := l.r.ReadSlice('\n')
	long := false
	for errors.Is(err, bufio.ErrBufferFull) {
		long = true
		line, err = l.r.ReadSlice('\n')
	}
	if err == io.EOF && (long || len(line) > 0) {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
	if long || len(line) > maxLine {
		return nil, errLongLine
	}
	return line, nil
}
