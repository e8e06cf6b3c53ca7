//go:build !amd64 || noasm

package media

// Here nothing is done by vectors: see scale_amd64.go.

func weighVectors([]byte, []byte, int, []int16) bool { return false }

func halveVectors(dst, a, b []byte) int { return 0 }

func (p plane) turnVectors([]byte, int) bool { return false }
