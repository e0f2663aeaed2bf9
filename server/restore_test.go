package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"strings"
	"testing"
)

func TestParseRestore(t *testing.T) {
	for _, tt := range []struct {
		args string
		env  lookupEnv
		want restoreConfig
	}{
		{"backup.db", env(), restoreConfig{"/work/items.db", "/work/backup.db", false}},
		{"-", env("ITEMS_STORE=bolt:/data/x.db"), restoreConfig{"/data/x.db", "-", false}},
		{"-force -store bolt:x.db /b.db", env("ITEMS_STORE=bolt:y.db"), restoreConfig{"/work/x.db", "/b.db", true}},
		{"b.db", env("ITEMS_FORCE=true"), restoreConfig{"/work/items.db", "/work/b.db", false}},
	} {
		got, err := parseRestore(strings.Fields(tt.args), tt.env, "/work")
		if err != nil || got != tt.want {
			t.Errorf("%q: %+v, %v; want %+v", tt.args, got, err, tt.want)
		}
	}
	for args, want := range map[string]string{
		"": "name the backup", "b.db -force": `"-force"`, "-colour b.db": "-colour", "-store x b.db": `"x"`,
		"-force=maybe b.db": "want true or false", "-store postgres://db/items b.db": "pg_restore",
	} {
		if _, err := parseRestore(strings.Fields(args), env(), "/work"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an error that says %s", args, err, want)
		}
	}
	if _, err := parseRestore([]string{"-h"}, env(), "/work"); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h: %v", err)
	}
}

func TestRestoreHelp(t *testing.T) {
	var help bytes.Buffer
	printRestoreHelp(&help)
	for _, want := range []string{"-store bolt:path  [ITEMS_STORE]", "-force\n", "FILE"} {
		if !strings.Contains(help.String(), want) {
			t.Errorf("no %q in:\n%s", want, help.String())
		}
	}
	if strings.Contains(help.String(), "ITEMS_FORCE") {
		t.Error("a variable overwrites databases")
	}
}

// TestInterruptible checks that a read that waits ends with its context.
func TestInterruptible(t *testing.T) {
	silent, _ := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	r := interruptible(ctx, silent)
	cancel()
	if _, err := io.ReadAll(r); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	whole, err := io.ReadAll(interruptible(t.Context(), strings.NewReader("all")))
	if string(whole) != "all" || err != nil {
		t.Errorf("%q, %v", whole, err)
	}
}
