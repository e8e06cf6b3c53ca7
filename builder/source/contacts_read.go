package source

import (
	"cmp"
	"strings"

	"gallerist/builder/problem"
)

// Contacts returns what private/contacts.csv says of people, by the ids of their
// submissions, and what is wrong with it. It names no value.
func Contacts(src []byte) (map[string]Contact, problem.List) {
	var probs problem.List
	p := &Private{Contacts: map[string]Contact{}}
	p.parse(ContactsFile, src, &probs)
	return p.Contacts, probs
}

// Cell returns what stands in a column, whose name is in small letters.
func (c Contact) Cell(column string) string {
	switch column {
	case "id":
		return c.ID
	case "name":
		return c.Name
	case "email":
		return cmp.Or(c.Email, c.More[column])
	case "phone":
		return c.Phone
	}
	return c.More[column]
}

// IsID reports whether a text can be a submission's id.
func IsID(s string) bool {
	return len(s) >= 4 && len(s) <= maxID && !strings.ContainsFunc(s, notID)
}
