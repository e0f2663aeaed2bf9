package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
)

// minToken is the least characters of a token. 16 random ones of base64 can't be
// guessed: they are 96 bits.
const minToken = 16

// tokens are the SHA-256 sums of tokens. They are of one length, so that the time
// of a comparison tells nothing of a token.
type tokens [][sha256.Size]byte

// parseTokens reads a file of tokens, one a line. An empty one has none, so that
// emptying it revokes all.
func parseTokens(contents ...[]byte) (tokens, error) {
	var all tokens
	for _, content := range contents {
		number := 0
		for line := range strings.Lines(string(content)) {
			number++
			token := strings.TrimSpace(line)
			if token == "" {
				continue
			}
			if err := checkToken(token); err != nil {
				return nil, fmt.Errorf("line %d: %w", number, err)
			}
			all = append(all, sha256.Sum256([]byte(token)))
		}
	}
	return all, nil
}

// checkToken accepts a b64token (RFC 6750, section 2.1) of some length. Its error
// does not tell the token.
func checkToken(token string) error {
	if len(token) < minToken {
		return fmt.Errorf("a token must have at least %d characters", minToken)
	}
	core := strings.TrimRight(token, "=")
	if core == "" || strings.ContainsFunc(core, notOfTokens) {
		return errors.New("a token must consist of letters, digits and -._~+/, with = at its end only")
	}
	return nil
}

func notOfTokens(c rune) bool {
	letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	digit := '0' <= c && c <= '9'
	return !letter && !digit && !strings.ContainsRune("-._~+/", c)
}

// hold reports whether token is among the tokens. It compares it with each, in
// constant time, so that how long it takes tells nothing of where one matches.
func (t tokens) hold(token string) bool {
	sum := sha256.Sum256([]byte(token))
	found := 0
	for i := range t {
		found |= subtle.ConstantTimeCompare(sum[:], t[i][:])
	}
	return found == 1
}
