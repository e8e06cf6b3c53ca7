// Package purego stands in for github.com/ebitengine/purego, which
// github.com/gen2brain/avif imports to call a system's libavif where it finds
// one. The real package makes every program that contains it a dynamic one,
// even without cgo, and a library that happens to be installed would give
// other bytes on one machine than on the next. This one finds no library, so
// that avif runs the code it carries with it.
//
// The module gallerist puts it in place by a replace line in its go.mod. Only
// the names that avif uses are here; a version of avif that uses more does not
// build.
package purego

import "errors"

// The modes of Dlopen. Their values mean nothing, for nothing is opened.
const (
	RTLD_NOW    = 0
	RTLD_GLOBAL = 0
)

var errNone = errors.New("system libraries are not used")

// Dlopen opens nothing and always returns an error.
func Dlopen(string, int) (uintptr, error) { return 0, errNone }

// RegisterLibFunc does nothing: the function stays nil. Calling it panics,
// which avif takes as a library that cannot be used.
func RegisterLibFunc(any, uintptr, string) {}
