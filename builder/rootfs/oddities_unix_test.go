//go:build unix

package rootfs

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// oddities adds what a folder can hold besides files and folders.
func oddities(t testing.TB, dir string) {
	t.Helper()
	links := map[string]string{
		"inside": "content", "inside file": "site.toml", "dotted": "./content/../content", "slash": "content/", "file slash": "site.toml/",
		"up": "..", "out": "../secret", "absolute": filepath.Join(filepath.Dir(dir), "secret"), "absolute inside": filepath.Join(dir, "site.toml"),
		"out and in": "../site/site.toml", "dangling": "nowhere", "self": "self", "a": "b", "b": "a",
		"magic": "/proc/self/cwd", "root": "/", "through": "inside/spring/olya", "content/spring/back": "../../site.toml", "content/spring/out": "../../../secret",
	}
	for i := range 12 { // os.Root follows fewer than Linux does
		links[fmt.Sprintf("chain%d", i)] = fmt.Sprintf("chain%d", i+1)
	}
	links["chain12"] = "site.toml"
	for name, target := range links {
		must(t, os.Symlink(target, filepath.Join(dir, name)))
	}
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644))
	must(t, os.Mkdir(filepath.Join(dir, "closed"), 0o755))
	write(t, filepath.Join(dir, "closed/x"), "x")
	must(t, os.Chmod(filepath.Join(dir, "closed"), 0))
	write(t, filepath.Join(dir, "unreadable"), "x")
	must(t, os.Chmod(filepath.Join(dir, "unreadable"), 0))
	must(t, os.Chmod(filepath.Join(dir, "empty"), 0o755|os.ModeSticky|os.ModeSetgid))
	many := filepath.Join(dir, "many")
	must(t, os.Mkdir(many, 0o755))
	for i := range 200 {
		write(t, filepath.Join(many, strings.Repeat("ж", 1+i%100)+fmt.Sprint(i)), "x")
	}
	// A socket's name is short; it is made under one and moved.
	short, err := os.MkdirTemp("", "s")
	must(t, err)
	defer os.RemoveAll(short)
	if l, err := net.Listen("unix", filepath.Join(short, "s")); err == nil {
		l.(*net.UnixListener).SetUnlinkOnClose(false)
		l.Close()
		os.Rename(filepath.Join(short, "s"), filepath.Join(dir, "socket"))
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "closed"), 0o755) })
}
