package publish

// Error is a fault of the place published to, told to a person who may not
// program: a full disk, a folder that is not ours.
type Error struct {
	Path string // where
	Text string // what, lower case, without a full stop
	Hint string // what to do
	Err  error  // the cause; nil = a refusal of our own
}

// Error returns path, text and cause on one line.
func (e *Error) Error() string {
	s := e.Path + ": " + e.Text
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
