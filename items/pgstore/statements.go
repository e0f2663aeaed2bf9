package pgstore

import (
	"fmt"

	"example.com/multistage/items"
)

// The names of the prepared statements.
const (
	statementGet    = "items_get"
	statementList   = "items_list"
	statementSearch = "items_search"
	statementBound  = "items_bound"
	statementCreate = "items_create"
	statementForget = "items_forget"
	statementKey    = "items_key"
	statementUpdate = "items_update"
	statementDelete = "items_delete"
	statementPut    = "items_put"
	statementLast   = "items_last"
	statementRaise  = "items_raise"
)

// columns are those of an item, as row.item reads them.
const columns = "id, name, description, created_at, updated_at, version"

// statements returns what each statement does. They have only SQL that PostgreSQL,
// CockroachDB and YugabyteDB share.
func statements() map[string]string {
	return map[string]string{
		statementGet: "SELECT " + columns + " FROM items WHERE id = $1",

		statementList: page("SELECT * FROM items WHERE id > $1::bigint ORDER BY id LIMIT $2::bigint"),

		// $3 the part of the name, folded.
		statementSearch: page(fmt.Sprintf(`SELECT * FROM (
				SELECT * FROM items WHERE id > $1::bigint ORDER BY id LIMIT %d
			) AS examined WHERE strpos(folded, $3::text) > 0 ORDER BY id LIMIT $2::bigint`, items.MaxExamined)),

		// The last id that a search after $1 examines, and one that follows.
		statementBound: fmt.Sprintf("SELECT id FROM items WHERE id > $1::bigint ORDER BY id LIMIT 2 OFFSET %d", items.MaxExamined-1),

		// $1 keys, or NULL where there is none, $2 hashes of drafts, $3 names, $4 folded
		// names, $5 descriptions, $6 the time, $7 that of the oldest keys that count. It
		// returns the place of each item that was made, from 1, and its id. One whose key is
		// there is not made.
		statementCreate: fmt.Sprintf(`
			WITH fresh AS (
				SELECT given.*, row_number() OVER (ORDER BY place) AS nth
				FROM unnest($1::bytea[], $2::bytea[], $3::text[], $4::text[], $5::text[])
					WITH ORDINALITY AS given (key, draft, name, folded, description, place)
				WHERE (SELECT k.id FROM items_keys AS k WHERE k.key = given.key AND k.created_at > $7::timestamptz) IS NULL
			), last AS (
				UPDATE items_last SET id = id + (SELECT count(*) FROM fresh)
				WHERE one AND id + (SELECT count(*) FROM fresh) <= %d
				RETURNING id - (SELECT count(*) FROM fresh) AS id
			), kept AS (
				INSERT INTO items_keys (key, draft, id, created_at)
				SELECT key, draft, last.id + nth, $6::timestamptz FROM fresh, last WHERE key IS NOT NULL
				ON CONFLICT (key) DO UPDATE SET draft = excluded.draft, id = excluded.id, created_at = excluded.created_at
					WHERE items_keys.created_at <= $7::timestamptz
				RETURNING id
			), made AS (
				INSERT INTO items (id, name, folded, description, created_at, updated_at, version)
				SELECT last.id + nth, name, folded, description, $6::timestamptz, $6::timestamptz, 1 FROM fresh, last
				WHERE key IS NULL OR last.id + nth IN (SELECT id FROM kept)
			)
			SELECT place, last.id + nth FROM fresh, last WHERE key IS NULL OR last.id + nth IN (SELECT id FROM kept) ORDER BY place`, int64(items.MaxID)),

		// Removes some keys that are as old as $1.
		statementForget: `DELETE FROM items_keys WHERE key IN (
				SELECT key FROM items_keys WHERE created_at <= $1::timestamptz ORDER BY created_at LIMIT $2::bigint)`,

		statementKey: "SELECT draft, id, created_at FROM items_keys WHERE key = $1::bytea AND created_at > $2::timestamptz",

		// $2 the version, or 0 for any, $3 to $5 name, folded name and description, $6 the time.
		statementUpdate: `
			UPDATE items SET name = $3::text, folded = $4::text, description = $5::text,
				updated_at = greatest(updated_at, $6::timestamptz), version = version + 1
			WHERE id = $1::bigint AND ($2::bigint = 0 OR version = $2::bigint) AND (name <> $3::text OR description <> $5::text)
			RETURNING ` + columns,

		statementDelete: "DELETE FROM items WHERE id = $1::bigint AND ($2::bigint = 0 OR version = $2::bigint) RETURNING id",

		// $1 to $7 the columns, $8 the first id and $9 the last.
		statementPut: `
			WITH last AS (
				UPDATE items_last SET id = greatest(id, $9::bigint)
				WHERE one AND $8::bigint > (SELECT coalesce(max(id), 0) FROM items) RETURNING id
			)
			INSERT INTO items (id, name, folded, description, created_at, updated_at, version)
			SELECT given.* FROM last, unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::bigint[])
				AS given (id, name, folded, description, created_at, updated_at, version)`,

		statementLast: "SELECT id FROM items_last WHERE one",

		statementRaise: "UPDATE items_last SET id = greatest(id, $1::bigint) WHERE one",
	}
}

// page returns the statement of a page of the rows of another one, which takes an id in
// $1 and a number of rows in $2. The page ends with the row after the one that reaches
// the most text: that it comes says that more follow.
func page(rows string) string {
	return fmt.Sprintf(`SELECT %s FROM (
			SELECT *, sum(octet_length(name) + octet_length(description))
				OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 2 PRECEDING) AS before
			FROM (%s) AS found
		) AS page WHERE before IS NULL OR before < %d ORDER BY id`, columns, rows, items.MaxPageText)
}
