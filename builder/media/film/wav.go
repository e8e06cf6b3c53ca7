package film

import "bytes"

// probeWAV reads the chunks of a RIFF file up to the sound, then those behind
// it for what they say. Only fmt and data are kept.
func probeWAV(s *source) (*Info, *Clean, *Fault) {
	info := &Info{Format: "wav", Sound: true, Type: "audio/wav"}
	var fmtBody []byte
	var data span
	for at, n := int64(12), 0; at+8 <= s.size; n++ {
		head := s.read(at, 8)
		if head == nil || n > maxBoxes {
			break
		}
		kind, size := string(head[:4]), int64(le32(head[4:]))
		body := span{at + 8, size}
		switch {
		case kind == "fmt " && fmtBody == nil:
			fmtBody = bytes.Clone(s.read(body.off, int(min(size, 40))))
		case kind == "data" && data.n == 0:
			data = body
		case kind == "C2PA":
			info.Signed = true
		default:
			info.hints(s, body)
		}
		at += 8 + size + size&1
	}
	return wavOf(s, info, fmtBody, data)
}

func wavOf(s *source, info *Info, format []byte, data span) (*Info, *Clean, *Fault) {
	if format == nil {
		return nil, nil, faultf(exportSound, "is a WAV file without a description of its sound")
	}
	fault := wavFormat(info, format)
	switch {
	case fault != nil:
		return nil, nil, fault
	case data.n == 0xffffffff || data.n == 0:
		return nil, nil, faultf("open it in a sound program and save it again", "does not say how long its sound is: the recording was broken off")
	case data.off+data.n > s.size:
		return nil, nil, cutSound()
	}
	frame := int64(le16(format[12:]))
	data.n -= data.n % frame
	info.Seconds = millis(uint64(data.n/frame), uint64(le32(format[4:])))
	pad := data.n & 1
	c := &Clean{}
	c.memory(append([]byte("RIFF"), little32(uint32(4+8+int64(len(format))+8+data.n+pad))...))
	c.memory(append([]byte("WAVEfmt "), little32(uint32(len(format)))...))
	c.memory(format)
	c.memory(append([]byte("data"), little32(uint32(data.n))...))
	c.stretch(data.off, data.n)
	c.memory(make([]byte, pad))
	return info, c, nil
}

// subPCM is what follows the two bytes of the format in a GUID of
// WAVEFORMATEXTENSIBLE.
const subPCM = "\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"

// wavFormat checks the body of a fmt chunk: 16, 18 or 40 bytes.
func wavFormat(info *Info, b []byte) *Fault {
	if len(b) != 16 && len(b) != 18 && len(b) != 40 {
		return damaged("the description of its sound has a wrong size")
	}
	code, channels, rate, frame, depth := le16(b), le16(b[2:]), le32(b[4:]), le16(b[12:]), le16(b[14:])
	if code == 0xfffe && len(b) == 40 && string(b[26:]) == subPCM {
		code = le16(b[24:])
	}
	switch {
	case code == 1 && (depth == 8 || depth == 16 || depth == 24 || depth == 32):
	case code == 3 && depth == 32:
	default:
		return faultf(exportSound, "is a WAV file of a kind that browsers do not play (format %d, %d bits)", code, depth)
	}
	if channels == 0 || channels > 8 || rate == 0 || rate > 768000 || uint32(frame) != uint32(channels)*uint32(depth)/8 {
		return damaged("the description of its sound contradicts itself")
	}
	if len(b) == 18 && le16(b[16:]) != 0 {
		return damaged("the description of its sound has a wrong size")
	}
	info.Audio = "PCM"
	return nil
}

func little32(n uint32) []byte { return []byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)} }
