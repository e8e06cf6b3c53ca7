package builder

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How a poster's words fill one sheet. Measures are hundredths of the sheet's
// width, as in the theme's style sheet; words are wrapped with widths of
// letters that most faces stay below, and the picture takes what is left.

const (
	posterWidth   = 88.0  // of lines
	posterHeight  = 122.0 // of everything but margins and the spaces between parts
	posterPicture = 30.0  // a picture's least height, with the space above it
	posterFoot    = 38.0  // of the code with its words
	stepWidth     = 49.0
	stepGap       = 1.2
	stepLeading   = 1.3
	stepsHigh     = 60.0 // at most
	mostSteps     = 6
	mostOfStep    = 140 // characters
	mostQuestion  = 320 // characters
)

// questionSizes and stepSizes are the sizes of letters, largest first.
var (
	questionSizes = []float64{15, 12.5, 10.5, 8.8, 7.4, 6.2, 5.2, 4.4}
	stepSizes     = []float64{3, 2.6, 2.2}
)

// posterFit is what fits on a sheet, and in which sizes, from 1 for the largest.
type posterFit struct {
	question     string
	questionSize int
	steps        []string
	stepSize     int
	picture      bool
}

// posterRest returns the height that is left for question, picture and steps
// below a site's title and above the lines at the end.
func posterRest(title string, logo bool, when, address string) float64 {
	width := posterWidth
	if logo {
		width -= 16
	}
	lines := func(text string, size, width float64) float64 {
		n, _ := wrapped(text, width/size)
		return float64(n)
	}
	return posterHeight - 5 - 4.8*lines(title, 4, width) - 4.8*lines(when, 4, posterWidth) - 3.4*lines(address, 2.6, posterWidth) + 2
}

// fitPoster chooses the largest sizes with which a question and steps fit into
// a height beside a picture, where there is one, or else without it.
func fitPoster(question string, steps []string, picture bool, height float64) posterFit {
	f := posterFit{question: shorten(question, mostQuestion), steps: posterSteps(steps), picture: picture}
	foot := posterFoot
	for i, size := range stepSizes {
		f.stepSize, foot = i+1, max(posterFoot, stepsHeight(f.steps, size))
		if foot == posterFoot {
			break
		}
	}
	if picture && f.sizeQuestion(height-foot-posterPicture) {
		return f
	}
	f.picture = false
	for limit := mostQuestion; !f.sizeQuestion(height - foot); limit -= 20 {
		f.question = shorten(question, limit)
	}
	return f
}

// sizeQuestion chooses the largest size with which the question is at most so
// high and no word of it is broken, but for the smallest size, and tells whether
// there is one.
func (f *posterFit) sizeQuestion(height float64) bool {
	for i, size := range questionSizes {
		f.questionSize = i + 1
		lines, whole := wrapped(f.question, posterWidth/size)
		if (whole || i == len(questionSizes)-1) && float64(lines)*size*1.08 <= height {
			return true
		}
	}
	return false
}

func stepsHeight(steps []string, size float64) float64 {
	height := -stepGap
	for _, s := range steps {
		lines, _ := wrapped(s, stepWidth/size)
		height += float64(lines)*size*stepLeading + stepGap
	}
	return height
}

// wrapped returns how many lines a text takes, and whether no word of it has to
// be broken. The width is in ems.
func wrapped(text string, width float64) (lines int, whole bool) {
	lines, whole, at := 1, true, 0.0
	for word := range strings.SplitSeq(text, " ") { // no-break spaces are letters
		w := 0.0
		for _, r := range word {
			w += letterWidth(r)
		}
		if at > 0 && at+letterWidth(' ')+w > width {
			lines, at = lines+1, 0
		} else if at > 0 {
			at += letterWidth(' ')
		}
		at += w
		for at > width {
			lines, whole, at = lines+1, false, at-width
		}
	}
	return lines, whole
}

// letterWidth is about how wide a letter is in a wide serif, in ems.
func letterWidth(r rune) float64 {
	switch {
	case r == ' ' || r == '\u00a0':
		return .28
	case r >= 0x1100: // Korean, Chinese, Japanese
		return 1
	case unicode.IsUpper(r):
		return .74
	case r >= 0x400:
		return .64
	}
	return .57
}

// posterSteps returns the first six steps, each as short as a poster wants it:
// whole where that is brief, else as many of its sentences as are. What is too
// long all the same is cut.
func posterSteps(steps []string) []string {
	steps = steps[:min(len(steps), mostSteps)]
	list, n := make([]string, len(steps)), len(steps)
	smallest := stepSizes[len(stepSizes)-1]
	for i, s := range steps {
		s = firstSentences(s, max(60, 300/n))
		list[i] = shorten(s, mostOfStep)
		for limit := mostOfStep; stepsHeight(list[i:i+1], smallest) > (stepsHigh+stepGap)/float64(n)-stepGap; limit -= 10 {
			list[i] = shorten(s, limit)
		}
	}
	return list
}

// firstSentences returns those first sentences of a text that have at most so
// many characters together, the first in any case. A sentence ends with a mark
// that follows a word and stands before a space and a capital letter; words of
// three letters and less may be abbreviations.
func firstSentences(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	end, n, word, marked := 0, 0, 0, false
	for i, r := range text {
		switch {
		case marked && r == ' ':
			if next, _ := utf8.DecodeRuneInString(text[i+1:]); unicode.IsUpper(next) || strings.ContainsRune("«“\"", next) {
				if end > 0 && n > limit {
					return text[:end]
				}
				end = i
			}
			marked, word = false, 0
		case strings.ContainsRune(".!?…", r):
			marked = marked || word > 3
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word++
			marked = false
		case r == ' ' || r == '\u00a0':
			word = 0
		}
		n++
	}
	if end == 0 {
		return text
	}
	return text[:end]
}
