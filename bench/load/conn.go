package load

import "time"

// conn is a connection with at most one request in flight.
type conn struct {
	socket
	response response
	sent     time.Time // zero where no request is in flight
}

func (c *conn) idle() bool {
	return c.sent.IsZero()
}

// take takes what has come, nothing where the connection has ended. It returns an error
// where that can't be, or become, the response and nothing else.
func (c *conn) take(p []byte) error {
	if len(p) == 0 && !c.response.end() {
		return errCutOff
	}
	n, err := c.response.read(p)
	if err == nil && n < len(p) {
		err = errTooMuch
	}
	return err
}
