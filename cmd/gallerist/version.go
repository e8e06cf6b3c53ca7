package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// release is the version between tags.
const release = "0.1.0"

func newVersion(f *flags) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Args:    cobra.NoArgs,
		Example: "  gallerist version",
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintf(f.out, "gallerist %s %s/%s %s\n", version(), runtime.GOOS, runtime.GOARCH, runtime.Version())
			return nil
		},
	}
	f.add(cmd)
	return cmd
}

// executable names what runs: another executable may make other pages, whatever
// its version says. It is "" where that cannot be told.
func executable() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%s %d %d", version(), info.Size(), info.ModTime().UnixNano())
}

// version returns the module's version where it was installed as one, else
// the release being worked on.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && len(info.Main.Version) > 1 && info.Main.Version[0] == 'v' && len(info.Main.Version) < 12 {
		return info.Main.Version[1:]
	}
	return release
}
