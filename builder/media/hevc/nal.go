package hevc

import (
	"bytes"
	"errors"
)

// Types of NAL units (H.265, table 7-1).
const (
	nalBLA  = 16 // the first of the pictures where decoding may begin
	nalIDR  = 19 // IDR_W_RADL
	nalIDRN = 20 // IDR_N_LP
	nalIRAP = 23 // the last of the pictures where decoding may begin
	nalVCL  = 31 // the last type that holds samples
	nalSPS  = 33
	nalPPS  = 34
)

// nal is one NAL unit without its header, still with emulation prevention.
type nal struct {
	kind, layer int
	payload     []byte
}

var errNAL = errors.New("a NAL unit is cut short")

// parseNAL reads the two bytes of a NAL unit's header (7.3.1.2).
func parseNAL(unit []byte) (nal, error) {
	if len(unit) < 2 {
		return nal{}, errNAL
	}
	return nal{
		kind:    int(unit[0] >> 1 & 0x3f),
		layer:   int(unit[0]&1)<<5 | int(unit[1]>>3),
		payload: unit[2:],
	}, nil
}

// nextNAL takes one NAL unit off data, where each follows its length in
// lengthSize bytes (ISO/IEC 14496-15, 4.3.3).
func nextNAL(data []byte, lengthSize int) (unit, rest []byte, err error) {
	if len(data) < lengthSize {
		return nil, nil, errNAL
	}
	n := 0
	for _, b := range data[:lengthSize] {
		n = n<<8 | int(b)
	}
	data = data[lengthSize:]
	if n > len(data) {
		return nil, nil, errNAL
	}
	return data[:n], data[n:], nil
}

// unescape appends the payload to dst without the bytes that keep start codes
// from arising: in 00 00 03 the 03 is dropped (7.3.1.1).
func unescape(dst, payload []byte) []byte {
	for {
		i := bytes.Index(payload, []byte{0, 0, 3})
		if i < 0 {
			return append(dst, payload...)
		}
		dst = append(dst, payload[:i+2]...)
		payload = payload[i+3:]
	}
}
