package media

import "fmt"

// Fault says what is wrong with one picture or film, for people: Text goes on
// from the file's name, Hint says what to do.
type Fault struct {
	Text string
	Hint string
}

// Error returns the text and the hint.
func (f *Fault) Error() string { return f.Text + " (" + f.Hint + ")" }

func faultf(hint, text string, args ...any) *Fault {
	return &Fault{Text: fmt.Sprintf(text, args...), Hint: hint}
}
