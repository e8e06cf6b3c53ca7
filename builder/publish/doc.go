// Package publish knows a finished site as a set of files, and brings it to
// where it can be seen.
//
// A Set is filled by Add, which refuses paths that some file system or host
// cannot hold, and two files of one path; a refusal is a problem of the
// content. Sync compares a set with what a Target has, by key where the maker
// promises one and by SHA-256 else, puts what differs and deletes what is
// gone. A new place to publish to is one file with the three methods of
// Target; the contract test in publishtest says what they must do.
//
// # Paths
//
// Slash-separated, relative, UTF-8 in Unicode form NFC, without empty, "." or
// ".." parts; at most 255 bytes a part and 1024 in all; none of the names and
// characters that Windows reserves; nothing invisible. No two may be equal
// when letter case is folded, and no file may be where another has a folder.
// Names that begin with a full stop are fine (".well-known"), but for the
// program's own mark, ".gallerist".
//
// # A folder of this machine
//
// Dir makes the new site beside the old one, in ".NAME.gallerist-next", and
// exchanges the two folders in one step (Linux renameat2 with
// RENAME_EXCHANGE, macOS renameatx_np with RENAME_SWAP). A program that dies
// at any moment leaves the old or the new site, whole; the next build removes
// what the dead one left. On an error nothing has changed and nothing is left
// lying about. Files that stay are hard links to the old ones: same inode,
// same modification time. When nothing differs, nothing is touched.
//
// Where folders cannot be exchanged (Windows, some network drives) the old
// one is renamed aside first; a program that dies between the two renames
// leaves no output folder, and the next build puts the old one back. Where
// hard links cannot be made, files are copied with their times.
//
// An output folder is ours if it holds the file ".gallerist"; one that is not
// empty and has no such mark is refused, and so are the root of the disk, the
// home folder, the site's folder, those above them, and the site's sources.
// In a folder that is ours, whatever is not in the set is removed. Modes are
// 0644 and 0755 whatever the umask. An output that is a symbolic link is
// followed.
//
// One build at a time: the lock is the operating system's (flock,
// LockFileEx), which ends with its holder; its file names the process.
//
// What was published is remembered in a state file outside the output: hash,
// size, modification time and inode of each file. A file that looks otherwise,
// or that changed in the moment the state was written or later, is read
// again; a state file that is missing or damaged only costs time. It cannot
// see a change in place that puts size and time back as they were.
//
// Before the exchange all files are flushed: on Linux by one syncfs, which is
// what 13,700 files can afford; macOS and BSD flush the folders' names only, and
// Windows nothing. After it the folder above is flushed. A flush that fails is never tried again: the
// exchange does not happen.
//
// # Measured
//
// 13,700 files of 4 kB in 4,900 folders, Linux, two busy cores; the steps of
// changing one file, in milliseconds:
//
//	                         ext4   tmpfs
//	make the folders          500     130
//	link the files            100     170
//	syncfs                     50       0
//	exchange, fsync             0       0
//	remove the old site       600     190
//
// A whole Sync that finds nothing changed took 420 and 140 to 190 ms.
//
// A journal (new files beside, renamed over the old ones one by one, finished
// by the next start) changes one file in 1 ms but all of them in 7 to 8 s, as
// ext4 flushes each file that replaces another; a new tree takes 1.4 s (0.3 s
// on tmpfs). The journal was not chosen because a program that dies half-way
// leaves a site of two ages for visitors to see until somebody builds again.
// Folders are nearly all that the exchange costs.
//
// BenchmarkDir measures again; TMPDIR chooses the file system.
package publish
