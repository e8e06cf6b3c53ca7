// Package starter holds what "gallerist new" writes: site is a whole site,
// gallery.md and submission.md are one of each, kit is what a repository needs, theme is
// a theme. Words between double braces
// are filled in by package source, which also says which there are.
package starter

import "embed"

// FS holds the files.
//
//go:embed all:site all:kit all:theme gallery.md submission.md
var FS embed.FS
