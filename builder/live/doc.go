// Package live shows a site while it is being edited: it builds, serves what
// was built on this machine only, watches folders, builds again when a file
// changes, and lets the pages in the browser that have changed show it.
//
// It knows nothing of how a site is built: Options.Build is handed to it and
// called again for every change, never twice at once. A change during a build
// causes another build.
//
// # Watching
//
// Folders are watched by the operating system's notifications (fsnotify). A
// notification is only taken as "look here": that folder is listed again, and
// size and modification time decide whether a file has changed. Each new
// folder is watched first and listed then, so that no file in it is missed;
// on an overflow or any other error everything is listed again. Changes are
// looked at when there has been quiet for 150 milliseconds, or after two
// seconds without quiet. Where watches cannot be had (a limit is reached, a
// network drive) everything is listed every two seconds, and the log says so.
// Symbolic links are not followed. What editors, git and the program itself
// leave about is not looked at.
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
