package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// Percentages of Go's garbage collector. While a site is read nearly all that
// is allocated is kept, so looking for garbage is work for nothing: the first
// collection comes at 4 MB × firstGC / 100 = 100 MB. From then on the heap grows
// to 1 + laterGC/100 times what is alive.
const (
	firstGC = 3250
	laterGC = 80
)

// sparingly lets memory fill before garbage is looked for, unless the person
// who starts the program has wishes of their own (GOGC).
func sparingly() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(firstGC)
	type canary struct{ *byte } // dies in the first collection
	runtime.AddCleanup(&canary{new(byte)}, func(percent int) { debug.SetGCPercent(percent) }, laterGC)
}
