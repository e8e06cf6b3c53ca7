// Package lazyregexp has regular expressions that are compiled when they are
// first used, so that a program that starts does not wait for those of commands
// it is not asked for.
package lazyregexp

import (
	"regexp"
	"sync"
)

// New returns what compiles the pattern once and gives it. A pattern that is none
// panics at the first use: a test has to use each.
func New(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
