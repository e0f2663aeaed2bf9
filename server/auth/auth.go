// Package auth lets requests pass that bear a token (RFC 6750).
package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"example.com/multistage/server/reload"
)

// Guard knows the tokens that let requests read and write. [New] makes one.
type Guard struct {
	write *reload.File[tokens] // nil lets all write
	read  *reload.File[tokens] // nil lets all read
}

// New returns a guard that takes its tokens from the files at the given paths: a
// token a line, of 16 characters or more; blank lines and the spaces around a
// token do not count. A changed file is in force a second later, and one that is
// bad is logged to log and leaves the tokens before it in force. An empty one lets
// nobody pass, of which log is warned. The clock is now.
//
// Tokens for writing let read as well. Without a path for reading, reads need no
// token; without any path, nothing does. A path for reading alone is an error,
// as it would guard what is read from all but those who write it. An error names
// a file and line, and no token.
func New(writePath, readPath string, log *slog.Logger, now func() time.Time) (*Guard, error) {
	if writePath == "" && readPath != "" {
		return nil, errors.New("tokens for reading without any for writing would let everybody write: give a file of both")
	}
	write, err := openTokens(writePath, log, now)
	if err != nil {
		return nil, err
	}
	read, err := openTokens(readPath, log, now)
	if err != nil {
		return nil, err
	}
	return &Guard{write, read}, nil
}

// Watch looks at the files now and then until ctx ends, also while no request does,
// and returns at once.
func (g *Guard) Watch(ctx context.Context) {
	for _, file := range []*reload.File[tokens]{g.write, g.read} {
		if file != nil {
			go file.Watch(ctx)
		}
	}
}

// openTokens returns nil for no path.
func openTokens(path string, log *slog.Logger, now func() time.Time) (*reload.File[tokens], error) {
	if path == "" {
		return nil, nil
	}
	parse := func(contents ...[]byte) (tokens, error) {
		all, err := parseTokens(contents...)
		if err == nil && len(all) == 0 {
			log.Warn("a file of tokens is empty: nobody passes by it", "file", path)
		}
		return all, err
	}
	file, err := reload.Open(parse, log, now, path)
	if err != nil {
		return nil, fmt.Errorf("tokens: %w", err)
	}
	return file, nil
}

// Wrap lets only those requests pass that may read (GET and HEAD) or write (all
// others). It answers the rest with 401 or 403 without reading their bodies.
func (g *Guard) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		if refused := g.check(r.Header, reads); refused != nil {
			refused.write(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// check returns nil for a request that may pass.
func (g *Guard) check(header http.Header, reads bool) *challenge {
	if g.write == nil || reads && g.read == nil {
		return nil
	}
	token, ok := bearer(header)
	if !ok {
		return unauthorized()
	}
	mayWrite := g.write.Get().hold(token)
	mayRead := g.read != nil && g.read.Get().hold(token) // asked in any case, so that the time tells nothing
	switch {
	case mayWrite, mayRead && reads:
		return nil
	case mayRead:
		return insufficientScope()
	}
	return invalidToken()
}

// bearer returns the token of a request's Authorization header. ok is false
// where there is none, or one of another scheme; what is no token, as in a
// header that comes twice, is returned as it is.
func bearer(header http.Header) (token string, ok bool) {
	value := strings.Join(header.Values("Authorization"), ", ")
	scheme, token, _ := strings.Cut(value, " ")
	return strings.TrimLeft(token, " "), strings.EqualFold(scheme, "Bearer")
}
