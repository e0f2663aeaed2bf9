package main

import "bytes"

// object is a JSON object whose members keep their order, as those of jq do.
type object []member

type member struct {
	key   string
	value any
}

// set returns the object with a member: in the place of the one with the same key,
// else at the end.
func (o object) set(key string, value any) object {
	for i := range o {
		if o[i].key == key {
			o[i].value = value
			return o
		}
	}
	return append(o, member{key, value})
}

// MarshalJSON implements json.Marshaler.
func (o object) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := encode(&out, m.key); err != nil {
			return nil, err
		}
		out.WriteByte(':')
		if err := encode(&out, m.value); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
