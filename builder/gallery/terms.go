package gallery

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"gallerist/builder/problem"
)

// Terms says that a plain page is the text of the terms, in one version. Of a
// page in several languages the original counts.
type Terms struct {
	Pos     problem.Pos // of the version
	Version string      // as grants and calls name it: "2026-10"
	Since   time.Time   // first moment from which it holds; zero = not told
	Hash    string      // SHA-256 of TermsText, in 64 small hexadecimal digits
}

// TermsText returns the text of the terms as it is hashed: lines ended by LF,
// without space before and after.
func TermsText(body string) string {
	return strings.TrimSpace(strings.ReplaceAll(body, "\r\n", "\n"))
}

// TermsHash returns the SHA-256 of the text of the terms in hexadecimal digits.
func TermsHash(body string) string {
	sum := sha256.Sum256([]byte(TermsText(body)))
	return hex.EncodeToString(sum[:])
}

// HashMin is how many digits of a text's hash a grant must name.
const HashMin = 12

// Agreed reports whether the text is the one that a grant names the beginning
// of its hash of. A grant that names none agrees with any.
func (t *Terms) Agreed(g *Grant) bool { return strings.HasPrefix(t.Hash, g.Text) }
