package wrap

import (
	"net/http"
	"strconv"
)

// compressor is the writer of a response that may be coded. It holds back the
// header until it knows whether it is.
type compressor struct {
	http.ResponseWriter
	pool   codings
	coding string            // that the client likes best
	small  int               // the most bytes of a body that is not coded
	named  map[string]string // the tags in the request's conditions, by their bare ones

	status int     // 0 until the final header is written
	begun  bool    // whether the header is sent
	held   []byte  // the body so far, at most small bytes, until the header is sent
	enc    encoder // of a body that is coded, from then on
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
		c.Header().Add("Vary", "Accept-Encoding")
	}
	length, err := strconv.Atoi(c.Header().Get("Content-Length"))
	switch {
	case !mayCode || c.coding == identity:
		c.begin(false)
	case err == nil:
		c.begin(length > c.small)
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
		c.enc = c.pool.get(c.coding, c.ResponseWriter)
	}
	if named := c.named[h.Get("ETag")]; named != "" && c.status == http.StatusNotModified {
		h.Set("ETag", named) // the client holds the body in the coding of this tag
	}
	c.ResponseWriter.WriteHeader(c.status)
	held := c.held
	c.held = nil
	if len(held) == 0 {
		return nil
	}
	_, err := c.send(held)
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
	if c.enc != nil {
		_ = c.enc.Close()
	}
}

// release gives back the encoder. That of a handler that panicked was not closed,
// so that no client takes the body for whole.
func (c *compressor) release() {
	if c.enc != nil {
		c.pool.put(c.coding, c.enc)
		c.enc = nil
	}
}

// Unwrap lets [http.ResponseController] reach the methods of the writer below.
func (c *compressor) Unwrap() http.ResponseWriter {
	return c.ResponseWriter
}
