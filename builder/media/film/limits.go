package film

import "strconv"

// Limits bound what is taken in. A zero field means the default.
type Limits struct {
	Bytes   int64   // of a file; default 500 MB
	Seconds float64 // of a film or sound; default two hours
}

const (
	defaultBytes   = 500e6
	defaultSeconds = 2 * 60 * 60

	// What the structure of one file may take. An hour at 60 frames a second
	// has 216,000 pictures and 170,000 packets of sound.
	maxHeader  = 24 << 20 // bytes of moov, and of all moof together
	maxSamples = 3 << 20  // of one track
	maxBoxes   = 1 << 18  // at the top of a file
	maxPieces  = 1 << 20  // of a new file
	maxTags    = 1 << 20  // bytes of tags that are searched for places and devices
	maxConfig  = 1 << 16  // bytes of one codec's configuration
	maxEdge    = 16384    // pixels, coded
)

func (l Limits) bytes() int64 {
	if l.Bytes > 0 {
		return l.Bytes
	}
	return defaultBytes
}

func (l Limits) seconds() float64 {
	if l.Seconds > 0 {
		return l.Seconds
	}
	return defaultSeconds
}

func (l Limits) tooHeavy(size int64) *Fault {
	return faultf("make it shorter, or export it at 1080 lines; the limit is "+strconv.FormatInt(l.bytes()/1e6, 10)+" MB",
		"is too large: %d MB", size/1e6)
}

// length holds what is known against the limit of time.
func (l Limits) length(i *Info) *Fault {
	if i.Seconds > l.seconds() {
		return faultf("cut it; the limit is "+clock(l.seconds())+" (minutes:seconds)", "is too long: %s", clock(i.Seconds))
	}
	return nil
}

// clock writes seconds as minutes:seconds.
func clock(seconds float64) string {
	n := int64(min(seconds, 1e9))
	s := strconv.FormatInt(n%60, 10)
	if len(s) < 2 {
		s = "0" + s
	}
	return strconv.FormatInt(n/60, 10) + ":" + s
}
