package pgstore

import (
	"encoding/binary"
	"time"
)

// All values travel in the binary format of their types:
// https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-FORMAT-CODES
var binaryFormat = []int16{1}

// epoch is the time 0 of a timestamptz, in microseconds since 1970.
const epoch = 946_684_800_000_000 // 2000-01-01

// The types of arrays' elements.
const (
	oidBytea       = 17
	oidInt8        = 20
	oidText        = 25
	oidTimestamptz = 1184
)

func intValue(v int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(v)) }

func timeValue(t time.Time) []byte { return intValue(t.UnixMicro() - epoch) }

// arrayValue returns an array of n elements, each as value returns it: nil is NULL.
func arrayValue(oid uint32, n int, value func(i int) []byte) []byte {
	const oneDimension, maybeNull, firstIndex = 1, 1, 1
	var b []byte
	if n == 0 {
		return binary.BigEndian.AppendUint32(make([]byte, 8), oid)
	}
	for _, field := range []uint32{oneDimension, maybeNull, oid, uint32(n), firstIndex} {
		b = binary.BigEndian.AppendUint32(b, field)
	}
	for i := range n {
		v := value(i)
		if v == nil {
			b = binary.BigEndian.AppendUint32(b, 1<<32-1)
			continue
		}
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(v))), v...)
	}
	return b
}
