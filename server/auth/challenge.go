package auth

import (
	"net/http"

	"example.com/multistage/server/problem"
)

// challenge is the answer to a request that may not pass (RFC 6750, section 3).
type challenge struct {
	status int
	err    string // the error code of RFC 6750, section 3.1, or nothing
	detail string
}

// unauthorized answers a request without a token, which RFC 6750 gives no error.
func unauthorized() *challenge {
	return &challenge{http.StatusUnauthorized, "", "This needs a token, in the header Authorization: Bearer TOKEN."}
}

func invalidToken() *challenge {
	return &challenge{http.StatusUnauthorized, "invalid_token", "The token is not one that this service takes."}
}

func insufficientScope() *challenge {
	return &challenge{http.StatusForbidden, "insufficient_scope", "The token is for reading only."}
}

func (c *challenge) write(w http.ResponseWriter, r *http.Request) {
	problem.Unread(w, r)
	value := `Bearer realm="items"`
	if c.err != "" {
		value += `, error="` + c.err + `"`
	}
	w.Header().Set("WWW-Authenticate", value)
	problem.Write(w, problem.Problem{Status: c.status, Detail: c.detail})
}
