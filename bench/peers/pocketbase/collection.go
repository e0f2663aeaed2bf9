package main

import (
	"github.com/pocketbase/pocketbase/core"
)

// makeItems makes the collection of items unless it is there.
func makeItems(app core.App) error {
	if _, err := app.FindCollectionByNameOrId("items"); err == nil {
		return nil
	}
	everybody := ""
	items := core.NewBaseCollection("items")
	items.ListRule = &everybody
	items.ViewRule = &everybody
	items.CreateRule = &everybody
	items.Fields.Add(
		&core.TextField{Name: "name", Required: true, Max: 200},
		&core.TextField{Name: "description", Max: 4000},
		&core.AutodateField{Name: "created", OnCreate: true},
		&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
	)
	return app.Save(items)
}
