package publish

import "errors"

// ByName makes a Dir know what systems without open folders, inodes and the
// exchange of folders know.
func (d *Dir) ByName() *Dir {
	d.disk = namedDisk{osDisk{}}
	return d
}

type namedDisk struct{ disk }

func (namedDisk) Open(dir string) (tree, error) { return openNamed(dir) }
func (namedDisk) Exchange(string, string) error { return errors.ErrUnsupported }
