package items

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestValidate(t *testing.T) {
	for _, tt := range []struct {
		about string
		draft Draft
		want  []FieldError
	}{
		{"shortest", Draft{Name: "x"}, nil},
		{"longest, counted in characters", Draft{strings.Repeat("é", 200), strings.Repeat("é", 4000)}, nil},
		{"newline and tab", Draft{"x", "a\n\tb"}, nil},
		{"no name", Draft{Description: "x"}, []FieldError{{"name", "must not be empty"}}},
		{"long name", Draft{Name: strings.Repeat("é", 201)},
			[]FieldError{{"name", "must have at most 200 characters, has 201"}}},
		{"long description", Draft{"x", strings.Repeat("é", 4001)},
			[]FieldError{{"description", "must have at most 4000 characters, has 4001"}}},
		{"newline in the name", Draft{Name: "a\nb"},
			[]FieldError{{"name", "must not contain the control character U+000A"}}},
		{"carriage return", Draft{"x", "a\r\nb"},
			[]FieldError{{"description", "must not contain the control character U+000D"}}},
		{"delete and C1", Draft{"\x7f", "\u0085"}, []FieldError{
			{"name", "must not contain the control character U+007F"},
			{"description", "must not contain the control character U+0085"},
		}},
		{"invalid UTF-8", Draft{"a\xff", "\xc3"}, []FieldError{
			{"name", "must be valid UTF-8"},
			{"description", "must be valid UTF-8"},
		}},
	} {
		err := tt.draft.Validate()
		invalid, _ := errors.AsType[*InvalidError](err)
		if tt.want == nil && err == nil {
			continue
		}
		if invalid == nil || !slices.Equal(invalid.Fields, tt.want) {
			t.Errorf("%s: %v, want %v", tt.about, err, tt.want)
		}
	}
}

func TestInvalidErrorIsOneLine(t *testing.T) {
	err := Draft{Description: "\x00"}.Validate()
	const want = "name must not be empty; description must not contain the control character U+0000"
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
