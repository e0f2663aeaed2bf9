package pgstore

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/items"
)

// List implements [items.Store].
func (s *Store) List(ctx context.Context, q items.Query) (items.Page, error) {
	if q.After >= items.MaxID || q.Limit < 1 || strings.ContainsRune(q.Name, 0) { // no name has a NUL, which no text of the database takes
		leave, err := s.enter(ctx)
		if err == nil {
			leave()
		}
		return items.Page{}, err
	}
	var l lister
	err := s.read(ctx, func(ctx context.Context, conn *pgconn.PgConn) error {
		l = lister{query: q}
		after, limit := intValue(q.After), intValue(int64(min(q.Limit, items.MaxID))+1)
		if q.Name == "" {
			return query(ctx, conn, statementList, [][]byte{after, limit}, l.add)
		}
		// The bound first: what is deleted meanwhile would move it on, past items that were
		// not examined.
		return queryAll(ctx, conn,
			statement{statementBound, [][]byte{after}, func(r row) { l.bound = append(l.bound, r.int(0)) }},
			statement{statementSearch, [][]byte{after, limit, []byte(items.Fold(q.Name))}, l.add})
	})
	if err != nil {
		return items.Page{}, err
	}
	return l.page(), nil
}

// lister makes a page of rows.
type lister struct {
	query items.Query
	items []items.Item
	text  int  // bytes of the items' names and descriptions
	more  bool // a row came for which there is no place

	// bound is the last id that a search examines, and one that follows, where there are
	// so many.
	bound []int64
}

func (l *lister) add(r row) {
	if len(l.items) == l.query.Limit || l.text >= items.MaxPageText {
		l.more = true
		return
	}
	item := r.item()
	l.items = append(l.items, item)
	l.text += len(item.Name) + len(item.Description)
}

func (l *lister) page() items.Page {
	page := items.Page{Items: l.items}
	last := int64(0)
	if len(l.items) > 0 {
		last = l.items[len(l.items)-1].ID
	}
	switch {
	case l.more:
		page.Next = last
	case len(l.bound) == 2:
		page.Next = max(last, l.bound[0])
	}
	return page
}
