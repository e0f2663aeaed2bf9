package wrap

import (
	"compress/gzip"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// encoder writes a body in a content coding.
type encoder interface {
	io.WriteCloser
	// Flush writes all that was given so far.
	Flush() error
	// Reset begins another body.
	Reset(io.Writer)
}

// codings makes encoders and keeps those that are done for the next responses,
// by the name of the coding.
type codings map[string]*sync.Pool

// zstdWindow bounds how far back an encoder looks, and thereby its memory: most
// bodies are smaller, and in a list of items nearer text is as good.
const zstdWindow = 128 << 10

func newCodings() codings {
	return codings{
		gzipCoding: {New: func() any {
			// Bodies are coded once for each response, so speed is worth more than size.
			return must(gzip.NewWriterLevel(io.Discard, gzip.BestSpeed))
		}},
		zstdCoding: {New: func() any {
			return must(zstd.NewWriter(io.Discard,
				zstd.WithEncoderLevel(zstd.SpeedFastest),
				zstd.WithWindowSize(zstdWindow),
				zstd.WithEncoderConcurrency(1), // more would start goroutines
				zstd.WithLowerEncoderMem(true)))
		}},
	}
}

// must returns an encoder whose options are known to be right.
func must[E any](e E, err error) E {
	if err != nil {
		panic("wrap: " + err.Error())
	}
	return e
}

// get returns an encoder that writes to w.
func (c codings) get(name string, w io.Writer) encoder {
	e := c[name].Get().(encoder)
	e.Reset(w)
	return e
}

// put takes back an encoder of which all was written. HTTP/2 may read on in what a
// failed write was given, so that such an encoder has no other body.
func (c codings) put(name string, e encoder) {
	e.Reset(io.Discard)
	c[name].Put(e)
}
