package policy_test

import (
	"strings"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"example.com/multistage/image/policy"
)

// What can't be read is an error, and not an image without faults.
func TestUnreadable(t *testing.T) {
	for want, change := range map[string]func(*fixture){
		"no blob": func(f *fixture) {
			f.manifest = func(m *v1.Manifest) { m.Layers[1].Digest.Hex = strings.Repeat("0", 64) }
		},
		"unexpected EOF": func(f *fixture) { f.layers[1].truncated = true },
	} {
		f := conforming()
		change(f)
		if violations, err := policy.Check(f.image(t), f.want); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q, %v, want an error with %q", violations, err, want)
		}
	}
}

// The rule that finds a secret does not publish it.
func TestSecretsAreNotRepeated(t *testing.T) {
	f := conforming()
	f.config.Config.Env = []string{"DB_PASSWORD=correct-horse", "STORE=postgres://user:correct-horse@host/db"}
	f.want.Env = f.config.Config.Env
	violations, err := policy.Check(f.image(t), f.want)
	if err != nil || len(violations) != 2 {
		t.Fatalf("violations %q, %v", violations, err)
	}
	for _, violation := range violations {
		if strings.Contains(violation.Text, "correct-horse") {
			t.Error(violation)
		}
	}
}
