//go:build !(darwin || freebsd || netbsd || openbsd || dragonfly)

package live

import "math"

// watchRoom is how many files and folders may be watched: the system says
// itself when there are too many.
func watchRoom() int { return math.MaxInt }
