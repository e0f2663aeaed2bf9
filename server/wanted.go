package main

import (
	"errors"
	"flag"
	"time"
)

// wantedValue is the value of a flag that says what it accepts. Those of the flag
// package say "parse error".
type wantedValue struct {
	flag.Value
	wanted string
}

// sayWanted lets the errors of the flags say what is accepted.
func sayWanted(flags *flag.FlagSet) {
	flags.VisitAll(func(f *flag.Flag) { f.Value = &wantedValue{f.Value, wanted(f.Value)} })
}

// wanted describes what a value accepts, as far as any is refused.
func wanted(v flag.Value) string {
	switch v.(flag.Getter).Get().(type) { // all of the flag package's are
	case bool:
		return "want true or false"
	case int:
		return "want a whole number such as 100"
	case time.Duration:
		return "want a duration such as 5s or 1m30s"
	}
	return "want debug, info, warn or error" // a string is never refused
}

func (v *wantedValue) Set(s string) error {
	if v.Value.Set(s) != nil {
		return errors.New(v.wanted)
	}
	return nil
}

// IsBoolFlag tells the flag package which flags need no value.
func (v *wantedValue) IsBoolFlag() bool {
	b, ok := v.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}
