// Package builder turns a site's folder into a site. It is the only package
// that knows the order of things; this comment is the manual of the house.
//
// # The flow: nothing goes left
//
//	content/ ─source→ gallery.Site ─model→ pages with addresses ─render→ publish.Set ─Sync / live→ the world
//	                     media probe, lang, theme's manifest          theme, feed
//
// Build reads the settings (config.go) and the folder (source.Read), decides
// what is published and at which addresses (model.go, join.go), reads the
// headers of the pictures (pictures.go), and lists every page (pages.go) and
// file (build.go). Everything is decided before anything is rendered: credit
// lines are made once (so that page, feed and structured data say the same
// words), a rendition's address follows from its source's hash and its recipe,
// its size from arithmetic. Plan stops there and can be printed.
//
// A page is rendered when its file is opened: its view (view_*.go, share.go,
// thanks.go) is made, rendered and forgotten, on as many cores as there are
// readers. Publishing opens files concurrently and writes only what differs;
// the preview opens those that are asked for. Both go through this one path.
//
// # Packages
//
//	problem                              what is wrong, where, what to do about it
//	gallery   publish   strict           the nouns; a site as files; reading TOML and YAML with places
//	source lang media feed theme live    siblings, blind to one another
//	card   gitindex   rootfs   draw      share cards; what git knows of files; the site's folder; lots
//	lazyregexp                           regular expressions that no start waits for
//	amend   fix   words   gitlog         front matter changed as bytes; slips mended; lists of words; what commits say
//	schema   findings   importer         the content model; problems for hosts and tools; answers become submissions
//	builder                              this package
//	contactsheet   review                what waits, as a static folder and as a page to decide on
//	cmd/gallerist                        flags → one call → report
//
// A package imports only those of lines above its own; the test in
// layers_test.go holds the table.
//
// # Laws
//
//  1. One build path. A rebuild is a build. What is remembered are pure results
//     under content-hash keys, and forgetting them changes nothing but time.
//  2. Same folder, same bytes, for any clock, zone, locale, order of files,
//     umask and number of cores. The one date that counts is Options.Now.
//  3. Layers, as above.
//  4. Writing is by difference of hashes; nothing is written on error; the swap
//     is atomic.
//  5. What the public sees of a submission is made by gallery.Publish alone,
//     field by field, and guard.go looks for every private value in the
//     output before it is swapped in.
//  6. To extend is one file and one line in a visible list, never init().
//
// # Decisions
//
// Addresses. The site's own language has no prefix, others have their tag. A
// gallery's address is its folder's; a submission's the folder's name without
// its date. Of two with the same name the one received first keeps it and the
// other's is followed by its id, whether published or not, so that an approval
// never moves a page. A folder named after somebody who does not consent to be
// named gives an address made of the id. A contributor's address is made of name
// and place; a name alone, without place, address or id, joins nobody's pieces.
//
// Pages of a list are numbered from the oldest (page/1/), so that old pages
// never change; the front page has no number and holds one to two pages' worth.
// Frozen pages say nothing that changes: no call, no facts, no totals.
//
// Every page exists in every language of the site; what has no translation is
// shown as it was written, with its lang attribute. Places, tags and names
// can be translated once for the whole site ([translations.xx.words]).
//
// Permission that has ended is a warning, not an error: a nightly build must
// go on and take the piece down. An approved piece without permission is an
// error: somebody made a mistake.
//
// A thank-you page is at an address made by HMAC from the submission's id and
// private/secret, which the first build makes. On build servers (CI is set)
// nothing is made; without GALLERIST_SECRET there are then no such pages.
// Apart from those addresses two clones give the same bytes.
//
// Ids in feeds are name-based UUIDs of the submission's id and the site's id,
// so that neither a new title nor a new address makes an item appear again.
//
// Templates are squeezed when they are loaded, not each page when it is made;
// values are escaped, not minified. html/template escapes and checks them;
// those that only look fields up and loop are then run as small programs
// (theme/program.go), ten times as fast and byte for byte the same, which a
// fuzz test holds; everything else html/template runs itself.
//
// A second build costs what has changed. What the folder's files said is kept
// with their sizes, times and inodes (source.Memory; in .gallerist/read between
// builds, without private values). Everything is planned anew from that, always
// the whole site. Pages then have keys, which name all they are made from
// (keys.go), and publication leaves a file as it stands that has the key it had.
// Nothing tells which page depends on what by looking at what has changed: that
// is where other programs show stale pages. A key names the executable too, by
// its size and time, so no newer program is taken for the one that made a page.
// A page that breaks while it is made has no key, so that its problem is told
// again; a value that becomes private gives all pages new keys, so that all are
// searched for it.
//
// Ordinary stories (paragraphs, quotations and lists of words with emphasis and
// links) are written as they are read (markdown_simple.go): with goldmark's tree
// they took a tenth of a build's time and a quarter of its memory. What that way
// takes is narrower than Markdown; where there is a doubt goldmark decides, and
// tests hold the two together.
//
// In the preview a page is made when it is asked for, and nothing else is. A
// change is answered by planning anew; the pages in open tabs are made again and
// those whose bytes differ are shown.
//
// The policy in each page's head forbids all scripts but the page's structured
// data, by its hash, and frames, plugins and forms. It says nothing of pictures
// and styles, because checkers that read files from disk count every address
// as foreign; hosts that read the file _headers send the stricter one.
//
// WebP is written by an encoder of our own (media/webp): the one in Go that
// could be had gives other bytes for other orders of work. HEIC is read by a
// decoder of our own (media/hevc): the library at hand took three times the time
// and four times the memory for twelve megapixels, a minute to compile, and
// looked for system libraries. AVIF, which phones do not take, is left to
// libavif as WASM; its library would load a system's libavif through purego, in
// whose place stands a module of ours (a replace line in go.mod), so that the
// program is static and its bytes are the same everywhere.
//
// What is published of a picture is made in two steps: pixels, which are slow
// and remembered under a key of everything they depend on, and the note (XMP),
// which is quick and put in front when the file is read. So a new credit line
// gives every picture of a piece a new address and costs no decoding. There is
// no IPTC-IIM beside XMP: its fields hold 32 bytes, less than a Cyrillic credit.
//
// A JPEG is decoded at the smallest scale that suffices for everything the
// theme asks of that picture; the scale changes pixels, so it is in the path.
//
// Films and recordings are not made anew but copied, without other tracks, tags
// and dates, while they are read: a film is never in memory. Renditions are made
// of those that are heavy, large or do not play everywhere, and only where
// site.toml has ffmpeg = true below [media]; which program
// that is says the environment (GALLERIST_FFMPEG) or PATH, never a file of the
// site, which can come from strangers.
//
// A share card's words are beside the picture, never on it. The picture's place
// depends on its shape and on the words, so each is drawn from a master made for
// that place with the picture's other renditions. Pieces without a picture share
// their gallery's card; old pages of a list have a piece's card or none, for a
// gallery's says how many pieces there are. Scripts that our fonts have no
// letters for get the picture alone.
//
// A watermark is an edit: it is laid on where the grant covers "retouch", and the
// piece's page says so.
//
// A link to a film elsewhere is left out where its author is not to be named:
// the page it leads to says whose it is.
//
// In the preview nothing is decoded before it is asked for; then a page may show
// a picture's place without its colour.
//
// A rendition's width is its longer edge. The plates of a piece's page are the
// pictures that feeds, structured data and index.json name.
//
// What a jury decided, who won and what was voted is withheld everywhere until
// the results are due, in one place (contest.go). Votes are a figure counted
// elsewhere, told with source and date, and never rank anything. A draw is made
// from a list that is kept with its seed (package draw): the build only proves
// that it still is what it says.
//
// Means of points are exact decimals, rounded once, when they are written: floating
// point is fused differently by different machines. Only contests draw, for who
// draws a prize needs rules; one submission is one ticket, whatever review said.
//
// A board of ideas begins with what is done, because that shows that asking helps.
// A merged idea has a page but no place on its board; the idea it went into names
// both people, its own author first, and counts the supporters of both. Changes of
// status are items of a feed of their own, with ids made of idea, day and status.
//
// Whom gallery.md names is shown: a brand writes there of people who agreed. A
// portrait asks for likeness besides, for a name is one thing and a face another.
// It is a picture without a piece, and carries no note.
//
// What a call asks people to allow is written out from the scopes of the grant, so
// that the words and what is enforced are one; a gallery's own words stand in their
// place. Texts of consent are apart from each other: rights in a work, a name, a
// face and a place are different things to agree to.
//
// A poster is print: it shows only a piece whose grant covers that. What does not
// fit its one sheet is made smaller, then shortened, before it is printed (poster_fit.go).
// A QR code whose dots would be too small to scan on A5 is not made.
//
// A change that the author neither agreed to nor allowed ("retouch" in the grant's
// scope) is an error, not a warning: somebody made a mistake.
//
// Stars are a claim about something, so there are none without a named product,
// and never an average of those that were chosen. What ties an author to the brand
// is told beside every appearance of a piece, on the share card too.
//
// Places in a picture's file are fractions of the whole picture; gallery.Publish makes
// of them places in what is shown. A focus outside a crop comes to its edge, a mark
// outside is left out. Marks stand in a left-to-right box in every language; a list of
// the same links always follows.
//
// A crop is a change: it needs "retouch" in the scope or an edit the author agreed to,
// and the page tells of it. To everything behind the reader of pictures a cropped picture
// is one of that size, and samples outside go into nothing, not even into an edge. Where
// it cannot be done (films, posters of films, several pictures under one crop) it is an
// error, for to pass over it would publish what it hides.
//
// An event of a calendar has one UID in all languages and calendars, made of the
// folder and what happens there. Its DTSTAMP is made of its revision: the folder
// does not tell when it was written, and a clock would change the file every day.
// Deadlines block no time. There is no calendar without events (RFC 5545 3.6).
//
// A session is over when it has ended, two hours after its start where no end is
// told, or once it has begun and has a recording. Its moments lead to the film with
// a media fragment, which browsers follow without JavaScript.
//
// Pages of which a site has few (series, boards, winners, rules, calls, posters) have
// keys that name everything.
//
// Layouts that come with the program are made ready when a page first wants them,
// for tests keep them right; one with a file of the site is made at once, so that
// its problems are told. The compiler knows from cmd/gallerist/default.pgo what
// builds call often, for 4 % less time; what is in it is never wrong, only old
// (make pgo). Private values are looked for by moving a window as long
// as the shortest of them (Wu and Manber): looking at every byte took six per cent
// of a build. XML feeds and index.json are written field by field, and tests hold
// both to encoding/xml and encoding/json.
//
// The day on which supporters were counted is said once where it is the same for
// all ideas of a board.
//
// A withdrawal is planned by planning the site twice, with and without: what goes
// is the difference, and nothing is listed by hand. Its first step makes the
// submission withdrawn, so that a crash publishes nothing. What is left is an id,
// dates and hashes. Each build then searches every file for addresses, ids, feed
// ids and pictures of what was withdrawn, and stops where it finds one; ids are
// looked for between quotes, and only those that nobody writes by chance. A
// neutral page stays where the address names nobody. A draw keeps the ticket, a
// number, for without it nobody could repeat the draw.
//
// What may be shown is decided by gallery.Publish and a Policy (now, drafts, ages,
// releases). Where statements contradict each other the stricter one counts.
// Minors are joined by author.id alone and never with an adult's pieces: there are
// many of one first name in a country, and an adult's page says more.
//
// A contributor's address is that of their first piece, so that it stays. Who may
// be one person is proposed by check and never decided. People without any picture
// share their gallery's card: one each would be thousands of drawings.
//
// Nobody is thanked for a contest before its results, or nobody could write to
// them that they won. A paragraph of thanks that names what a person lacks is left
// out whole, so that no sentence stands half filled. Where one of a group has no
// form of the name that fits, the group is thanked without names.
//
// Terms are pages, one a version: a changed text is a new version. What is hashed
// is the Markdown below the front matter (LF, trimmed), and it is published as it
// is beside the page, so that anybody can check. An export is a publication: the
// same renditions, the same search for private values, the same swap.
//
// Contact tables in Windows-1251 are taken only where Cyrillic words come out: a
// wrong guess would hide contacts from the search of the output.
//
// Each text says its own language, for a translation may hold only some of them;
// dir stands only where it differs, because it also changes alignment. Addresses
// are spelled by the site's language, for one serves all. A translation in a
// language that the site lacks is not used; one in the original's own language is
// an error, for nobody knows which of the two counts.
//
// Russian first names are put into cases where that is certain; surnames only by
// forms: a wrong form of somebody's name is worse than a colon. French credits keep
// the label, because "Photo de Léa" reads as a picture of Léa.
//
// Without a site.toml that can be read nothing is built (ErrSettings): with the
// defaults for languages and address it would be another site, and would replace
// the good one.
//
// Intake. What an import makes has an id made of its row's key and of a salt in the
// gallery's import.toml, so that a row is known wherever its folder went and however
// it was edited, and by its tombstone when it was withdrawn. No private value goes
// into a key, for an id can be tried out. An answer counts as consent only where it
// is, to the letter, one that somebody said counts: what a page says people agree to,
// what the form has them tick and what import takes for a yes are one list. A call
// without a scope that covers the site has no form, for nothing that came in could be
// shown.
//
// Front matter is changed as bytes, and the change is checked by reading again: the
// editing need not be right for every document, what it gets wrong is refused. So
// there is no printer of TOML or YAML that would make people's files over. check --fix
// changes how a file is written, not what it says, but for what was an error before: a
// missing id, contact data; these go into their table before they leave their file.
//
// The content model stands in builder/schema, but reads nothing: tests hold it to what
// the readers ask for, so a key is read and listed, or neither. An empty text for a
// moment or a whole number says nothing, as editors in a browser write it; fractions
// and switches stay strict, because that they stand there means something.
//
// A "yes" to showing the people in a picture is one person's word for others: it is kept
// and never stands in for a release; a "no" keeps the piece back. An imported folder gets
// its name once its files are on the disk: one left empty by a power cut would else be
// taken for known and stay so. Review trusts what it read until its next look at all.
//
// An importer plans and the command writes: import.toml, then contacts, then folders
// under a name of their own that become visible whole, so that a run which was broken
// off is finished by the next and no address is lost. Where nobody has said which
// answers are a yes, the first run writes import.toml alone. Without a response's id
// the key is its moment, and the files or words of the row where several answers share
// a second. A file that two rows claim by its exact name goes to the first and is
// named; one that only resembles goes to neither.
//
// A problem's rule id, for hosts and tools, is made of the words of its text that are
// always the same: a text said otherwise is another rule. Git is never asked to compare
// the work tree, for that runs filters of the repository's own settings; we compare the
// index ourselves. Names of committers go into the ledger and nowhere else, and e-mail
// addresses of commits are not read.
//
// A contact sheet takes out of unread words what their authors do not allow to be shown,
// and hides names of files. On touch the bar of actions of the review page stands below,
// by the thumb, and comes first in the document, for the Tab key.
//
// Word lists compare words, not letters: folded, ё as е. Only check and contact-sheet
// look. A picture is called soft below two fifths of the theme's widest rendition:
// at the full width nearly everything that came by a messenger would be.
//
// A proposal is checked with its content/ alone; settings, theme and program are those
// of its base. Publishing accepts exit code 1, so that one mistake does not keep on the
// site what has ended. No workflow knows an address of the program: ci/get-gallerist
// holds one and its SHA-256, which the team fills in. A CMS's form asks neither minor
// (an untouched switch would say "of age") nor places in a picture.
//
// The kinds of galleries have a style sheet of their own, which their pages link besides:
// a page of pictures fetches less than six kilobytes of style. A theme replaces a sheet
// or adds to it (parts.more.css). What the grounds are is a number in theme.toml, and all
// that stands on them is solved for it, so that no theme can make text unreadable by its
// ground. Roles of colour that no sheet names are not written. A tile's height in lanes
// is told by the builder in rows of a grid, for CSS has no masonry that every engine
// knows. A page fetches a face for its language's script alone, and font-display is
// optional: nothing moves when the face comes.
//
// A theme is held against plain: what plain's page shows or marks with a language must
// be on another theme's too, so theme check needs no list of fields. The views it tries
// are one package (theme/sample), which the style guide and tests take too; a field that
// no sample fills fails a test. A file copied out of a theme carries the hash of its
// original: enough to tell that it has changed, and which lines differ is for people.
//
// A layout that lacks the block main has no page of its own, so it adds to the one
// below: a theme that wants one more sheet on a page, or a site a word below it, copies
// nothing. Words are laid over one another in the same order as files are looked up, but
// key by key. What a script shows has its place in the page before the script runs.
//
// The page of a piece is the lightbox: a picture grows out of its tile across documents,
// where a browser can, and no markup is doubled. One thumbnail gets the name of the
// transition, by a module; the tile that an address points at (:target) by the style
// sheet, for a module may come too late. Style sheets are kept by browsers for long, or
// Chromium drops the transition. _headers says nothing of the caching of pages: hosts let
// them be asked for again by themselves, and rules that match are joined, so one for all
// files would spoil those of hashed files. HSTS is a setting (https_only), for nobody can
// take it back for a year.
//
// The themes. Courtyard's rows grow where words need more than was estimated, so nothing
// is cut off; its narrow tiles leave titles to the page of the piece. Limelight's captions
// share a grid cell with the picture, so that a long name makes the tile taller. A
// Cyrillic face holds Latin letters and figures too, under a name of its own, so that a
// Russian page needs one file. Letters are set closer in the base layer alone, so that
// pages from right to left take it back in one place. Layout shifts are counted once a
// page is parsed: a busy machine paints a page in parts.
//
// A page of a piece, a person or a place names one feed, the first; what a feed is of
// names all of them. The last of the breadcrumbs has no address: it is the page itself.
//
// In the preview, what an error leaves out stays as it last was until there is
// no error, so that a slip does not take the page from whoever edits it.
package builder
