package boltstore

import (
	"context"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// List implements [items.Store].
func (s *Store) List(ctx context.Context, q items.Query) (page items.Page, err error) {
	err = s.view(ctx, func(b *bolt.Bucket) error {
		page, err = s.list(b, q)
		return err
	})
	if err != nil {
		return items.Page{}, err
	}
	return page, nil
}

func (s *Store) list(b *bolt.Bucket, q items.Query) (page items.Page, err error) {
	if q.After >= items.MaxID || q.Limit < 1 {
		return page, nil
	}
	matcher := items.NewMatcher(q.Name)
	c := b.Cursor()
	last, examined, size, text := int64(0), 0, 0, 0
	defer func() { s.file.passed(b.Tx(), size) }()
	for k, v := c.Seek(key(max(q.After, 0) + 1)); k != nil; k, v = c.Next() {
		if len(page.Items) == q.Limit || text >= items.MaxPageText || q.Name != "" && examined == items.MaxExamined {
			page.Next = last
			return page, nil
		}
		last = keyID(k)
		examined++
		size += len(v)
		item, found, err := decodeMatching(last, v, matcher)
		if err != nil {
			return page, err
		}
		if found {
			page.Items = append(page.Items, item)
			text += len(item.Name) + len(item.Description)
		}
	}
	return page, nil
}
