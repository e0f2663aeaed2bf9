// Package reload reads files again when they change, such as certificates and
// lists of tokens, so that a service need not be started again for a new one.
package reload

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// interval is the least time between two looks at the files, and watchInterval that
// of looks which nobody asks for.
const (
	interval      = time.Second
	watchInterval = 10 * time.Second
)

// File is a value that is parsed from one file, or from several that belong
// together, like a certificate and its key. It may be used by many goroutines.
// [Open] makes one.
type File[T any] struct {
	parse  func(contents ...[]byte) (T, error)
	log    *slog.Logger
	now    func() time.Time
	reader reader
	paths  string // for people

	opened time.Time
	value  atomic.Pointer[T]
	next   atomic.Int64 // the time of the next look, in nanoseconds after opened

	mu     sync.Mutex // held while the files are looked at
	parsed stamps     // of the version that was parsed last, good or bad
	unread string     // why the files could not be read at the last look
}

// Open reads and parses the files at paths. The contents reach parse in the
// order of paths, all of one version where files that belong together are
// replaced in one step. Later versions that parse refuses are logged to log,
// once each. The clock is now.
//
// The error names the file and what its user can do. What parse says must tell
// no secret of a file.
func Open[T any](parse func(contents ...[]byte) (T, error), log *slog.Logger, now func() time.Time, paths ...string) (*File[T], error) {
	f := &File[T]{
		parse:  parse,
		log:    log,
		now:    now,
		reader: reader{paths: paths, readFile: readFile},
		paths:  strings.Join(paths, " and "),
		opened: now(),
	}
	contents, version, err := f.reader.read(nil)
	if err != nil {
		return nil, err
	}
	if err := f.take(contents, version); err != nil {
		return nil, err
	}
	return f, nil
}

// Get returns the present value. It looks at the files at most once a second,
// and parses them again when the modification time, size or identity of one has
// changed, through symbolic links. While the files can't be read or parsed, the
// last good value stays.
func (f *File[T]) Get() T {
	if elapsed := int64(f.now().Sub(f.opened)); elapsed >= f.next.Load() {
		f.lookOnce(elapsed)
	}
	return *f.value.Load()
}

// Watch looks at the files every ten seconds until ctx ends, so that the log tells of a
// version that is of no use before anyone needs it.
func (f *File[T]) Watch(ctx context.Context) {
	watch(ctx, func() { f.Get() })
}

func watch(ctx context.Context, look func()) {
	tick := time.NewTicker(watchInterval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			look()
		case <-ctx.Done():
			return
		}
	}
}

// lookOnce looks at the files unless another goroutine does or just did.
func (f *File[T]) lookOnce(elapsed int64) {
	if !f.mu.TryLock() {
		return
	}
	defer f.mu.Unlock()
	if elapsed < f.next.Load() {
		return
	}
	f.next.Store(elapsed + int64(interval))
	f.look()
}

// look parses the files again where they have changed.
func (f *File[T]) look() {
	contents, version, err := f.reader.read(f.parsed)
	if err != nil {
		if err.Error() != f.unread {
			f.refuse(err)
		}
		f.unread = err.Error()
		return
	}
	f.unread = ""
	if contents == nil {
		return
	}
	if err := f.take(contents, version); err != nil {
		f.refuse(err)
		return
	}
	f.log.Info("read a changed file", "file", f.paths)
}

// take parses a version of the files, and keeps its value if it is good.
func (f *File[T]) take(contents [][]byte, version stamps) error {
	f.parsed = version
	value, err := f.parse(contents...)
	if err != nil {
		return fmt.Errorf("%s: %w", f.paths, err)
	}
	f.value.Store(&value)
	return nil
}

func (f *File[T]) refuse(err error) {
	f.log.Error("a changed file is of no use: what it held before stays in force", "error", err)
}
