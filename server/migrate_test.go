package main

import (
	"bytes"
	"errors"
	"flag"
	"strings"
	"testing"
	"time"
)

func TestParseMigrate(t *testing.T) {
	at := func(url string, connect time.Duration) storeConfig {
		s := defaultStore()
		s.location, s.connectTimeout = location{url: url}, connect
		return s
	}
	for _, tt := range []struct {
		args string
		env  lookupEnv
		want storeConfig
	}{
		{"-store postgres://db/items", env(), at("postgres://db/items", 2*time.Second)},
		{"-store-connect-timeout 9s", env("ITEMS_STORE=postgresql://db/items"), at("postgresql://db/items", 9*time.Second)},
		{"", env("ITEMS_STORE=postgres:///", "ITEMS_STORE_CONNECT_TIMEOUT=1s", "ITEMS_STORE_MAX_CONNS=x"), at("postgres:///", time.Second)},
	} {
		got, err := parseMigrate(strings.Fields(tt.args), tt.env)
		if err != nil || got != tt.want {
			t.Errorf("%q: %+v, %v; want %+v", tt.args, got, err, tt.want)
		}
	}
	for args, want := range map[string]string{
		"": "name a database", "-store bolt:y.db": "bolt:y.db is a file, which has no schema", "-store bolt:/x.db": "by -store or ITEMS_STORE", "-store x": `"x"`,
		"-store postgres:///x more": `"more"`, "-colour": "-colour", "-store postgres:///x -store-connect-timeout 0s": `"0s"`,
	} {
		if _, err := parseMigrate(strings.Fields(args), env()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an error that says %s", args, err, want)
		}
	}
	if _, err := parseMigrate([]string{"-h"}, env()); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h: %v", err)
	}
}

func TestMigrateHelp(t *testing.T) {
	var help bytes.Buffer
	printMigrateHelp(&help)
	for _, want := range []string{"-store url  [ITEMS_STORE]", "-store-connect-timeout duration  [ITEMS_STORE_CONNECT_TIMEOUT]", "(default 2s)"} {
		if !strings.Contains(help.String(), want) {
			t.Errorf("no %q in:\n%s", want, help.String())
		}
	}
	if strings.Contains(help.String(), "items.db") {
		t.Errorf("a file is the default:\n%s", help.String())
	}
}
