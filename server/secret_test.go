package main

import (
	"bytes"
	"fmt"
	"net"
	"strings"
	"testing"

	"example.com/multistage/server/logs"
)

// secret is a password that nothing tells.
const secret = "hunter2"

// secretStores are values of -store with the secret in them, the ones to be taken first.
func secretStores() (good, bad []string) {
	good = []string{
		"postgres://items:" + secret + "@db/items",
		"postgresql://items:" + secret + "@a,b:1/items?sslmode=verify-full",
		"postgres://db/items?user=items&password=" + secret,
		"postgres://items@db/items?sslpassword=" + secret,
		"postgres://items:" + secret + "%40x@db/items",
	}
	bad = []string{
		"mysql://items:" + secret + "@db/items",
		"postgre://items:" + secret + "@db/items",
		"postgres:items:" + secret + "@db/items",
		"items:" + secret + "@db/items",
		"bolt://items:" + secret + "@db/items",
		"host=db password=" + secret,
		"host=db password='x " + secret + "'",
		secret + "@db/items",
	}
	return good, bad
}

// TestSettingsTellNoPassword checks what /debug/vars and the log tell of a store.
func TestSettingsTellNoPassword(t *testing.T) {
	good, _ := secretStores()
	for _, store := range good {
		c, err := parseConfig([]string{"-store", store}, env(), "/work")
		if err != nil {
			t.Errorf("%s: %v", store, err)
			continue
		}
		var log bytes.Buffer
		lines := logs.NewWriter(&log)
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		logListening(newLogger(c, lines), c, &endpoints{public: ln})
		ln.Close()
		lines.Close()
		for where, told := range map[string]string{"the settings": c.settings()["store"], "the log": log.String(), "%v": fmt.Sprint(c.store.location)} {
			if !strings.Contains(told, "postgres") || strings.Contains(told, secret) {
				t.Errorf("%s: %s: %s", store, where, told)
			}
		}
	}
}

// TestBrokenURLsTellNoPassword checks that a URL which can't be read is told without what
// may be a password in it.
func TestBrokenURLsTellNoPassword(t *testing.T) {
	for _, store := range []string{
		"postgres://items:" + secret + "@db:port/items", "postgres://items:" + secret + "@[::1/items", "postgres://items:" + secret + "%zz@db/items",
		"postgres://items:x%zz" + secret + "@db/items", "postgres://items:a@" + secret + "@db:x/items", "postgres://items:a:" + secret + "@db:x:y/items",
		"postgres://items@db/items?password=" + secret + "%zz", "postgres://items@db/items?sslmode=loud&password=" + secret,
		"postgres://items:" + secret + "@db/items?sslrootcert=/nowhere", "postgres://items:a/" + secret + "@db/items?sslmode=loud",
		"postgres://items:a@" + secret + "@db/items", "postgres://items:1/" + secret + "@db/items",
		"postgres://items:a?" + secret + "@db/items?sslmode=loud", "postgres://items:a#" + secret + "@db/items?sslmode=loud",
	} {
		for _, args := range [][]string{{"-addr=127.0.0.1:0", "-store", store}, {"migrate", "-store", store}} {
			var out, err bytes.Buffer
			status := run(args, &out, &err)
			if told := out.String() + err.String(); status == exitOK || strings.Contains(told, secret) || told == "" {
				t.Errorf("%q: exit status %d: %s", args, status, told)
			}
		}
	}
}

// TestErrorsTellNoPassword checks that a store which is refused, or given where it is no
// store, is told without its password.
func TestErrorsTellNoPassword(t *testing.T) {
	good, bad := secretStores()
	for _, store := range append(good, bad...) {
		for _, args := range [][]string{
			{store}, {"-addr=:0", store}, {"healthcheck", store}, {"restore", "-store", store, "x"},
			{"restore", "a", store}, {"migrate", store}, {"-addr=:0", "-store", store, "more"}, {"version", "-store", store, "more"},
			{"-store", store, "-store-max-conns=0"}, {"migrate", "-store", store, "-store-connect-timeout=0s"},
		} {
			var out, err bytes.Buffer
			if status := run(args, &out, &err); status != exitUsage {
				t.Errorf("%q: exit status %d, want %d: %s", args, status, exitUsage, &err)
			}
			if told := out.String() + err.String(); strings.Contains(told, secret) || told == "" {
				t.Errorf("%q: %s", args, told)
			}
		}
	}
}

func TestHelpTellsNoPassword(t *testing.T) {
	t.Setenv("ITEMS_STORE", "postgres://items:"+secret+"@db/items")
	for _, args := range [][]string{{"-h"}, {"restore", "-h"}, {"migrate", "-h"}} {
		var out, err bytes.Buffer
		if status := run(args, &out, &err); status != exitOK || strings.Contains(out.String()+err.String(), secret) {
			t.Errorf("%q: exit status %d: %s%s", args, status, &out, &err)
		}
	}
}
