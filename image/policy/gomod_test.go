package policy_test

import (
	"reflect"
	"strings"
	"testing"

	"example.com/multistage/image/policy"
)

const goMod = `module example.com/sample // a comment

go 1.2.3

require example.com/a v1.0.0

require (
	example.com/b v2.0.0 // indirect
	example.com/c v3.0.0
)
`

const goSum = `example.com/a v0.9.0 h1:older=
example.com/a v1.0.0 h1:a=
example.com/a v1.0.0/go.mod h1:not-its-files=
example.com/b v2.0.0/go.mod h1:not-its-files=
example.com/b v2.0.0 h1:b=
`

func TestRequired(t *testing.T) {
	got, err := policy.Required(goMod, goSum, "example.com/a", "example.com/b")
	if err != nil {
		t.Fatal(err)
	}
	want := policy.Build{Main: "example.com/sample", GoVersion: "go1.2.3", Modules: []policy.Module{
		{"example.com/a", "v1.0.0", "h1:a="},
		{"example.com/b", "v2.0.0", "h1:b="},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestRequiredErrors(t *testing.T) {
	for name, test := range map[string]struct{ mod, module, want string }{
		"a module that is not there": {goMod, "example.com/d", "go.mod has no version of example.com/d"},
		"no sum":                     {goMod, "example.com/c", "go.sum has no sum of example.com/c v3.0.0"},
		"no Go version":              {"require example.com/a v1.0.0\n", "example.com/a", "go.mod has no version of go"},
		"a toolchain":                {goMod + "toolchain go1.2.4\n", "example.com/a", `"toolchain go1.2.4"`},
		"a replacement":              {goMod + "replace example.com/a => ../a\n", "example.com/a", `"replace`},
		"replacements":               {goMod + "replace (\n)\n", "example.com/a", `"replace ("`},
		"an exclusion":               {goMod + "exclude example.com/a v1.0.0\n", "example.com/a", `"exclude`},
		"exclusions":                 {goMod + "exclude (\nexample.com/a v9.0.0\n)\n", "example.com/a", `"exclude ("`},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := policy.Required(test.mod, goSum, test.module); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%+v, %v, want an error with %s", got, err, test.want)
			}
		})
	}
}
