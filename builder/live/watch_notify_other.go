//go:build !linux

package live

func newNotifier(box *inbox) (notifier, error) { return newPortable(box) }

// far says whether a folder lies where notifications do not come from.
func far(string) bool { return false }
