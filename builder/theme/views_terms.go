package theme

// Terms is what a plain page says of itself that is the text of the terms.
type Terms struct {
	Facts    []Fact // version; since when it holds
	Counts   string // which text counts, in a sentence; "" = there is one only
	Original *Link  // to the text that counts, where this page is a translation; else nil
	Hash     string // SHA-256 of the text that counts, 64 hexadecimal digits
	File     string // address of that text as it is hashed
	Others   []Link // the other versions, newest first
}
