// Package heif reads pictures in the HEIF container: HEIC, which iPhones take
// (HEVC inside), and AVIF (AV1 inside). It also writes AVIF.
//
// # Flow
//
//	Read         []byte → File         the container: sizes, orientation, colour, metadata; no pixel
//	File.Reduced scale  → File         for AV1: the same picture, smaller and lighter
//	File.Weight         → bytes        what Decode will need, before it needs it
//	File.Decode         → image.Image  tile by tile
//	EncodeAVIF   YCbCr  → []byte       no metadata
//
// Read takes only what MIAF asks of a writer, because a stranger's file is a
// stranger's program for every decoder behind it: each length is held against
// the bytes that are there, each count against a bound, nothing refers to
// itself, and a tile's size is the size its bitstream says. What is whole but
// not supported is ErrRare, what breaks off is ErrCut, all else is damage.
//
// # HEVC
//
// Pixels come from package hevc. Matrix and range are brought to full-range
// BT.601 on the planes, in integers.
//
// # AV1
//
// Pixels come from libavif, compiled to WASM, in github.com/gen2brain/avif.
// It never sees a stranger's container: each tile is handed over in a file of
// our own making with nothing in it but the tile. That file says three things
// that make the library do with less memory:
//
//   - it is 8 bits deep, though the AV1 inside may be deeper, so that the
//     library makes 8-bit RGB of it rather than 16-bit;
//   - it is as large as is wanted, so that the library scales the planes (with
//     a box filter) before it makes RGB of them;
//   - it has one tile, so that a grid needs a tile's memory.
//
// All three hold for version 0.6.0 and are held by tests. So does how a broken
// tile is told from a whole one, which the library does not say.
//
// The WASM is compiled when the first picture is decoded or encoded, 2 to 3 s
// of one core in each process that does so. Where wazero has no compiler
// (anything but amd64 and arm64) it interprets, which is far slower. A call of the
// library cannot be interrupted: a context counts between tiles.
//
// The folder purego is a module of its own, in place of one that the library
// imports; see there why.
//
// # Sources of rules
//
// Boxes: ISO/IEC 14496-12. Items, grids, orientation: ISO/IEC 23008-12 (HEIF).
// What is allowed: ISO/IEC 23000-22 (MIAF). hvcC: ISO/IEC 14496-15. av1C: AV1
// Codec ISO Media File Format Binding 1.2 and AVIF 1.1. Bitstream headers: AV1
// Bitstream & Decoding Process 1.0.0, 5.3 to 5.5. Colour codes: ITU-T H.273.
// C2PA's box: C2PA Technical Specification, embedding in BMFF files.
package heif
