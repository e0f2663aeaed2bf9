package main

import (
	"log/slog"
	"strings"
	"testing"
)

func TestWarnStrays(t *testing.T) {
	for entry, want := range map[string]string{
		"ITEMS_STORE=bolt:x":                       "",
		"ITEMS_STROE=bolt:x":                       "name=ITEMS_STROE nearest=ITEMS_STORE",
		"ITEMS_ADDRESS=:1":                         "name=ITEMS_ADDRESS nearest=ITEMS_ADDR",
		"ITEMS_LOGLEVEL=debug":                     "name=ITEMS_LOGLEVEL nearest=ITEMS_LOG_LEVEL",
		"ITEMS_WRITE_TOKENS_FILE=x":                "name=ITEMS_WRITE_TOKENS_FILE nearest=ITEMS_WRITE_TOKEN_FILE",
		"ITEMS_PORT=8080":                          `name=ITEMS_PORT nearest=""`,
		"ITEMS_COLOUR=red":                         `name=ITEMS_COLOUR nearest=""`,
		"ITEMS_STROE=":                             "",
		"OTHER=x":                                  "",
		"items_stroe=x":                            "",
		"ITEMS_SERVICE_HOST=10.0.0.1":              "",
		"ITEMS_SERVICE_PORT=8080":                  "",
		"ITEMS_SERVICE_PORT_HTTP=8080":             "",
		"ITEMS_PORT=tcp://10.0.0.1:8080":           "",
		"ITEMS_PORT_8080_TCP=tcp://10.0.0.1:8080":  "",
		"ITEMS_PORT_8080_TCP_PROTO=tcp":            "",
		"ITEMS_PORT_8080_TCP_PORT=8080":            "",
		"ITEMS_PORT_8080_TCP_ADDR=10.0.0.1":        "",
		"ITEMS_WEB_SERVICE_HOST=10.0.0.1":          "",
		"ITEMS_WEB_PORT_53_UDP=udp://10.0.0.1:53":  "",
		"ITEMS_PORTS=8080":                         `name=ITEMS_PORTS nearest=""`,
		"ITEMS_PORT_NAME=http":                     `name=ITEMS_PORT_NAME nearest=""`,
		"ITEMS_WRITE_TOKEN=0123456789abcdefsecret": `name=ITEMS_WRITE_TOKEN nearest=""`,
	} {
		var log strings.Builder
		warnStrays([]string{"HOME=/", entry}, slog.New(slog.NewTextHandler(&log, nil)))
		got := log.String()
		if want == "" && got != "" || !strings.Contains(got, want) || want != "" && !strings.Contains(got, "level=WARN") {
			t.Errorf("%s: logged %q, want %q", entry, got, want)
		}
		if strings.Contains(got, "secret") {
			t.Errorf("%s: the value is told", entry)
		}
	}
}
