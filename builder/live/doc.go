// Package live shows a site while it is being edited: it builds, serves what
// was built on this machine only, watches folders, builds again when a file
// changes, and lets the browser reload the page whose bytes have changed.
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
// changes nothing. Files are made when they are first asked for.
//
// Only GET and HEAD are answered, only on a loopback address, and only to a
// request whose Host is 127.0.0.1, localhost or [::1] with our port: else a
// page of another site could read drafts by a name that it points here. There
// are no CORS headers; the event stream also asks where a request came from
// (Fetch Metadata, RFC 6454 Origin).
//
// # In the browser
//
// Pages get one script more, /_gallerist/live.js, and their
// Content-Security-Policy lets it run. It listens to /_gallerist/events
// (server-sent events of the HTML standard) and is told, after each build, a
// fingerprint of the page it stands on: the hash of the page and of the
// styles, scripts and pictures the page names. If that differs from the one
// the page was sent with, it reloads. Problems are shown over the last good
// page and go away when they are mended; those that come up only when a file
// is made, such as a damaged picture, as soon as they do. Before there is any page, a waiting
// page takes its place.
package live
