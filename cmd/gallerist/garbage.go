package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// Percentages of Go's garbage collector. While a site is read nearly all that
// is allocated is kept, so looking for garbage is work for nothing: the first
// collection comes at 4 MB × firstGC / 100 = 140 MB. From then on the heap grows
// to 1 + laterGC/100 times what is alive.
const (
	firstGC = 3500
	laterGC = 100
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

// againGC is the first percentage for a build that has an earlier one to go by,
// which makes little: one of 10,000 submissions with an edit is at its end with
// 145 MB, and looking for garbage once would be an eighth of its work.
const againGC = 4000

// sparinglyAgain is for such a build. It is called after sparingly, before there
// is garbage.
func sparinglyAgain() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(againGC)
	}
}
