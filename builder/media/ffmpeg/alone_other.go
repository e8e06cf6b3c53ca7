//go:build !unix

package ffmpeg

import "os/exec"

// alone leaves the program as it is: the context's end kills it alone.
func alone(*exec.Cmd) {}
