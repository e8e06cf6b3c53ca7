// Package media turns the pictures, films and recordings people send into what
// a page can show. It knows bytes and pixels; it knows nothing of people,
// galleries or pages.
//
// # Flow
//
//	Studio.Probe  path           → Info       header, hash, displayed size, wholeness
//	Studio.Plan   Recipes, Look  → Renditions paths and sizes, by arithmetic alone
//	Studio.Make   Jobs           → Results    files that can be opened, and colours
//	Studio.Later  Jobs           → Results    the same, made when they are opened
//	Studio.Look   Infos          → Sources    colour and likeness, for Alike
//	Studio.OpenClip Info         → bytes      a film without anything but what plays
//	Studio.Trim, Prune           →            the cache within its bound, or nothing but what is used
//
// A page needs Plan only: a rendition's path and size are known before any
// pixel is. Make is the one place where pictures are decoded. What the Store
// remembers is neither read nor made again; the rules of that stand above the
// code, in cache.go, index.go and trim.go.
//
// # Packages
//
//	heif hevc    the containers of HEIC and AVIF; HEVC still pictures; AVIF by libavif
//	icc          colour profiles
//	webp         the encoder
//	note         XMP into JPEG and WebP; whether an original was signed
//	film ffmpeg  films and recordings; the one program that may be started
//	likeness     pictures that show the same
//
// JPEG is read and written by github.com/gen2brain/jpegn, PNG and GIF are read
// by the standard library, WebP by golang.org/x/image.
//
// # Units
//
// Info, Recipe and Rendition speak of the displayed picture: upright, as its
// orientation says. Widths and heights are pixels; a Point is a pair of fractions
// from the top left corner; Limits count bytes and megapixels (10⁶ pixels).
// Every rendition is sRGB.
//
// # Promises
//
//   - Only pixels are written, and the note that a Look brings. An original
//     picture is never copied, not even where it is smaller than everything that
//     was asked for, so EXIF, XMP, IPTC, comments, thumbnails and positions
//     cannot get out. Of films and recordings only what plays is copied.
//   - A rendition's bytes depend on the source's bytes and on what its path is
//     made of, and on nothing else: not on the machine, the number of cores,
//     which other renditions are made with it, or what the cache holds. That is
//     why each is scaled from a pyramid of halved pictures that depends on the
//     source and on the scale it was decoded at, which is in the path, and never
//     from the next larger rendition.
//   - Nothing is decoded before its header has been held against the Limits.
//   - What one file does to its decoder, or its renditions to an encoder, a
//     panic included, is that file's Fault.
//   - Whoever reads or decodes reserves the memory it takes, 150 MiB for each
//     core together, and for two at least. A picture that needs more than that
//     works alone; one that needs more than 350 MiB is refused at its header.
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
// HEIF: see the package heif. EXIF: CIPA
// DC-008 with TIFF 6.0. Y'CbCr: JFIF 1.02, which is BT.601 in full range.
package media
