package boltstore

import (
	"bytes"
	"context"

	"example.com/multistage/items"
)

// lookAfter is after how many items a list looks whether its caller has gone.
const lookAfter = 256

// List implements [items.Store].
func (s *Store) List(ctx context.Context, q items.Query) (page items.Page, err error) {
	err = s.read(ctx, func(r *reader) error {
		var size int
		page.Next, size, err = s.list(ctx, r, q, func(id int64, form []byte) error {
			item, err := decodeForm(id, form)
			page.Items = append(page.Items, item)
			return err
		})
		s.file.passed(r.tx, size)
		return err
	})
	if err != nil {
		return items.Page{}, err
	}
	return page, nil
}

// AppendList implements [items.Store]. It lets go of nothing: its pages are read again and
// again, unlike those of List, with which whole stores are exported.
func (s *Store) AppendList(ctx context.Context, b []byte, q items.Query) (array []byte, next int64, err error) {
	err = s.read(ctx, func(r *reader) error {
		array = append(b, '[')
		next, _, err = s.list(ctx, r, q, func(id int64, form []byte) error {
			if _, err := versionOf(id, form); err != nil {
				return err
			}
			array = append(append(array, form...), ',')
			return nil
		})
		array = append(bytes.TrimSuffix(array, []byte(",")), ']')
		return err
	})
	return array, next, err
}

// list hands the forms of a page to add. It returns the Next of it, and the size of the
// records that it has looked at.
func (s *Store) list(ctx context.Context, r *reader, q items.Query, add func(id int64, form []byte) error) (next int64, size int, err error) {
	if q.After >= items.MaxID || q.Limit < 1 {
		return 0, size, nil
	}
	matcher := items.NewMatcher(q.Name)
	last, added, examined, text := int64(0), 0, 0, 0
	for k, v := r.seek(max(q.After, 0) + 1); k != nil; k, v = r.cursor.Next() {
		if added == q.Limit || text >= items.MaxPageText || q.Name != "" && examined == items.MaxExamined {
			return last, size, nil
		}
		if examined%lookAfter == lookAfter-1 && ctx.Err() != nil {
			return 0, size, ctx.Err()
		}
		last = keyID(k)
		examined++
		size += len(v)
		form, err := checked(last, v)
		if err != nil {
			return 0, size, err
		}
		found, err := matches(last, form, matcher)
		if err != nil {
			return 0, size, err
		}
		if found {
			if err := add(last, form); err != nil {
				return 0, size, err
			}
			added++
			text += len(form) - formWithoutText
		}
	}
	return 0, size, nil
}
