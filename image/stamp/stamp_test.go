package main

import (
	"strings"
	"testing"
)

const status = "BUILD_TIMESTAMP 1\nSTABLE_EMPTY \nSTABLE_REVISION 0123abc\nSTABLE_VERSION v1.2.3+a&b $1 {STABLE_REVISION}\n"

func TestStamp(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		"a={b} {lower} {}\n":       "a={b} {lower} {}\n",
		"{STABLE_REVISION}":        "0123abc",
		"<{STABLE_VERSION}>\n":     "<v1.2.3+a&b $1 {STABLE_REVISION}>\n",
		"{{STABLE_REVISION}}{A":    "{0123abc}{A",
		"r={STABLE_REVISION}\ns\n": "r=0123abc\ns\n",
	} {
		if got, err := stamp(text, parse(status)); err != nil || got != want {
			t.Errorf("%q gives %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestMissing(t *testing.T) {
	_, err := stamp("{STABLE_REVISION} {STABLE_OTHER} {STABLE_EMPTY}", parse(status))
	if err == nil || !strings.Contains(err.Error(), "no {STABLE_OTHER}, {STABLE_EMPTY}; ") {
		t.Error(err)
	}
}
