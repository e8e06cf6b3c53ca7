package purego

import "syscall"

// loadLibrarySearchSystem32 is LOAD_LIBRARY_SEARCH_SYSTEM32 of libloaderapi.h.
const loadLibrarySearchSystem32 = 0x800

// On Windows avif does not call Dlopen but syscall.LoadLibrary("libavif.dll"),
// as soon as the program starts, and Windows would look for that file beside
// the program and in the working folder, where a stranger may have put one.
// This package is initialized before avif because avif imports it. From here on
// libraries named without a folder are looked for in System32 alone, for the
// whole program and for good; what Go itself loads is there. Windows before 8
// without update KB2533623 has no such function, and Go no longer runs there.
//
// A libavif.dll in System32 would still be opened, but not used: see
// RegisterLibFunc.
func init() {
	setDefault := syscall.NewLazyDLL("kernel32.dll").NewProc("SetDefaultDllDirectories")
	if setDefault.Find() == nil {
		setDefault.Call(loadLibrarySearchSystem32)
	}
}
