package items

import (
	"errors"
	"strings"
)

// Errors of a [Store], matched with [errors.Is].
var (
	// ErrNotFound says that no item has the id asked for.
	ErrNotFound = errors.New("no item has this id")

	// ErrFull says that there is no room for another item: no space on the
	// disk, or no id. Nothing was stored.
	ErrFull = errors.New("the store is full")

	// ErrVersion says that the item has another version than the one asked
	// for. Nothing was changed.
	ErrVersion = errors.New("the item has another version")

	// ErrKeyReused says that the key of a CreateOnce came with another draft
	// before. Nothing was stored.
	ErrKeyReused = errors.New("the key was used for another item")

	// ErrKeyRunning says that a CreateOnce with the same key has not ended
	// yet. Nothing was stored.
	ErrKeyRunning = errors.New("a creation with this key is still running")

	// ErrDamaged says that the item is stored, but is not what was stored.
	ErrDamaged = errors.New("damaged")

	// ErrUnavailable says that the store can't be reached now. A write that failed with
	// it has changed nothing.
	ErrUnavailable = errors.New("the store can't be reached now")

	// ErrClosed says that the store was closed.
	ErrClosed = errors.New("the store is closed")
)

// InvalidError lists the fields of a [Draft] that can't be stored.
type InvalidError struct {
	Fields []FieldError
}

// FieldError is one field and what is wrong with it.
type FieldError struct {
	// Field is the name of the field in an item's JSON form.
	Field string
	// Detail is a phrase that follows the field's name: "must not be empty".
	Detail string
}

// Error joins the fields to one line.
func (e *InvalidError) Error() string {
	parts := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		parts[i] = f.Field + " " + f.Detail
	}
	return strings.Join(parts, "; ")
}
