package publish

import "golang.org/x/sys/unix"

// exchange swaps two folders in one step that nobody can see half done.
func exchange(a, b string) error {
	err := unix.RenameatxNp(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_SWAP)
	return exchangeError(a, b, err)
}

// flush asks for the names in dir only: the system has no call for a whole
// file system, and a full flush of each file would take minutes.
func flush(dir string) error { return flushFolder(dir) }

// faithful says whether the file system of an open folder is one that is known
// to note, at each change of a folder's names, the moment in the folder, and to
// number it for as long as it is there.
func faithful(fd int) bool {
	var st unix.Statfs_t
	if err := unix.Fstatfs(fd, &st); err != nil {
		return false
	}
	kind := unix.ByteSliceToString(st.Fstypename[:])
	return kind == "apfs" || kind == "hfs"
}
