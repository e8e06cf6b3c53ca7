// Bench measures Gallerist beside Hugo on galleries that it writes itself, the
// same for both:
//
//	go run ./builder/bench [flags] cold|warm|start|live|grow|all|record
//
//	cold    whole builds, output and caches removed before each
//	warm    builds after nothing, a text, or a title changed; files written
//	start   the program that only says its version
//	live    from saving a file to the right pages over HTTP, and the reload event
//	grow    from 1,000 pieces to 200,000: how time and memory grow, docs/growth.svg
//	all     each of these in turn
//	record  no measurement: cmd/gallerist/default.pgo, which tells the compiler
//	        what a build calls often
//
// # What is built
//
// Pieces of 40 to 120 words of Markdown with a title, an author, a place, two or
// three tags, a date and a licence, in galleries: a hundred pieces in 2, a
// thousand in 10, ten thousand in 40, fifty thousand and more in 100. Chance has
// a fixed seed, so every machine builds the same (corpus.go). They are written
// in our folder format (gallerist.go) and as Hugo's page bundles with the least
// templates that make the same site (hugo.go, hugo/).
//
// "The same pages" are a page a piece, galleries and tags in pages of 24, a page
// a contributor, the indexes of both, an RSS feed a gallery and one of the site,
// the sitemap, and HTML without needless space. What Hugo's site has not is
// turned off in site.toml: pages of places, personal thanks, share cards, and
// Atom, JSON Feed and index.json beside each RSS feed. What cannot be turned off
// stays in our figure: structured data, a page of thanks a gallery, whole texts
// in feeds, search for private values in all that is written. "The same words too" is with a theme that
// writes what the templates for Hugo write (lean/), in place of plain, whose pages
// are about five times as large. "Every page" is plain with all of it on.
//
// After the builds both outputs are compared (compare.go): as many pieces,
// galleries, contributors, tags and feeds in both, as many pages but for a few
// percent (our last page of a list holds up to 47 pieces, our contributors have
// one page each), and of some pieces title, credit and words. If not, there is
// no figure but an error.
//
// # How it is measured
//
// Each figure is of a whole process, from its start to its end, by the wall
// clock and by what the system says it used: user and system time, greatest
// resident memory. Programs take turns within a round, so that what else the
// machine does hits all. The folder is on a tmpfs where there is one, so that
// the disk does not count. Median and least are given; ratios are the median of
// those of each round.
//
// In live, a text or a title is saved in place, and from then on the pages that
// show it are asked for over HTTP, one after the other, each millisecond and,
// where it takes long, each fiftieth of the time gone, until all are right; which pages those are is found by looking for the title in a
// finished build. From our server the reload event must have come too; of
// hugo server's nothing but the pages is waited for. Before the next edit the
// server must have come to rest.
//
// # What is printed
//
// A table on the terminal, and with -doc the same in Markdown between the
// marks of its section, with machine, date and versions. A section that was
// measured at more sizes or with more programs is not overwritten.
package main
