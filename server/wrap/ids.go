package wrap

import (
	"crypto/rand"
	"sync"
)

const (
	// idLen is the length of an id: 26 characters of 5 random bits each, as those
	// of [rand.Text], so that none comes twice.
	idLen      = 26
	idAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	// idSheet is how many ids are made at once.
	idSheet = 64
)

// ids gives ids that never come twice, many of them made at once, as values of a
// header. [newIDs] makes it; it may be used by many goroutines at once.
type ids struct {
	sheets sync.Pool // of *sheet
}

// sheet is ids that are yet to be given.
type sheet struct {
	values []string
}

func newIDs() *ids {
	return &ids{sync.Pool{New: func() any { return new(sheet) }}}
}

// next returns a slice of one id.
func (i *ids) next() []string {
	s := i.sheets.Get().(*sheet)
	if len(s.values) == 0 {
		s.values = makeIDs()
	}
	id := s.values[:1:1]
	s.values = s.values[1:]
	i.sheets.Put(s)
	return id
}

func makeIDs() []string {
	var random [idSheet * idLen]byte
	_, _ = rand.Read(random[:]) // never fails
	for i, b := range random {
		random[i] = idAlphabet[b%32]
	}
	all := string(random[:])
	values := make([]string, idSheet)
	for i := range values {
		values[i] = all[i*idLen : (i+1)*idLen]
	}
	return values
}
