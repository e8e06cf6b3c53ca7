// Package live shows a site while it is being edited: it builds, serves what
// was built on this machine only, watches folders, builds again when a file
// changes, and lets the pages in the browser that have changed show it.
//
// It knows nothing of how a site is built: Options.Build is handed to it and
// called again after changes, never twice at once.
//
// # Watching
//
// A build is told where the folder may differ from what the last one saw
// (Change). Folders are watched by the system's notifications, through
// fsnotify. A notification is only taken as "look here": that folder is listed
// again, and size, times, number and mode (stamp) decide whether a file has
// changed. Of two changes that the file system's clock cannot tell apart the
// second is believed to the notification. Each new folder is watched first and
// listed then, so that no file in it is missed. Folders are taken up while the
// first build runs; what their times say has changed since then is told too.
//
// A change is told when it has settled (watch_settle.go): a text when two looks
// 15 milliseconds apart agree, since fsnotify does not say when a writer closes
// its file; an emptied or deleted file after a moment, for editors save so; a
// picture or a new folder when nothing more comes, and the longer it has been
// arriving the longer it may pause. What is still arriving holds up no text,
// and nothing is held up for ever. A build for a text may see half a picture:
// what is wrong with it then is not told, since another build follows when all
// of it is there.
//
// Once it has been quiet for a while, everything is looked at without being
// told to (a sweep), so that a notification lost for whatever reason leaves no
// stale page. On an overflow that is done at once. Where notifications cannot
// be had (a limit is reached, a network drive) everything is looked at every
// two seconds, less often if that takes long, and OnPoll says so. Symbolic
// links are not followed. What editors, git and the program itself leave about
// is not looked at.
//
// # Building
//
// A build under way is given up when something changes, and the next one is
// told of both changes. One that shows what has waited for two seconds is let
// finish, so that something is seen however fast changes come.
//
// # Serving
//
// Nothing is read from a disk by name: an address is looked up, exactly as it
// stands, among the files of the last good build. "/a/" is "a/index.html",
// "/a" leads there, and everything else is 404.html with status 404. A query
// changes nothing. Files are made when they are first asked for: of ten
// thousand pages those that are open in a browser. Pictures are made by all
// cores but one, so that a page is not held up by them, and not at all once
// nobody waits for them any more.
//
// Only GET and HEAD are answered, on a loopback address unless Options.Public
// allows another, and only to a request whose Host is one of the preview's own
// names with its port: else a page of another site could read drafts by a name
// that it points here. There are no CORS headers; the event stream also asks
// where a request came from (Fetch Metadata, RFC 6454 Origin).
//
// Where a file's key is its path, the path follows from the content, and the
// browser keeps the file for ever; for everything else it asks each time, and is
// told 304 if it has it. Nothing is compressed: on one machine that costs more
// than it saves.
//
// # In the browser
//
// Pages get one script more, /_gallerist/live.js, and their
// Content-Security-Policy lets it run. It listens to /_gallerist/events
// (server-sent events of the HTML standard) and is told, after each build, a
// fingerprint of the page it stands on: the hash of the page and of the
// styles, scripts and pictures that the page and its styles name.
//
// A fingerprint has two halves. What is in Look is exchanged on the page as it
// stands: style sheets (the old one goes when the new one has come), icons, the
// colour of the browser's frame, and style attributes, which say the colours of
// pictures' places; these are known once a picture has been made, and no reason
// to load a page again. If the other half differs, the page is loaded again, and
// what its reader was looking at is where it was on the screen, though something
// may have come or gone above it; so are the keyboard's place, what was unfolded,
// and what was scrolled aside.
//
// A hidden page gives up its line to the server, as a browser has only six of
// them, and is told all it missed when it is looked at again, also when the
// browser took it from its memory (bfcache). Without a server a page says so and
// waits for it.
//
// Errors are shown over the last good page, with the lines they are about, and
// go away when they are mended; warnings, and errors put aside, leave a button in
// the corner. What comes up only when a file is made, such as a damaged picture,
// is shown as soon as it does. Before there is any page, a waiting page takes
// its place.
package live
