package source

import (
	"fmt"
	"testing"
	"time"
)

// FuzzClock: whatever is a time of a recording is the time it is written as,
// and each time has one way to be written with its hours and one without.
func FuzzClock(f *testing.F) {
	for _, s := range []string{"0:42", "00:42", "1:02:03", "59:59", "90:00", "1:60", "1:2", ":", "", "-1:00", "+1:00", "1:00:00:00", "999:59:59", "１:00", "0:4２"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, ok := clock(s)
		if !ok {
			return
		}
		n := int(at / time.Second)
		minutes := fmt.Sprintf("%d:%02d", n/60, n%60)
		hours := fmt.Sprintf("%d:%02d:%02d", n/3600, n/60%60, n%60)
		for _, again := range []string{minutes, hours} {
			if back, ok := clock(again); n < 999*60 && (!ok || back != at) {
				t.Errorf("%q is %s, %q is %s", s, at, again, back)
			}
		}
		if at < 0 || at > 1000*time.Hour {
			t.Errorf("%q is %s", s, at)
		}
	})
}
