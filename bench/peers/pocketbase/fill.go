package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

const insert = "INSERT INTO items (id, name, description, created, updated) VALUES ({:id}, {:name}, {:description}, {:now}, {:now})"

// fill stores the drafts that r has as records, whose ids are item and 11 digits,
// in one transaction.
func fill(app core.App, r io.Reader) error {
	return app.RunInTransaction(func(tx core.App) error {
		statement := tx.DB().NewQuery(insert).Prepare()
		defer statement.Close()
		now := types.NowDateTime().String()
		decoder := json.NewDecoder(r)
		for n := 1; ; n++ {
			var draft struct{ Name, Description string }
			if err := decoder.Decode(&draft); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			_, err := statement.Bind(dbx.Params{
				"id": fmt.Sprintf("item%011d", n), "name": draft.Name, "description": draft.Description, "now": now,
			}).Execute()
			if err != nil {
				return err
			}
		}
	})
}
