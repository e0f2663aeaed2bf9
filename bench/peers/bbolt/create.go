package main

import (
	"encoding/json"
	"net/http"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/bench/peers/item"
)

// write is a draft to store.
type write struct {
	draft  item.Draft
	result chan result // has room for one
}

type result struct {
	form []byte
	err  error
}

func (s *store) create(w http.ResponseWriter, r *http.Request) {
	d, ok := item.ReadDraft(w, r)
	if !ok {
		return
	}
	wr := write{d, make(chan result, 1)}
	s.queue <- wr
	res := <-wr.result
	if res.err != nil {
		http.Error(w, res.err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, http.StatusCreated, res.form)
}

// commit stores what waits, all in one transaction, again and again.
func (s *store) commit() {
	var group []write
	for w := range s.queue {
		group = s.gather(append(group[:0], w))
		forms := make([][]byte, len(group))
		err := s.db.Update(func(tx *bolt.Tx) (err error) {
			for i, w := range group {
				if forms[i], err = put(tx.Bucket(bucket), w.draft); err != nil {
					return err
				}
			}
			return nil
		})
		for i, w := range group {
			w.result <- result{forms[i], err}
		}
	}
}

func (s *store) gather(group []write) []write {
	for len(group) < 1024 {
		select {
		case w := <-s.queue:
			group = append(group, w)
		default:
			return group
		}
	}
	return group
}

// put stores a draft as a new item and returns its JSON.
func put(b *bolt.Bucket, d item.Draft) ([]byte, error) {
	b.FillPercent = 0.9 // ids ascend: a page that is full stays so
	id, err := b.NextSequence()
	if err != nil {
		return nil, err
	}
	form, err := json.Marshal(item.New(int64(id), d))
	if err != nil {
		return nil, err
	}
	return form, b.Put(key(int64(id)), form)
}
