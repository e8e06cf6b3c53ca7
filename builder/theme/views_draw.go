package theme

// Draw is the view of the layout "draw": a draw among those who took part, with
// what anybody needs to repeat it.
type Draw struct {
	Base
	Held    bool   // the winners are known
	State   string // when it was or will be held, in a sentence
	Facts   []Fact // seed, where it comes from, tickets, sum of the list, method
	Winners []DrawWinner
	File    Link // the record with all tickets; Href "" before it is held
	Steps   []DrawStep
	Gallery Link
}

// DrawWinner is a ticket that won. Nobody is named whose piece is not published.
type DrawWinner struct {
	Place int    // 1 = drawn first
	ID    string // of the ticket
	Card  *Card  // nil = the piece is not published
}

// DrawStep is a step of repeating the draw: what it does and what to type in a
// shell.
type DrawStep struct{ Text, Code string }
