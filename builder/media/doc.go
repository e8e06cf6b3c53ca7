// Package media turns the pictures people send into pictures a page can show.
// It knows bytes and pixels; it knows nothing of people, galleries or pages.
//
// # Flow
//
//	Studio.Probe  path         → Info       header, hash, displayed size, wholeness
//	Recipe.Plan   Info, focus  → Renditions paths and sizes, by arithmetic alone
//	Studio.Make   Jobs         → Results    files that can be opened, and colours
//	Studio.Prune  Jobs         →            the cache forgets everything else
//
// A page needs Plan only: a rendition's path and size are known before any
// pixel is. Make is the one place where pictures are decoded. What the Store
// remembers is neither read nor made again.
//
// JPEG is written by github.com/gen2brain/jpegn, WebP by the package webp
// below this one: github.com/deepteams/webp 1.2.1, the other encoder in plain
// Go, gives one picture other bytes after another picture of the same size.
//
// # Units
//
// Info, Recipe and Rendition speak of the displayed picture: upright, as its
// EXIF orientation says. Widths and heights are pixels; a Point is a pair of
// fractions from the top left corner; Limits count bytes and megapixels
// (10⁶ pixels).
//
// # Promises
//
//   - Only pixels are written. An original is never copied, not even where it
//     is smaller than everything that was asked for, so EXIF, XMP, IPTC,
//     comments, thumbnails and positions cannot get out.
//   - A rendition's bytes depend on the source's bytes and on what its path is
//     made of, and on nothing else: not on the machine, the number of cores,
//     which other renditions are made with it, or what the cache holds. That is
//     why each is scaled from a pyramid of halved pictures that depends on the
//     source alone, and never from the next larger rendition.
//   - Nothing is decoded before its header has been held against the Limits.
//   - What one file does to its decoder, a panic included, is that file's Fault.
//   - The cache is a guess: each entry carries a checksum, and what is damaged
//     is made again.
//
// # Faults and errors
//
// A Fault says what is wrong with one picture and what to do about it; the
// caller knows where the picture stands and makes a problem of it. A Go error
// is a broken disk or a cancelled context.
//
// # Sources of rules
//
// JPEG: ITU-T T.81. PNG: W3C PNG, third edition. GIF: GIF89a. WebP: RFC 9649.
// HEIF and AVIF are told by the ftyp box of ISO/IEC 14496-12. EXIF: CIPA
// DC-008 with TIFF 6.0. Y'CbCr: JFIF 1.02, which is BT.601 in full range.
package media
