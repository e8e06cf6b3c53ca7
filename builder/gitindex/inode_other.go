//go:build !unix

package gitindex

import "io/fs"

// Inode returns the number of a file within its file system, 0 where that is
// not told: on Windows it takes opening the file.
func Inode(fs.FileInfo) uint64 { return 0 }
