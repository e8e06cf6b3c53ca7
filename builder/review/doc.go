// Package review serves the page on which submissions are reviewed: a contact
// sheet by state, a large view of each piece, and what is written of a decision.
//
// # What is written
//
// A decision changes values in the front matter of one submission.md, by
// package amend, and nothing else in it. It is written only where the file still
// has the content that the page was made from; otherwise both versions are shown
// and the reviewer chooses. Undo puts the bytes of before back, where the file is
// still as it was written here.
//
// "Later" is no state of a submission: it stays pending and goes to the end of
// the queue for as long as this runs.
//
// # Who may ask
//
// The page holds what nobody has reviewed, so it is for whoever holds the address
// that the command prints. The token in it is exchanged for a cookie that no
// script can read and no other site's request carries. Changes are POSTs with a
// second token in the form, from this very origin. Names that consent does not
// cover, private keys and contacts are not on the page: people are shown as
// gallery.PublicAuthors has them.
//
// # How fast
//
// The folder is read once; after a change only the folder that changed is. A
// sheet has sheetSize tiles at most, pictures are made when the browser asks for
// them and stay in the cache, and nothing is planned or rendered of the site.
package review
