package heif

// maxPart is how many pixels one coded picture of AV1 may have, for the
// decoder's memory is a multiple of it, in which it cannot be stopped.
const maxPart = 40e6

// Weight returns how many bytes of memory Decode takes at most, those of the
// result included and those of the file not.
func (f *File) Weight() int64 {
	if f.Codec == "av1" {
		return f.weightAV1()
	}
	return f.weightHEVC()
}

// weightAV1 adds up what the library takes: the tile twice as RGBA and once
// scaled inside WASM, each frame's planes, and 0.7 bytes a pixel for what
// belongs to blocks; outside WASM once more RGBA. WASM's memory grows by a
// quarter at a time and is copied each time: the old and the new are there at
// once, and the collector lets as much again pile up before it looks. That
// makes 3.6 of it, and 3.5 was measured.
func (f *File) weightAV1() int64 {
	scale := int64(f.scale)
	tile := int64(f.still.tw) * int64(f.still.th)
	full := tile * scale * scale
	frames := int64(f.coded.frames)
	if f.coded.grain {
		frames++
	}
	wasm := 3<<20 + 8*tile + f.coded.bytes(full)*frames
	for _, c := range []*canvas{f.still, f.alpha} {
		if c == nil {
			continue
		}
		wasm += c.longest() + full*7/10
		if scale > 1 {
			wasm += f.coded.bytes(tile)
		}
	}
	out := int64(f.still.w) * int64(f.still.h)
	if f.alpha != nil {
		out *= 4
	} else {
		out += out / 2
	}
	return wasm*18/5 + 4*tile + out
}

// weightHEVC counts the whole picture and one tile on its way into it.
func (f *File) weightHEVC() int64 {
	c := f.still
	whole, tile := int64(c.w)*int64(c.h), int64(c.tw)*int64(c.th)
	k := f.coded
	k.depth = 8
	return k.bytes(whole) + k.bytes(tile) + f.coded.bytes(tile) + 2*tile
}

// longest returns the length of the longest tile's data.
func (c *canvas) longest() int64 {
	n := 0
	for _, t := range c.tiles {
		n = max(n, len(t.data))
	}
	return int64(n)
}
