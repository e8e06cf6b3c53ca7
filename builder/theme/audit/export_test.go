package audit

import (
	"gallerist/builder/problem"
	"gallerist/builder/theme"
)

// Sheet is what is told of a sheet by itself.
func Sheet(name, css string) problem.List {
	a := &auditor{theme: &theme.Theme{Assets: &theme.Assets{}}}
	a.sheet(scan(name, css), map[string]bool{"--ink": true})
	return a.probs
}
