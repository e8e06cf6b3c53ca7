//go:build !linux

package ffmpeg

// limit does nothing: only Linux lets one process bound another.
func limit(int) {}
