package live

import (
	"io/fs"
	"math"
	"syscall"
)

// farKinds are file systems of other machines, and of programs (FUSE), which
// tell nothing or only of what is done here. See statfs(2).
var farKinds = map[uint32]bool{
	0x6969: true, 0x517B: true, 0xFF534D42: true, 0xFE534D42: true, 0x5346414F: true, 0x00C36400: true, // NFS, SMB, CIFS, SMB2, AFS, Ceph
	0x01021997: true, 0x65735546: true, 0x786F4256: true, 0xBACBACBC: true, // 9P (WSL's drives), FUSE, VirtualBox and VMware folders
}

// far says whether a folder lies where notifications do not come from.
func far(folder string) bool {
	var st syscall.Statfs_t
	return syscall.Statfs(folder, &st) == nil && farKinds[uint32(st.Type)]
}

// watchRoom is how many files and folders may be watched: the system says
// itself when there are too many.
func watchRoom() int { return math.MaxInt }

// inner returns the time of a file's last change of any kind and its number
// within its file system.
func inner(info fs.FileInfo) (ctime int64, serial uint64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctim.Nano(), s.Ino
	}
	return 0, 0
}
