package importer

import "strings"

// scanner parts a text into rows of cells. It differs from encoding/csv in that
// a quote which never closes costs one row and not the file.
type scanner struct {
	src      string
	at       int
	line     int // of at, from 1
	comma    byte
	unclosed int
}

// newScanner tells what parts the cells, by a line "sep=;" or from the header
// and the first rows.
func newScanner(src string) *scanner {
	if rest, ok := strings.CutPrefix(src, "sep="); ok && rest != "" && strings.IndexByte(",;\t|", rest[0]) >= 0 {
		s := &scanner{src: src, line: 1, comma: rest[0]}
		s.row()
		return s
	}
	best, score, width := byte(','), 0.0, 1
	for _, comma := range []byte("\t;,|") {
		if agree, columns := tryComma(src, comma); agree > score || agree == score && columns > width {
			best, score, width = comma, agree, columns
		}
	}
	return &scanner{src: src, line: 1, comma: best}
}

// tryComma returns which part of the first rows has as many cells as the header,
// and how many that are.
func tryComma(src string, comma byte) (agree float64, columns int) {
	s := &scanner{src: src, line: 1, comma: comma}
	header, _, _ := s.row()
	if len(header) < 2 {
		return 0, 1
	}
	rows, same := 1, 1
	for range sampleRows {
		cells, _, _ := s.row()
		if cells == nil {
			break
		}
		if blank(cells) {
			continue
		}
		rows++
		if len(cells) == len(header) {
			same++
		}
	}
	return float64(same) / float64(rows), len(header)
}

// row returns the next row, nil at the end, and the line it begins in. Where a
// quote opens and never closes, unclosed is its line, the cells are no good, and
// the next row begins in the line behind.
func (s *scanner) row() (cells []string, line, unclosed int) {
	if s.at >= len(s.src) {
		return nil, s.line, 0
	}
	line = s.line
	for {
		cell, bad := s.cell()
		cells = append(cells, cell)
		if bad > 0 && unclosed == 0 {
			unclosed = bad
		}
		if s.at >= len(s.src) {
			return cells, line, unclosed
		}
		if c := s.src[s.at]; c == s.comma {
			if s.at++; s.at == len(s.src) {
				return append(cells, ""), line, unclosed
			}
			continue
		}
		s.newline()
		return cells, line, unclosed
	}
}

// newline passes over the end of a line: LF, CRLF or, of old Macs, CR.
func (s *scanner) newline() {
	if s.src[s.at] == '\r' && s.at+1 < len(s.src) && s.src[s.at+1] == '\n' {
		s.at++
	}
	s.at++
	s.line++
}

// cell reads a cell up to what ends it.
func (s *scanner) cell() (text string, unclosed int) {
	begin := s.at
	for begin < len(s.src) && s.src[begin] == ' ' && s.comma != ' ' {
		begin++ // "a", "b": some writers put a space there
	}
	if s.unclosed < maxUnclosed && begin < len(s.src) && s.src[begin] == '"' {
		if text, end, ok := quoted(s.src, begin+1, s.comma); ok {
			s.line += lines(s.src[begin:end])
			s.at = end
			return text, 0
		}
		s.unclosed++
		unclosed = s.line
	}
	end := s.at
	for end < len(s.src) && s.src[end] != s.comma && s.src[end] != '\n' && s.src[end] != '\r' {
		end++
	}
	text = s.src[s.at:end]
	s.at = end
	return text, unclosed
}

// quoted reads a cell behind its quote. A quote within it that is neither
// doubled nor followed by the cell's end stands for itself.
func quoted(src string, at int, comma byte) (text string, end int, ok bool) {
	var b strings.Builder
	for from := at; ; {
		n := strings.IndexByte(src[from:min(len(src), from+maxCell+1)], '"')
		if n < 0 || b.Len()+n > maxCell {
			return "", 0, false
		}
		b.WriteString(src[from : from+n])
		switch next := from + n + 1; {
		case next == len(src) || src[next] == comma || src[next] == '\n' || src[next] == '\r':
			return b.String(), next, true
		case src[next] == '"':
			b.WriteByte('"')
			from = next + 1
		default:
			b.WriteByte('"')
			from = next
		}
	}
}

// lines counts the ends of lines.
func lines(s string) int {
	return strings.Count(s, "\n") + strings.Count(s, "\r") - strings.Count(s, "\r\n")
}
