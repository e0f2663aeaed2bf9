package load

// Requests are prebuilt requests that connections send in turn, and from the first
// again after the last. They lie in one piece of memory.
type Requests struct {
	bytes []byte
	ends  []int
}

// NewRequests returns n requests, at least one, that build returns for 0 to n-1.
func NewRequests(n int, build func(i int) []byte) *Requests {
	r := &Requests{ends: make([]int, 0, n)}
	for i := range n {
		r.bytes = append(r.bytes, build(i)...)
		r.ends = append(r.ends, len(r.bytes))
	}
	return r
}

// at returns the request number i, counted on from the end.
func (r *Requests) at(i int) []byte {
	i %= len(r.ends)
	if i == 0 {
		return r.bytes[:r.ends[0]]
	}
	return r.bytes[r.ends[i-1]:r.ends[i]]
}
