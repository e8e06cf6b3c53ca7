//go:build unix && !linux && !darwin

package publish

import "errors"

// exchange cannot be done here; Dir then renames the old folder aside.
func exchange(a, b string) error { return errors.ErrUnsupported }

// flush asks for the names in dir only.
func flush(dir string) error { return flushFolder(dir) }

// faithful is not known of any file system here.
func faithful(int) bool { return false }
