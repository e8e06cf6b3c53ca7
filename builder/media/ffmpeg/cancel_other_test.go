//go:build !unix

package ffmpeg

func lock(string) {}
