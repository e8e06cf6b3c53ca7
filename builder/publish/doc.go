// Package publish knows a finished site as a set of files, and brings it to
// where it can be seen.
//
// A Set is filled by Add, which refuses paths that some file system or host
// cannot hold, and two files of one path; a refusal is a problem of the
// content. Sync compares a set with what a Target has, by key where the maker
// promises one and by SHA-256 else, puts what differs and deletes what is
// gone. A file whose key, or announced hash, is what stands there is not opened;
// of keys, however long, 128 bits of SHA-256 are compared. A new place to publish
// to is one file with the three methods of Target; the contract test in
// publishtest says what they must do. One that can compare a content with what it
// has (Comparer) is not given hashes of what has a key: hashing 10,000 pages for
// the day on which one of them changes took four per cent of a whole build.
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
// Dir makes the new site unseen, in ".NAME.gallerist-next" beside the old one,
// and exchanges the two folders in one step (Linux renameat2 with
// RENAME_EXCHANGE, macOS renameatx_np with RENAME_SWAP). A program that dies
// at any moment leaves the old or the new site, whole; the next build removes
// what the dead one left. On an error nothing has changed and nothing is left
// lying about. Files that stay are hard links to the old ones: same inode,
// same modification time. When nothing differs, nothing is touched.
//
// The old tree is then brought up to date with the new one and kept as the spare
// one, beside the state file (".spare"): the same folders, and in them links to
// the same files, so that it holds nothing the site does not, nor a byte of
// content more. The next publication brings that tree up to date and exchanges
// it for the visible one: it costs what it changes, however large the site is,
// and is still visible in one step. A spare tree is used only after a look at
// all its folders has shown that it is the recorded one; else it is removed and
// a new tree made. There is none before the second publication, without a state
// file, where folders cannot be exchanged or files not linked, where the state
// file lies on another disk, and after more than half of the files changed.
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
// Begin looks at the output while the site is still being decided; the lock is
// taken then.
//
// One build at a time: the lock is the operating system's (flock,
// LockFileEx), which ends with its holder; its file names the process.
//
// What was published is remembered in a state file outside the output: hash or
// key, size, modification time and inode of each file, and of each folder its
// place, which is its inode and the moment it was changed. A folder that has its
// place holds the names that it held, so only its files are looked at; any other
// is listed. The moment of a change cannot be set back by a program, and places
// are taken from file systems alone that are known to keep them (ext4, XFS,
// Btrfs, tmpfs, F2FS, bcachefs, ZFS and overlayfs; APFS and HFS+). A file that
// looks otherwise, or that changed in the moment the state was written or later,
// is read again (what was written in the last 20 ms is hashed for that, if only
// its key was known); such a folder is listed. A state file that is missing or
// damaged only costs time. It cannot see a change in place that puts a file's
// size and time back as they were.
//
// Before the exchange all files are flushed: on Linux by one syncfs, which is
// what 13,700 files can afford; macOS and BSD flush the folders' names only, and
// Windows nothing. After it the folder above is flushed. A flush that fails is
// never tried again: the exchange does not happen.
//
// # Measured
//
// 13,700 files of 4 kB in 4,900 folders, Linux on tmpfs, two cores shared with
// other work, milliseconds of processor time:
//
//	publish to an empty place                     430 to 580
//	  of it making folders and files by bare
//	  calls of the system, one after another      310 to 340
//	publish unchanged, keys on all files           55 to  85
//	publish one changed file, keys on all          95 to 125
//	the same without a spare tree                 380 to 430
//
// A file is written by four calls of the system and a folder made by two, of
// which one notes its place; a file that is only looked at takes one, and so
// does its folder.
//
// A journal (new files beside, renamed over the old ones one by one, finished
// by the next start) changes one file without a second tree. It was not chosen
// because a program that dies half-way leaves a site of two ages for visitors to
// see until somebody builds again, and because ext4 flushes each file that
// replaces another: 7 to 8 s for all of them where a new tree took 1.4 s.
//
// Exchanging only the lowest folder that holds all changes was not chosen
// either: an edit changes a page, a feed and a site map, and then that is the
// whole site.
//
// BenchmarkDir measures again; TMPDIR chooses the file system.
package publish
