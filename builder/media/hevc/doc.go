// Package hevc decodes HEVC still pictures, as HEIC files of telephones hold
// them, in plain Go. It knows pictures that stand alone (intra slices); films it
// refuses.
//
// # Flow
//
//	ParseConfig  hvcC box      → Config    parameter sets; size and colour without decoding
//	NewDecoder   Config        → Decoder   buffers for the tiles of a grid
//	Decode       NAL units     → Picture   8-bit planes, cropped; whole or an error
//
// Within Decode, a walker goes through the coding tree blocks in decoding order:
// the arithmetic decoder (cabac) gives the syntax, each transform block is
// predicted from its neighbours and its residual added. Once all blocks are
// there, the deblocking filter and the sample adaptive offsets run over the
// picture in rows of coding tree blocks, in place.
//
// # What is decoded
//
// Main, Main 10, Main 12, Main Still Picture and the intra tools of the format
// range extensions: 4:0:0, 4:2:0, 4:2:2 and 4:4:4 in 8 to 12 bits, which come out
// as 8, rounded; tiles, wavefronts, slices and dependent slice segments, scaling
// lists, PCM, lossless and transform-skip blocks, cross-component prediction.
// Inter slices, screen content coding, extended precision, aligned bypass
// decoding and separate colour planes are refused in words. Units of other layers
// (depth, second views) are passed over.
//
// # Promises
//
//   - The result is exact: H.265 says every bit of it.
//   - A Decoder takes memory for the samples, about a tenth of a byte per pixel for its
//     maps, and two more rows; nothing grows by a number that was merely read, but
//     the picture's size, which is held against MaxPixels first.
//   - Time is bounded by the picture's size and the data's length: a slice may not
//     go back, nor run on where the data has ended.
//   - Entry points are not needed and not looked at: where a substream begins
//     follows from where the one before it ends.
//
// # Sources of rules
//
// ITU-T H.265 (ISO/IEC 23008-2); the comments name its clauses. The hvcC box:
// ISO/IEC 14496-15. Where the table of 4:2:2 modes differs between printings, the
// code follows what x265, libde265 and ffmpeg do.
package hevc
