package api

import "sync"

// maxKept is the size of the largest buffer that is kept: it holds most pages. As
// many requests as the service takes may each hold one while their clients read.
const maxKept = 64 << 10

// buffers keep memory for the bodies of further responses. The zero value has none
// yet.
type buffers struct {
	pool sync.Pool // of *[]byte
}

// take returns an empty buffer, which belongs to the caller until give.
func (b *buffers) take() *[]byte {
	if buf, ok := b.pool.Get().(*[]byte); ok {
		return buf
	}
	return new([]byte)
}

func (b *buffers) give(buf *[]byte) {
	if cap(*buf) > maxKept {
		return
	}
	*buf = (*buf)[:0]
	b.pool.Put(buf)
}
