//go:build !(linux || darwin || freebsd || netbsd)

package live

import (
	"io/fs"
	"math"
)

// far says whether a folder lies where notifications do not come from.
func far(string) bool { return false }

// watchRoom is how many files and folders may be watched: the system says
// itself when there are too many.
func watchRoom() int { return math.MaxInt }

// inner returns nothing: on Windows it takes opening the file.
func inner(fs.FileInfo) (ctime int64, serial uint64) { return 0, 0 }
