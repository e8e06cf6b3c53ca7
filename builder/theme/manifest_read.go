package theme

import (
	"errors"

	"gallerist/builder/problem"

	"github.com/BurntSushi/toml"
)

// readManifest reads a rung's theme.toml and returns it with the place of the
// key extends.
func readManifest(r rung, version string, ps *problem.List) (*manifest, problem.Pos) {
	m := &manifest{}
	file, _ := r.read("theme.toml")
	pos := problem.Pos{File: file.shown}
	at := func(key ...string) problem.Pos { return pos }
	md, err := toml.Decode(string(file.text), m)
	var parse toml.ParseError
	if errors.As(err, &parse) {
		pos.Line = parse.Position.Line
		ps.Errorf(pos, "each line is a key, =, and a value; texts stand between quotation marks", "%s", parse.Message)
		return &manifest{}, pos
	}
	for _, key := range md.Undecoded() {
		ps.Errorf(pos, "see themes/README.md for the keys", "unknown key %q", key.String())
	}
	m.check(at, ps)
	if version != "" && m.Needs != "" && !meets(version, m.Needs) {
		ps.Errorf(at("needs"), "update Gallerist, or take an older version of the theme",
			"the theme needs Gallerist %s, and this is %s", m.Needs, version)
	}
	return m, at("extends")
}
