// Command pocketbase is PocketBase with a collection of items that everybody may
// read and write.
package main

import (
	"log"
	"os"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

func main() {
	full := false
	app := pocketbase.NewWithConfig(pocketbase.Config{
		DBConnect: func(path string) (*dbx.DB, error) { return connect(path, full) },
	})
	app.RootCmd.PersistentFlags().BoolVar(&full, "full", false, "flush each commit before it returns")
	if err := app.RootCmd.ParseFlags(os.Args[1:]); err != nil {
		log.Fatal(err)
	}
	app.OnBootstrap().BindFunc(func(e *core.BootstrapEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		return makeItems(e.App)
	})
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.InstallerFunc = nil // which would open a browser
		return e.Next()
	})
	app.RootCmd.AddCommand(&cobra.Command{
		Use:   "seed",
		Short: "stores the drafts on standard input",
		Run: func(*cobra.Command, []string) {
			if err := fill(app, os.Stdin); err != nil {
				log.Fatal(err)
			}
		},
	})
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}
