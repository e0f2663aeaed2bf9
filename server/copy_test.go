package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
	"example.com/multistage/items/pgstore"
	"example.com/multistage/items/pgstore/pgtest"
)

func TestParseCopy(t *testing.T) {
	const database = "postgres://user:secret@db/items"
	for args, want := range map[string]copyConfig{
		"-from bolt:a.db -to " + database:       {location{path: "/work/a.db"}, location{url: database}, false},
		"-from " + database + " -to bolt:a.db":  {location{url: database}, location{path: "/work/a.db"}, false},
		"-from bolt:a.db -to bolt:/b.db":        {location{path: "/work/a.db"}, location{path: "/b.db"}, false},
		"-resume -to bolt:b.db -from bolt:a.db": {location{path: "/work/a.db"}, location{path: "/work/b.db"}, true},
	} {
		got, err := parseCopy(strings.Fields(args), "/work")
		if err != nil || got != want {
			t.Errorf("%q: %+v, %v; want %+v", args, got, err, want)
		}
	}
	for args, want := range map[string]string{
		"":                                       "by -from and -to",
		"-from bolt:a.db":                        "by -from and -to",
		"-to bolt:b.db":                          "by -from and -to",
		"-from bolt:a.db -to bolt:/work/a.db":    "can't be copied to itself",
		"-from bolt:a.db -to b.db":               `"b.db" for -to`,
		"-from " + database + " -to " + database: "postgres://user@db:5432/items can't be copied to itself",
		"-from bolt:a.db -to mysql://user:secret@db": `"mysql..." for -to`,
		"-from bolt:a.db -to bolt:b.db " + database:  `"postgres..."`,
		"-from mongo:a -to bolt:b.db":                `"mongo:a" for -from`,
		"-from bolt:a.db -to bolt:b.db c":            `"c"`,
		"-colour":                                    "-colour",
		"-resume=maybe":                              "want true or false",
	} {
		_, err := parseCopy(strings.Fields(args), "/work")
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "ITEMS_") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v, want an error that says %s", args, err, want)
		}
	}
	if _, err := parseCopy([]string{"-h"}, "/work"); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h: %v", err)
	}
}

// TestCopyDatabase copies a file to a database and that to another file, and holds that
// nothing that is said has the password.
func TestCopyDatabase(t *testing.T) {
	server := pgtest.New(t)
	server.Primary()
	url := strings.Replace(server.Database(), "items@", "items:secret@", 1)
	if _, _, err := pgstore.Migrate(t.Context(), url, pgstore.Options{}); err != nil {
		t.Fatal(err)
	}
	first, database, last := location{path: filepath.Join(t.TempDir(), "a.db")}, location{url: url}, location{path: filepath.Join(t.TempDir(), "b.db")}
	store, err := boltstore.Open(first.path, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.CreateBatch(t.Context(), make1000()); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	for _, c := range []copyConfig{{first, database, false}, {database, last, false}, {first, last, true}} {
		if err := copyItems(t.Context(), c, &told, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	if got := told.String(); strings.Count(got, "verified: both have 1000 items, the last id assigned is 1000, ") != 3 {
		t.Errorf("%s", got)
	}
	err = copyItems(t.Context(), copyConfig{first, database, false}, &told, io.Discard)
	if err == nil || !strings.Contains(err.Error(), database.String()+" is not empty") || strings.Contains(told.String()+err.Error(), "secret") {
		t.Errorf("%v\n%s", err, &told)
	}
}

func make1000() []items.Draft {
	drafts := make([]items.Draft, 1000)
	for i := range drafts {
		drafts[i].Name = fmt.Sprint("item ", i)
	}
	return drafts
}

func TestCopyHelp(t *testing.T) {
	var help bytes.Buffer
	printCopyHelp(&help)
	for _, want := range []string{"-from store\n", "-to store\n", "-resume\n", "Idempotency keys are not copied"} {
		if !strings.Contains(help.String(), want) {
			t.Errorf("no %q in:\n%s", want, help.String())
		}
	}
	if strings.Contains(help.String(), "ITEMS_") {
		t.Error("a variable fills stores")
	}
}
