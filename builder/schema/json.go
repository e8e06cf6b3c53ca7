package schema

import (
	"bytes"
	"encoding/json"
)

// JSON returns the JSON Schema of a kind of file, in what editors agree on: draft
// 4, which TOML tools check by, without anything that later drafts dropped. Dates
// and times are texts, as all editors hand them over.
func (f File) JSON() []byte {
	n := object(f.Keys)
	n.Schema, n.Title, n.About = "http://json-schema.org/draft-04/schema#", f.Title, f.About
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(n); err != nil {
		panic(err) // plain data does not fail
	}
	return b.Bytes()
}

// node is one schema, its fields in the order in which they are written.
type node struct {
	Schema     string   `json:"$schema,omitempty"`
	Title      string   `json:"title,omitempty"`
	About      string   `json:"description,omitempty"`
	Type       string   `json:"type,omitempty"`
	AnyOf      []*node  `json:"anyOf,omitempty"`
	Enum       []string `json:"enum,omitempty"`
	Pattern    string   `json:"pattern,omitempty"`
	Min        *float64 `json:"minimum,omitempty"`
	Max        *float64 `json:"maximum,omitempty"`
	Items      *node    `json:"items,omitempty"`
	MinItems   int      `json:"minItems,omitempty"`
	MaxItems   int      `json:"maxItems,omitempty"`
	Properties fields   `json:"properties,omitempty"`
	Required   []string `json:"required,omitempty"`
	Others     any      `json:"additionalProperties,omitempty"`
}

// fields are the properties of an object in their own order.
type fields []field

type field struct {
	name string
	is   *node
}

// MarshalJSON writes the fields as an object.
func (list fields) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(f.name)
		if err != nil {
			return nil, err
		}
		var value bytes.Buffer
		e := json.NewEncoder(&value)
		e.SetEscapeHTML(false)
		if err := e.Encode(f.is); err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value.Bytes())
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func object(keys []Key) *node {
	n := &node{Type: "object", Properties: fields{}, Others: new(bool)}
	for _, k := range keys {
		n.Properties = append(n.Properties, field{k.Name, k.node()})
		if k.Needed {
			n.Required = append(n.Required, k.Name)
		}
	}
	return n
}

// dateOrTime is a date, alone or with a time and a zone. TOML allows a space
// where ISO 8601 has a T.
const dateOrTime = `^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?)?$`

// webAddress is an address with any letters: "format": "uri" would refuse others
// than Latin ones.
const webAddress = `^https?://[^\s\\"<>]+$`

// fractions makes it a list of so many numbers from 0 to 1.
func (n *node) fractions(count int) {
	zero, one := 0.0, 1.0
	n.Type, n.Items, n.MinItems, n.MaxItems = "array", &node{Type: "number", Min: &zero, Max: &one}, count, count
}

func (k Key) node() *node {
	n := &node{Title: k.Title, About: k.About}
	switch k.Kind {
	case Line, Words:
		n.Type, n.Enum, n.Pattern = "string", k.Choice, k.Form
	case Address:
		n.Type, n.Pattern = "string", webAddress
	case Whole:
		n.Type, n.Min, n.Max = "integer", k.Min, k.Max
	case Number:
		n.Type, n.Min, n.Max = "number", k.Min, k.Max
	case Switch:
		n.Type = "boolean"
	case Moment:
		n.Type, n.Pattern = "string", dateOrTime
	case Lines:
		n.Type, n.Items = "array", &node{Type: "string", Enum: k.Choice}
	case Point:
		n.fractions(2)
	case Part:
		n.fractions(4)
	case Table:
		n = object(k.Keys)
		n.Title, n.About = k.Title, k.About
	case Tables:
		n.AnyOf = []*node{object(k.Keys), {Type: "array", Items: object(k.Keys)}}
	case Map:
		n.Type, n.Others = "object", k.Keys[0].node()
	}
	return n
}
