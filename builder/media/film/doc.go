// Package film reads films and sounds and writes them again without anything
// but what plays. It knows bytes; it starts no program and decodes no picture.
//
// # Flow
//
//	Probe       a file    → Info   format, displayed size, length, codecs, what browsers make of it
//	                      → Clean  the recipe of the new file: pieces of memory and stretches of the source
//	Clean.Open  the file  → the new file, streamed; a film is never held in memory
//
// # What is kept
//
// Everything is built from a list of what may stay, never by taking out what
// is known to be private.
//
//	mp4 mov m4a  one video and one audio track: sample tables, sample entries
//	             with their decoder configuration, colour, pixel aspect, the
//	             matrix that rotates and the edit list. All else goes, with its
//	             bytes in mdat: timed metadata (positions, sensors), chapters,
//	             further tracks, sample groups, udta, meta, uuid, names, dates,
//	             languages. moov stands first; fragments are joined; a MOV becomes an MP4.
//	webm         the scale and duration, the two tracks and their blocks; cues
//	             are made anew and stand before the clusters
//	ogg          the packets of one Opus or Vorbis stream, with an empty comment header
//	mp3          audio frames and the Xing frame, emptied behind what it says
//	wav          fmt and data
//	flac         STREAMINFO, SEEKTABLE and frames
//
// Samples are copied byte for byte. What an encoder has written inside them
// stays: user data in SEI messages of H.264 and HEVC (mostly the name and
// settings of the encoder), fill elements of AAC, padding of MP3 frames. So
// does what an edit list only hides, such as frames before a cut that was made
// without encoding again. Who must be rid of these has the film encoded anew
// (package ffmpeg).
//
// # Promises
//
//   - Probe of what Clean writes gives a Clean that writes the same bytes.
//   - Same input, same values and bytes on every machine.
//   - No length or count is believed before it is held against the file. Tables
//     are bounded (see limits.go); there is no recursion by what a file says.
//   - A Fault is what is wrong with the film, an error is a broken disk.
//
// # Sources of rules
//
// ISO base media: ISO/IEC 14496-12; its codecs: 14496-14 (AAC), 14496-15 (AVC,
// HEVC), the AV1, VP9, Opus and FLAC bindings. QuickTime: Apple's QuickTime
// File Format. Matroska and WebM: RFC 8794, RFC 9559. Ogg: RFC 3533, Opus in
// it: RFC 7845, Vorbis: Xiph's Vorbis I. MP3: ISO/IEC 11172-3 and 13818-3.
// WAV: Microsoft's RIFF. FLAC: RFC 9639. Codec names: RFC 6381.
//
// # The library for MP4
//
// github.com/abema/go-mp4 reads and writes the small boxes with many fields:
// headers, sample entries, decoder configurations, edit lists. It is given one
// box at a time, cut to its length by the walk of this package, so that no
// number in a file makes it allocate. The sample tables are flat arrays of
// integers and read directly. github.com/Eyevinn/mp4ff 0.52.0 was not taken:
// its TkhdBox forgets the matrix, so that what it writes is no longer upright,
// and it refuses QuickTime's sound descriptions and NAL lengths but of 4 bytes.
package film
