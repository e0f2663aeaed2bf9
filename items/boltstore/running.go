package boltstore

import "sync"

// running holds the keys of the CreateOnce calls under way.
type running struct {
	mu   sync.Mutex
	keys map[string]struct{}
}

// begin reports whether no call with the key is under way, and makes this one that.
func (r *running) begin(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.keys[key]; ok {
		return false
	}
	if r.keys == nil {
		r.keys = make(map[string]struct{})
	}
	r.keys[key] = struct{}{}
	return true
}

func (r *running) end(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.keys, key)
}
