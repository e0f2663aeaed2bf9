package wrap

import (
	"compress/gzip"
	"net/http"
	"strconv"

	"example.com/multistage/server/header"
)

// compressor is the writer of a response that may be coded. It holds back the
// header until it knows whether it is.
type compressor struct {
	encoders *encoders
	varies   header.Field // Vary: Accept-Encoding
	held     []byte       // the body so far, at most minCoded bytes, until the header is sent

	response
}

// response is what a compressor knows of one response.
type response struct {
	http.ResponseWriter
	coding string            // gzip or identity, as the client likes
	small  int               // the most bytes of a body that is not coded
	named  map[string]string // the tags in the request's conditions, by their bare ones

	status int          // 0 until the final header is written
	begun  bool         // whether the header is sent
	enc    *gzip.Writer // of a body that is coded, from then on
}

// reset makes c the writer of another response, to a request with the given header.
// The codings are taken off its conditions there, since wrappers outside see the
// route in the request, so that it is not copied.
func (c *compressor) reset(w http.ResponseWriter, request http.Header) {
	coding, must := choose(request["Accept-Encoding"])
	c.held = c.held[:0]
	c.response = response{ResponseWriter: w, coding: coding, small: minCoded, named: bareConditions(request)}
	if must {
		c.small = 0
	}
}

func (c *compressor) WriteHeader(status int) {
	if status < 200 { // an interim response
		c.ResponseWriter.WriteHeader(status)
		return
	}
	if c.status != 0 {
		return
	}
	c.status = status
	mayCode := c.mayCode()
	if mayCode || status == http.StatusNotModified {
		c.vary()
	}
	if !mayCode || c.coding == identity {
		c.begin(false)
		return
	}
	if length, err := strconv.Atoi(c.Header().Get("Content-Length")); err == nil {
		c.begin(length > c.small)
	}
}

// vary adds what the response depends on.
func (c *compressor) vary() {
	if h := c.Header(); h["Vary"] == nil {
		c.varies.Set(h)
	} else {
		h.Add("Vary", "Accept-Encoding")
	}
}

// mayCode reports whether the response is of a kind that clients can have coded.
func (c *compressor) mayCode() bool {
	h := c.Header()
	return c.status != http.StatusNoContent && c.status != http.StatusNotModified &&
		h.Get("Content-Encoding") == "" && h.Get("Content-Range") == "" && isText(h.Get("Content-Type"))
}

// begin sends the header, and what of the body was held back.
func (c *compressor) begin(coded bool) error {
	c.begun = true
	h := c.Header()
	if coded {
		h.Set("Content-Encoding", c.coding)
		h.Del("Content-Length")
		if tag := h.Get("ETag"); tag != "" {
			h.Set("ETag", codedTag(tag, c.coding))
		}
		c.enc = c.encoders.get(c.ResponseWriter)
	}
	if named := c.named[h.Get("ETag")]; named != "" && c.status == http.StatusNotModified {
		h.Set("ETag", named) // the client holds the body in the coding of this tag
	}
	c.ResponseWriter.WriteHeader(c.status)
	if len(c.held) == 0 {
		return nil
	}
	_, err := c.send(c.held)
	return err
}

func (c *compressor) Write(p []byte) (int, error) {
	if c.status == 0 {
		c.WriteHeader(http.StatusOK)
	}
	if !c.begun {
		if len(c.held)+len(p) <= c.small {
			c.held = append(c.held, p...)
			return len(p), nil
		}
		if err := c.begin(true); err != nil {
			return 0, err
		}
	}
	return c.send(p)
}

// send sends a part of the body.
func (c *compressor) send(p []byte) (int, error) {
	if c.enc != nil {
		return c.enc.Write(p)
	}
	return c.ResponseWriter.Write(p)
}

// FlushError sends what was written so far. [http.ResponseController] calls it.
func (c *compressor) FlushError() error {
	if c.status == 0 {
		c.WriteHeader(http.StatusOK)
	}
	if !c.begun { // a body that comes in parts, and so may be large
		if err := c.begin(true); err != nil {
			return err
		}
	}
	if c.enc != nil {
		if err := c.enc.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(c.ResponseWriter).Flush()
}

// finish ends the response of a handler that returned.
func (c *compressor) finish() {
	if c.status != 0 && !c.begun {
		_ = c.begin(false) // as of a handler's write, the server knows of the error
	}
	if c.enc != nil && c.enc.Close() == nil {
		c.encoders.put(c.enc)
	}
}

// release lets go of the response. The encoder of a handler that panicked was not
// closed, so that no client takes the body for whole, and is not used again.
func (c *compressor) release() {
	c.response = response{}
}

// Unwrap lets [http.ResponseController] reach the methods of the writer below.
func (c *compressor) Unwrap() http.ResponseWriter {
	return c.ResponseWriter
}
