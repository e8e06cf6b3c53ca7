package theme

import "html/template"

// Member is somebody of a team or a jury, for the partial "member".
type Member struct {
	Name       string
	Href       string // of their own page; "" = they have none
	URL        string // of theirs, elsewhere; ""
	Place      string
	Department string // "Bakery"; ""
	Customer   bool   // takes part as a customer of the brand
	Roles      string // in words: "customer, author of the idea"; ""
	About      string // where they come from
	AboutLang  string // its language where it is not the page's
	Says       template.HTML
	SaysLang   string
	Portrait   *Picture // nil = a monogram stands in its place
	Ratio      string   // of the portrait: width/height
	Color      string   // its average colour
	Initial    string   // first letter of the name, for a monogram
}

// Team is what a gallery of the kind collaboration has beyond the common, on its
// front page.
type Team struct {
	Why     []Answer // why they did it, asked more than once
	Numbers []string // "7 people from 4 departments", "2 customers"
	Groups  []TeamGroup
	Steps   []TeamStep // by date
	Result  *TeamResult
}

// Answer is a question and what was answered.
type Answer struct {
	Question     string
	QuestionLang string // language of the question where it is not the page's
	Answer       template.HTML
	AnswerLang   string
}

// TeamGroup is a department, or the customers of the brand, who are equals.
type TeamGroup struct {
	Name    string // "Bakery", "Customers"; "" = of no department
	Lang    string // language of the name where it is not the page's
	Members []Member
}

// TeamStep is a version of the thing on its way.
type TeamStep struct {
	Title     string
	TitleLang string // language of the title where it is not the page's
	Date      string // in words
	DateTime  string // RFC 3339
	Text      template.HTML
	TextLang  string
	By        []Link  // Href "" for those without a page
	Items     []*Card // pieces that show it; without ID, for they stand in the list too
}

// TeamResult is what it led to.
type TeamResult struct {
	Card    *Card
	Credits []RoleCredit
}

// RoleCredit is those who did one thing. Href of one without a page is "".
type RoleCredit struct {
	Role   string // what they did: "photo"
	People []Link
}
