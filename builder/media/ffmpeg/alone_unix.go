//go:build unix

package ffmpeg

import (
	"os/exec"
	"syscall"
)

// alone makes the program the leader of a process group, all of which is
// killed when the context ends.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
