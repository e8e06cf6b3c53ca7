// Package themes holds the themes that come with Gallerist. It embeds their
// files and does nothing else; builder/theme reads them.
package themes

import "embed"

// FS holds each theme in a folder of its name.
//
//go:embed plain broadsheet courtyard limelight
var FS embed.FS
