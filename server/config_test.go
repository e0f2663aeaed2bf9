package main

import (
	"bytes"
	"errors"
	"flag"
	"log/slog"
	"slices"
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
	base := config{addr: ":8080", logFormat: "text", accessLog: true, shutdownTimeout: 8 * time.Second, maxInFlight: 1024,
		store: storeConfig{location: location{path: "/work/items.db"}, maxConns: 32, connectTimeout: 2 * time.Second, timeout: 5 * time.Second}}
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
		"absolute path":  {[]string{"-store", "bolt:/data/x.db"}, env(), with(func(c *config) { c.store.location.path = "/data/x.db" })},
		"relative path":  {nil, env("ITEMS_STORE=bolt:../x.db"), with(func(c *config) { c.store.location.path = "/x.db" })},
		"database": {[]string{"-store=postgres://u:p@a,b:1/d?sslmode=verify-full"}, env(), with(func(c *config) {
			c.store.location = location{url: "postgres://u:p@a,b:1/d?sslmode=verify-full"}
		})},
		"database, and how it is reached": {[]string{"-store-max-conns=7", "-store-connect-timeout=1s", "-migrate"},
			env("ITEMS_STORE=postgresql:///d", "ITEMS_STORE_TIMEOUT=3s", "ITEMS_STORE_MAX_CONNS=8"), with(func(c *config) {
				c.store = storeConfig{location{url: "postgresql:///d"}, 7, time.Second, 3 * time.Second, true}
			})},
		"what a file needs not": {[]string{"-migrate", "-store-max-conns=1"}, env("ITEMS_MIGRATE=false"),
			with(func(c *config) { c.store.maxConns, c.store.migrate = 1, true })},
		"level and times": {[]string{"-shutdown-delay=1s", "-shutdown-timeout=1m", "-log-format=json"}, env("ITEMS_LOG_LEVEL=warn"),
			with(func(c *config) {
				c.shutdownDelay, c.shutdownTimeout, c.logFormat, c.logLevel = time.Second, time.Minute, "json", slog.LevelWarn
			})},
		"files": {[]string{"-write-token-file=w", "-read-token-file=/r", "-tls-cert=c.pem"}, env("ITEMS_TLS_KEY=../k.pem"),
			with(func(c *config) {
				c.writeTokenFile, c.readTokenFile, c.tlsCert, c.tlsKey = "/work/w", "/r", "/work/c.pem", "/k.pem"
			})},
		"no access log": {[]string{"-access-log=false"}, env(), with(func(c *config) { c.accessLog = false })},
		"requests": {[]string{"-require-if-match", "-max-in-flight=0", "-cors-origin=*"}, env("ITEMS_H2C=true"),
			with(func(c *config) { c.requireIfMatch, c.maxInFlight, c.corsOrigin, c.h2c = true, 0, "*", true })},
		"admin": {[]string{"-admin-addr=127.0.0.1:0"}, env(), with(func(c *config) { c.adminAddr = "127.0.0.1:0" })},
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
		{"-store postgres:items", env(), []string{`"postgres:items"`, "-store", "ITEMS_STORE", "postgres://user@host/database"}},
		{"", env("ITEMS_STORE=host=db"), []string{`"host=db"`, "ITEMS_STORE"}},
		{"-store-max-conns 0", env(), []string{`"0"`, "-store-max-conns", "ITEMS_STORE_MAX_CONNS"}},
		{"", env("ITEMS_STORE_CONNECT_TIMEOUT=0s"), []string{`"0s"`, "-store-connect-timeout", "ITEMS_STORE_CONNECT_TIMEOUT"}},
		{"-store-timeout -1s", env(), []string{`"-1s"`, "-store-timeout", "ITEMS_STORE_TIMEOUT"}},
		{"-migrate=maybe", env(), []string{`"maybe"`, "-migrate", "true or false"}},
		{"", env("ITEMS_STORE=items.db"), []string{`"items.db"`, "ITEMS_STORE"}},
		{"-log-format xml", env(), []string{`"xml"`, "-log-format"}},
		{"", env("ITEMS_LOG_LEVEL=loud"), []string{`"loud"`, "ITEMS_LOG_LEVEL", "debug, info, warn or error"}},
		{"-shutdown-timeout 5", env(), []string{`"5"`, "-shutdown-timeout", "a duration such as 5s"}},
		{"-shutdown-timeout 0s", env(), []string{`"0s"`, "-shutdown-timeout"}},
		{"-shutdown-delay -1s", env(), []string{`"-1s"`, "-shutdown-delay"}},
		{"", env("ITEMS_SHUTDOWN_DELAY=soon"), []string{`"soon"`, "ITEMS_SHUTDOWN_DELAY", "a duration such as 5s"}},
		{"-admin-addr 9090", env(), []string{`"9090"`, "-admin-addr", "ITEMS_ADMIN_ADDR"}},
		{"-max-in-flight -1", env(), []string{`"-1"`, "-max-in-flight", "ITEMS_MAX_IN_FLIGHT"}},
		{"", env("ITEMS_MAX_IN_FLIGHT=many"), []string{`"many"`, "ITEMS_MAX_IN_FLIGHT", "a whole number such as 100"}},
		{"", env("ITEMS_REQUIRE_IF_MATCH=maybe"), []string{`"maybe"`, "ITEMS_REQUIRE_IF_MATCH", "true or false"}},
		{"-max-in-flight x", env(), []string{`"x"`, "-max-in-flight", "a whole number such as 100"}},
		{"-h2c=maybe", env(), []string{`"maybe"`, "-h2c", "true or false"}},
		{"-log-level loud", env(), []string{`"loud"`, "-log-level", "debug, info, warn or error"}},
		{"-tls-cert c.pem", env(), []string{`"c.pem"`, "-tls-cert", "-tls-key", "ITEMS_TLS_KEY"}},
		{"", env("ITEMS_TLS_KEY=k.pem"), []string{`"k.pem"`, "ITEMS_TLS_KEY", "-tls-cert", "ITEMS_TLS_CERT"}},
		{"-cors-origin https://a.example,b.example", env(), []string{"b.example", "-cors-origin", "ITEMS_CORS_ORIGIN"}},
		{"-read-token-file r", env(), []string{`"r"`, "-read-token-file", "-write-token-file"}},
		{"-h2c -tls-cert c.pem -tls-key k.pem", env(), []string{"-h2c", "-tls-cert"}},
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
		wants := []string{"-" + f.Name + " ", "[" + envName(f.Name) + "]"}
		if f.DefValue != "" {
			wants = append(wants, "(default "+f.DefValue+")")
		}
		for _, want := range wants {
			if !strings.Contains(help.String(), want) {
				t.Errorf("the help does not hold %q", want)
			}
		}
	})
}

// TestSettings checks that what is in force is told for each flag.
func TestSettings(t *testing.T) {
	c, err := parseConfig([]string{"-store=bolt:x.db", "-max-in-flight=7", "-log-level=warn"}, env("ITEMS_H2C=true"), "/work")
	if err != nil {
		t.Fatal(err)
	}
	got := c.settings()
	for name, want := range map[string]string{
		"addr": ":8080", "store": "bolt:/work/x.db", "max-in-flight": "7", "log-level": "WARN", "h2c": "true",
		"shutdown-timeout": "8s", "admin-addr": "",
	} {
		if value, ok := got[name]; !ok || value != want {
			t.Errorf("-%s: %q, %t; want %q", name, value, ok, want)
		}
	}
	c.flags(new(string)).VisitAll(func(f *flag.Flag) {
		if _, ok := got[f.Name]; !ok {
			t.Errorf("-%s is missing", f.Name)
		}
	})
}

func TestCORSOrigins(t *testing.T) {
	for value, want := range map[string][]string{
		"": nil, "*": {"*"}, "https://a.example, http://b.example:8080,": {"https://a.example", "http://b.example:8080"},
	} {
		if got := (config{corsOrigin: value}).corsOrigins(); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
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
