package peer

import (
	"bufio"
	"fmt"
	"io"
)

// draft returns the JSON of what a client says of the item with number n: a name
// of 13 characters and a description of 24.
func draft(n int) []byte {
	return fmt.Appendf(nil, `{"name":"%s %08d","description":"Number %08d of many."}`, word(n), n, n)
}

// word returns the word in the name of the item with number n, one of 64. None is
// a part of any other name.
func word(n int) string {
	const first, second = "babidafigokulamo", "debosinatuvazero"
	i, j := n%8, n/8%8
	return first[2*i:2*i+2] + second[2*j:2*j+2]
}

// writeDrafts writes the drafts of numbers 1 to n, a line each.
func writeDrafts(w io.Writer, n int) error {
	b := bufio.NewWriterSize(w, 64<<10)
	for i := range n {
		b.Write(draft(i + 1))
		b.WriteByte('\n')
	}
	return b.Flush()
}
