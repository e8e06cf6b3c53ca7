// Package gitindex reads the file in which git notes what it last saw of each
// file of a work tree, so that a file that is as git left it need not be read
// to know its content. It starts no program, runs no hook, filter or monitor,
// and reads neither settings nor objects: only .git (where that is a file) and
// the index itself. The format is git's gitformat-index(5), versions 2 to 4,
// of SHA-1 and SHA-256 repositories.
//
// # What Clean promises
//
// The id is what git computed for the file when its size, time of change and
// inode were those it has now. A file that was written again shows by its time,
// but for a second writing within one tick of the file system's clock. So,
// as git's own documentation (technical/racy-git) has it, an entry is believed
// only where its time is before that of the index: what is written after the
// index was has that time or a later one. A time in whole seconds comes from
// a coarse clock (FAT's ticks are two seconds long) and must be 3 s earlier.
//
// A file that somebody writes in place, putting back its time, and that
// stays as long as it was, is not told apart. Git looks at the time of the
// inode's change too, where a listing tells it.
//
// # What an id means
//
// The id names what git keeps of the file, which is the file itself unless
// .gitattributes sends it through a filter: with Git LFS it names the
// pointer, with git-crypt the secret text, with a filter that drops metadata
// the picture without them. So a reader that ties an id to a content has to
// hold them against one another once, when it has the content at hand. From
// then on id and size name that content and no other.
//
// # Hostile input
//
// Neither a commit nor a pull request can bring an index: git refuses paths
// that begin with .git and writes the file itself. Whoever can write it can
// write hooks as well, which git runs. What remains is a folder that came with
// its .git, in an archive or from a shared disk: a forged index can make a
// file pass for another of the same length whose id the reader has verified
// before, that is, show one picture of this site's cache in another's place.
// It can neither bring in content nor name one that is not in the cache.
// So the index is believed on build servers too; that builds of proposals
// save no cache keeps their pictures out of what later builds look up.
//
// Parsing takes time and memory in proportion to the length of the file, of
// which MaxSize is read at most.
package gitindex
