package main

import (
	"bytes"
	"errors"
	"flag"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// env is a lookupEnv of "NAME=value" entries.
func env(entries ...string) lookupEnv {
	return func(name string) (string, bool) {
		for _, e := range entries {
			if value, ok := strings.CutPrefix(e, name+"="); ok {
				return value, true
			}
		}
		return "", false
	}
}

func TestParseConfig(t *testing.T) {
	base := config{addr: ":8080", storePath: "/work/items.db", logFormat: "text", shutdownTimeout: 8 * time.Second}
	with := func(change func(*config)) config {
		c := base
		change(&c)
		return c
	}
	for name, tt := range map[string]struct {
		args []string
		env  lookupEnv
		want config
	}{
		"nothing set":    {nil, env(), base},
		"flag":           {[]string{"-addr", "127.0.0.1:0"}, env(), with(func(c *config) { c.addr = "127.0.0.1:0" })},
		"variable":       {nil, env("ITEMS_ADDR=:1"), with(func(c *config) { c.addr = ":1" })},
		"both":           {[]string{"-addr=:2"}, env("ITEMS_ADDR=:1"), with(func(c *config) { c.addr = ":2" })},
		"empty variable": {nil, env("ITEMS_ADDR="), base},
		"other variable": {nil, env("ITEMS_PORT=tcp://10.0.0.1:80"), base},
		"absolute path":  {[]string{"-store", "bolt:/data/x.db"}, env(), with(func(c *config) { c.storePath = "/data/x.db" })},
		"relative path":  {nil, env("ITEMS_STORE=bolt:../x.db"), with(func(c *config) { c.storePath = "/x.db" })},
		"level and times": {[]string{"-shutdown-delay=1s", "-shutdown-timeout=1m", "-log-format=json"}, env("ITEMS_LOG_LEVEL=warn"),
			with(func(c *config) {
				c.shutdownDelay, c.shutdownTimeout, c.logFormat, c.logLevel = time.Second, time.Minute, "json", slog.LevelWarn
			})},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parseConfig(tt.args, tt.env, "/work")
			if err != nil || got != tt.want {
				t.Errorf("%+v, %v; want %+v", got, err, tt.want)
			}
		})
	}
}

// TestParseConfigRefuses checks that an error names what is wrong.
func TestParseConfigRefuses(t *testing.T) {
	for _, tt := range []struct {
		args  string
		env   lookupEnv
		names []string
	}{
		{"-colour red", env(), []string{"-colour"}},
		{"more", env(), []string{`"more"`}},
		{"-addr", env(), []string{"-addr"}},
		{"-addr localhost", env(), []string{`"localhost"`, "-addr", "ITEMS_ADDR"}},
		{"-addr :", env(), []string{`":"`, "-addr"}},
		{"-addr :65536", env(), []string{`":65536"`, "-addr"}},
		{"-addr :http/x", env(), []string{`":http/x"`, "-addr"}},
		{"", env("ITEMS_ADDR=x"), []string{`"x"`, "ITEMS_ADDR"}},
		{"-store mysql:x", env(), []string{`"mysql:x"`, "-store"}},
		{"-store bolt://x.db", env(), []string{`"bolt://x.db"`, "-store"}},
		{"-store bolt:", env(), []string{`"bolt:"`, "-store"}},
		{"", env("ITEMS_STORE=items.db"), []string{`"items.db"`, "ITEMS_STORE"}},
		{"-log-format xml", env(), []string{`"xml"`, "-log-format"}},
		{"", env("ITEMS_LOG_LEVEL=loud"), []string{`"loud"`, "ITEMS_LOG_LEVEL"}},
		{"-shutdown-timeout 5", env(), []string{`"5"`, "-shutdown-timeout"}},
		{"-shutdown-timeout 0s", env(), []string{`"0s"`, "-shutdown-timeout"}},
		{"-shutdown-delay -1s", env(), []string{`"-1s"`, "-shutdown-delay"}},
		{"", env("ITEMS_SHUTDOWN_DELAY=soon"), []string{`"soon"`, "ITEMS_SHUTDOWN_DELAY"}},
	} {
		_, err := parseConfig(strings.Fields(tt.args), tt.env, "/work")
		if err == nil {
			t.Errorf("%q is taken", tt.args)
			continue
		}
		for _, name := range tt.names {
			if !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q: %q, want one line that names %s", tt.args, err, name)
			}
		}
	}
}

func TestHelpNamesEveryFlagAndVariable(t *testing.T) {
	if _, err := parseConfig([]string{"-h"}, env(), ""); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h: %v", err)
	}
	var help bytes.Buffer
	printHelp(&help)
	c, store := defaults()
	c.flags(&store).VisitAll(func(f *flag.Flag) {
		for _, want := range []string{"-" + f.Name + " ", "[" + envName(f.Name) + "]", "(default " + f.DefValue + ")"} {
			if !strings.Contains(help.String(), want) {
				t.Errorf("the help does not hold %q", want)
			}
		}
	})
}

func TestDialAddr(t *testing.T) {
	for addr, want := range map[string]string{
		":8080": "127.0.0.1:8080", "0.0.0.0:1": "127.0.0.1:1", "[::]:1": "[::1]:1", "10.0.0.1:1": "10.0.0.1:1", "host:1": "host:1",
	} {
		if got := dialAddr(addr); got != want {
			t.Errorf("dialAddr(%q) = %q, want %q", addr, got, want)
		}
	}
}
