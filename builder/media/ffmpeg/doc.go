// Package ffmpeg has films converted, and pictures taken from them, by the
// program of that name, where the owner of a site has turned it on. It is the
// only package that starts a program.
//
// # What is fixed
//
// Arguments are a fixed list; there is no shell. Names are absolute and stand
// behind "file:", so that neither "-y.mp4" nor "a |.mp4" nor "http:x" is
// anything but a file. The demuxer is forced by what the film's structure
// was found to be, and only the protocol "file" is allowed, so that a playlist
// called film.mp4 is not followed. Data that a MOV keeps in other files is not
// opened. The program's environment is two variables of ours: FFREPORT, proxies
// and presets in a home directory do not count.
//
// # What is bounded
//
// Time by the context, and by an hour or a minute where it has no deadline;
// what comes out by -t, -fs and a count of bytes; a picture's size by
// -max_pixels, a single allocation by -max_alloc. What the program says on
// stderr is kept up to 4 KiB and quoted. On Linux the process gets limits on
// its address space (6 GiB), the files it writes, and no core dumps, right
// after it is started; elsewhere the system lets nobody do so from outside. On
// Unix it leads a process group, which is killed as a whole.
//
// # Bytes
//
// Threads are fixed, because x264 writes other bytes with another number of
// them, and all components run bit-exact: the same program gives the same
// bytes on any number of cores. Another version, another processor's floating
// point (the AAC encoder) may give others, so Version belongs into the key of
// whatever is cached.
//
// Films in HDR keep their transfer curve and are marked so; nothing is
// tone-mapped.
package ffmpeg
