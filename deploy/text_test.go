package deploy

import "fmt"

// text returns what p points to as text, or none.
func text[T any](p *T) string {
	if p == nil {
		return "none"
	}
	return fmt.Sprint(*p)
}
