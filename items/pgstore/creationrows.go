package pgstore

import (
	"time"

	"example.com/multistage/items"
)

// creationRows are the drafts of a group of creations, a row each.
type creationRows struct {
	drafts []items.Draft
	of     []*creation // to which each draft belongs
	keyed  int
}

func rowsOf(group []*creation) (rows creationRows) {
	for _, wish := range group {
		for _, d := range wish.drafts {
			rows.drafts = append(rows.drafts, d)
			rows.of = append(rows.of, wish)
		}
		if wish.key != nil {
			rows.keyed++
		}
	}
	return rows
}

// values returns the rows as statementCreate takes them, in columns.
func (rows creationRows) values() [][]byte {
	column := func(oid uint32, value func(i int) []byte) []byte { return arrayValue(oid, len(rows.drafts), value) }
	return [][]byte{
		column(oidBytea, func(i int) []byte { return rows.of[i].key }),
		column(oidBytea, func(i int) []byte {
			if rows.of[i].key == nil {
				return nil
			}
			hash := rows.drafts[i].Hash()
			return hash[:]
		}),
		column(oidText, func(i int) []byte { return []byte(rows.drafts[i].Name) }),
		column(oidText, func(i int) []byte { return []byte(items.Fold(rows.drafts[i].Name)) }),
		column(oidText, func(i int) []byte { return []byte(rows.drafts[i].Description) }),
	}
}

// made notes that the database has made an item of row i.
func (rows creationRows) made(i int, id int64, now time.Time) {
	rows.of[i].created = append(rows.of[i].created, items.New(id, rows.drafts[i], now))
}
