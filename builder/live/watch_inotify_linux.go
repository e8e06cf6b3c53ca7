package live

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"
	"syscall"
)

// inotify tells more than other systems' notifications: that a writer has
// closed its file. See inotify(7).
type inotify struct {
	file *os.File
	over chan struct{}

	mu    sync.Mutex // guards what follows
	names map[int32]string
	watch map[string]int32
}

// inotifyMask is what we want to be told of a folder.
const inotifyMask = syscall.IN_CREATE | syscall.IN_DELETE | syscall.IN_MOVED_FROM | syscall.IN_MOVED_TO |
	syscall.IN_MODIFY | syscall.IN_CLOSE_WRITE | syscall.IN_ATTRIB |
	syscall.IN_DELETE_SELF | syscall.IN_MOVE_SELF | syscall.IN_ONLYDIR

func newNotifier(box *inbox) (notifier, error) {
	fd, err := syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK)
	if err != nil {
		return nil, os.NewSyscallError("inotify_init1", err)
	}
	n := &inotify{
		file: os.NewFile(uintptr(fd), "inotify"), over: make(chan struct{}),
		names: map[int32]string{}, watch: map[string]int32{},
	}
	go n.read(box)
	return n, nil
}

func (n *inotify) Add(folder string) error {
	n.mu.Lock() // so that nothing is read of a watch without a name
	defer n.mu.Unlock()
	var wd int
	err := n.control(func(fd int) (err error) {
		wd, err = syscall.InotifyAddWatch(fd, folder, inotifyMask)
		return err
	})
	if err != nil {
		return &fs.PathError{Op: "inotify_add_watch", Path: folder, Err: err}
	}
	if old, ok := n.watch[folder]; ok && old != int32(wd) {
		n.drop(old, folder)
	}
	n.names[int32(wd)], n.watch[folder] = folder, int32(wd)
	return nil
}

func (n *inotify) Remove(folder string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if wd, ok := n.watch[folder]; ok {
		delete(n.watch, folder)
		n.drop(wd, folder)
	}
}

// drop ends a watch, unless its folder goes by another name now: a watch stays
// with a folder that is moved.
func (n *inotify) drop(wd int32, name string) {
	if n.names[wd] != name {
		return
	}
	delete(n.names, wd)
	_ = n.control(func(fd int) error {
		_, err := syscall.InotifyRmWatch(fd, uint32(wd))
		return err // gone by itself, then
	})
}

// control calls f with the descriptor, which is not closed meanwhile.
func (n *inotify) control(f func(fd int) error) error {
	conn, err := n.file.SyscallConn()
	if err != nil {
		return err
	}
	var inner error
	if err := conn.Control(func(fd uintptr) { inner = f(int(fd)) }); err != nil {
		return err
	}
	return inner
}

func (n *inotify) Close() {
	_ = n.file.Close() // it was only read
	<-n.over
}

// read puts notifications into the inbox until the file is closed.
func (n *inotify) read(box *inbox) {
	defer close(n.over)
	buffer := make([]byte, 64<<10)
	for {
		got, err := n.file.Read(buffer)
		if err != nil {
			if !errors.Is(err, os.ErrClosed) {
				box.end(err)
			}
			return
		}
		for rest := buffer[:got]; len(rest) >= syscall.SizeofInotifyEvent; {
			wd := int32(binary.NativeEndian.Uint32(rest))
			mask := binary.NativeEndian.Uint32(rest[4:])
			end := syscall.SizeofInotifyEvent + int(binary.NativeEndian.Uint32(rest[12:]))
			name := strings.TrimRight(string(rest[syscall.SizeofInotifyEvent:end]), "\x00")
			rest = rest[end:]
			n.tell(box, wd, mask, name)
		}
	}
}

// tell puts one notification into the inbox.
func (n *inotify) tell(box *inbox, wd int32, mask uint32, name string) {
	if mask&syscall.IN_Q_OVERFLOW != 0 {
		box.lose(errors.New("more changes at once than the system keeps"))
		return
	}
	n.mu.Lock()
	folder, known := n.names[wd]
	if known && mask&syscall.IN_IGNORED != 0 {
		delete(n.names, wd)
		if n.watch[folder] == wd {
			delete(n.watch, folder)
		}
	}
	n.mu.Unlock()
	switch {
	case !known:
	case name == "":
		box.put(folder, ofFolder(mask))
	default:
		box.put(folder+"/"+name, ofEntry(mask))
	}
}

// ofFolder is what a notification says about the watched folder itself.
func ofFolder(mask uint32) mark {
	if mask&(syscall.IN_DELETE_SELF|syscall.IN_MOVE_SELF|syscall.IN_IGNORED|syscall.IN_UNMOUNT) != 0 {
		return another
	}
	return 0
}

// ofEntry is what it says about a file or folder in the watched folder.
func ofEntry(mask uint32) mark {
	folder := mask&syscall.IN_ISDIR != 0
	switch {
	case mask&syscall.IN_MOVED_TO != 0 && !folder:
		return another | whole
	case mask&syscall.IN_CREATE != 0 && !folder:
		return another | written
	case mask&(syscall.IN_CREATE|syscall.IN_MOVED_TO|syscall.IN_DELETE|syscall.IN_MOVED_FROM) != 0:
		return another
	case mask&syscall.IN_CLOSE_WRITE != 0:
		return whole
	case mask&syscall.IN_MODIFY != 0:
		return written
	default:
		return 0
	}
}

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
