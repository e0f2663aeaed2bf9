package load

import (
	"bytes"
	"errors"
	"strconv"
)

// maxLine is the longest line of a response's head, in bytes.
const maxLine = 64 << 10

var (
	errStatusLine = errors.New("not the status line of an HTTP/1 response")
	errHeader     = errors.New("a line of the head is no header")
	errLength     = errors.New("a length that can't be read, or two that differ")
	errCoding     = errors.New("a transfer coding other than chunked")
	errChunk      = errors.New("a chunk that is not framed as one")
	errLine       = errors.New("a line of more than 64 KiB")
)

// response reads one HTTP/1.1 response from pieces of any size, and keeps nothing of
// its body. The zero value has read nothing:
// https://www.rfc-editor.org/rfc/rfc9112#name-message-body
type response struct {
	status int
	// last is true where the connection takes no further request.
	last bool

	state   state
	line    []byte // of a line, what has come without its end
	left    int64  // bytes of the body or of the chunk that have not come
	length  int64  // Content-Length plus one, 0 without one
	chunked bool
}

// state is what comes next.
type state int

const (
	inStatus state = iota
	inHeader
	inBody
	inBodyToEnd // of the connection
	inChunkSize
	inChunk
	inChunkEnd
	inTrailer
	complete
)

// reset makes ready for the next response.
func (r *response) reset() {
	*r = response{line: r.line[:0]}
}

// read takes bytes of the response until it is complete, and returns how many of p
// it took.
func (r *response) read(p []byte) (n int, err error) {
	for n < len(p) && r.state != complete && err == nil {
		switch r.state {
		case inBody, inChunk:
			n += r.skip(len(p) - n)
		case inBodyToEnd:
			n = len(p)
		default:
			var line []byte
			var whole bool
			taken := n
			line, n, whole = r.takeLine(p, n)
			if len(r.line) > maxLine || n-taken > maxLine {
				return n, errLine
			}
			if whole {
				err = r.takes(line)
				r.line = r.line[:0]
			}
		}
	}
	return n, err
}

// end says that the connection has ended. It returns whether the response is complete by that.
func (r *response) end() bool {
	if r.state == inBodyToEnd {
		r.state = complete
	}
	return r.state == complete
}

// skip takes at most n bytes of a body.
func (r *response) skip(n int) int {
	taken := min(int64(n), r.left)
	if r.left -= taken; r.left == 0 {
		if r.state == inChunk {
			r.state = inChunkEnd
		} else {
			r.state = complete
		}
	}
	return int(taken)
}

// takeLine returns the line that begins at p[n] without its end, and where the next one
// begins. A line that is not whole is kept.
func (r *response) takeLine(p []byte, n int) (line []byte, next int, whole bool) {
	end := bytes.IndexByte(p[n:], '\n')
	if end < 0 {
		r.line = append(r.line, p[n:]...)
		return nil, len(p), false
	}
	line = p[n : n+end]
	if len(r.line) > 0 {
		r.line = append(r.line, line...)
		line = r.line
	}
	return bytes.TrimSuffix(line, []byte{'\r'}), n + end + 1, true
}

// takes takes a line of what is not a body.
func (r *response) takes(line []byte) error {
	switch r.state {
	case inStatus:
		return r.takeStatus(line)
	case inHeader:
		if len(line) == 0 {
			r.headEnds()
			return nil
		}
		return r.takeHeader(line)
	case inChunkSize:
		return r.takeChunkSize(line)
	case inChunkEnd:
		if len(line) > 0 {
			return errChunk
		}
		r.state = inChunkSize
	case inTrailer:
		if len(line) == 0 {
			r.state = complete
		}
	}
	return nil
}

func (r *response) takeStatus(line []byte) error {
	// HTTP/1.1 200 OK
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.")) || line[8] != ' ' || len(line) > 12 && line[12] != ' ' {
		return errStatusLine
	}
	status, ok := decimal(line[9:12])
	if !ok || status < 100 {
		return errStatusLine
	}
	r.status, r.state = int(status), inHeader
	r.last = line[7] == '0'
	return nil
}

// takeHeader looks at the headers that say where the response ends.
func (r *response) takeHeader(line []byte) error {
	name, value, ok := bytes.Cut(line, []byte{':'})
	if !ok || len(name) == 0 {
		return errHeader
	}
	switch len(name) { // most headers are told apart by that already
	case len("Content-Length"):
		if equalFold(name, "Content-Length") {
			return r.takeLength(bytes.TrimSpace(value))
		}
	case len("Transfer-Encoding"):
		if equalFold(name, "Transfer-Encoding") {
			if !equalFold(bytes.TrimSpace(value), "chunked") {
				return errCoding
			}
			r.chunked = true
		}
	case len("Connection"):
		if equalFold(name, "Connection") && equalFold(bytes.TrimSpace(value), "close") {
			r.last = true
		}
	}
	return nil
}

func (r *response) takeLength(value []byte) error {
	n, ok := decimal(value)
	if !ok || r.length != 0 && r.length != n+1 {
		return errLength
	}
	r.length = n + 1
	return nil
}

// headEnds decides how the body ends. A head of 1xx is followed by another.
func (r *response) headEnds() {
	switch {
	case r.status < 200:
		r.reset()
	case r.status == 204 || r.status == 304:
		r.state = complete
	case r.chunked:
		r.state = inChunkSize
	case r.length == 1:
		r.state = complete
	case r.length > 1:
		r.state, r.left = inBody, r.length-1
	default:
		r.state, r.last = inBodyToEnd, true
	}
}

func (r *response) takeChunkSize(line []byte) error {
	size, _, _ := bytes.Cut(line, []byte{';'})
	n, err := strconv.ParseInt(string(bytes.TrimRight(size, " \t")), 16, 64)
	if err != nil || n < 0 || size[0] == '+' || size[0] == '-' {
		return errChunk
	}
	if r.left = n; n == 0 {
		r.state = inTrailer
	} else {
		r.state = inChunk
	}
	return nil
}

// decimal reads a number of digits alone, below 10^18.
func decimal(p []byte) (n int64, ok bool) {
	if len(p) == 0 || len(p) > 18 {
		return 0, false
	}
	for _, c := range p {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// equalFold compares with ASCII text without regard to case.
func equalFold(p []byte, s string) bool {
	return len(p) == len(s) && bytes.EqualFold(p, []byte(s))
}
