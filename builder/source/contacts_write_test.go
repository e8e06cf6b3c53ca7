package source

import (
	"testing"
)

// TestAppendContacts: what is there stays, columns that are missing are added, no
// cell is a formula, and adding again adds nothing.
func TestAppendContacts(t *testing.T) {
	two := []NewContact{
		{"aa11", []ContactCell{{"email", "olya@mail.example"}, {"phone", "+7 999"}}},
		{"bb22", []ContactCell{{"name", `=Ivan, "Vanya"`}}},
	}
	for name, c := range map[string]struct{ before, after string }{
		"none":      {"", "\ufeffid,email,phone,name\naa11,olya@mail.example,'+7 999,\nbb22,,,\"'=Ivan, \"\"Vanya\"\"\"\n"},
		"semicolon": {"name;id;e-mail\r\n\"a;\nb\";cc33;x@y.example\r\n", "name;id;e-mail;phone\r\n\"a;\nb\";cc33;x@y.example;\r\n;aa11;olya@mail.example;'+7 999\r\n\"'=Ivan, \"\"Vanya\"\"\";bb22;;\r\n"},
		"no end":    {"id,email,phone,name\ncc33,a,b,c", "id,email,phone,name\ncc33,a,b,c\naa11,olya@mail.example,'+7 999,\nbb22,,,\"'=Ivan, \"\"Vanya\"\"\"\n"},
		"known":     {"id,email,phone,name\naa11,changed@mail.example,,\n", "id,email,phone,name\naa11,changed@mail.example,,\nbb22,,,\"'=Ivan, \"\"Vanya\"\"\"\n"},
		"utf-16":    {"\xff\xfei\x00d\x00\n\x00", "\ufeffid,email,phone,name\naa11,olya@mail.example,'+7 999,\nbb22,,,\"'=Ivan, \"\"Vanya\"\"\"\n"},
	} {
		got, _, err := AppendContacts([]byte(c.before), two)
		if err != nil || string(got) != c.after {
			t.Errorf("%s: %v\n got %q\nwant %q", name, err, got, c.after)
			continue
		}
		if again, n, err := AppendContacts(got, two); err != nil || n != 0 || string(again) != c.after {
			t.Errorf("%s: again %d lines are added: %q %v", name, n, again, err)
		}
	}
	for name, broken := range map[string]string{"quote": "id,name\na,\"b\n", "no id": "name,email\na,b\n", "letters": "id\n\x81\x8d\xff\n"} {
		if got, _, err := AppendContacts([]byte(broken), two); err == nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}
