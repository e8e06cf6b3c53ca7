package builder

import (
	"net/mail"
	"net/url"
	"strings"

	"gallerist/builder/strict"
)

// ThanksConfig is the table [thanks]: how people are thanked.
type ThanksConfig struct {
	Withdraw string // mail or https address to write to, published; "" = people answer the letter
	BOM      bool   // letters.csv begins with the byte-order mark that spreadsheets want
}

func readThanks(t *strict.Table) ThanksConfig {
	th := t.Table("thanks")
	if th == nil {
		return ThanksConfig{}
	}
	c := ThanksConfig{Withdraw: th.Line("withdraw"), BOM: th.Bool("bom")}
	if c.Withdraw != "" && c.href() == "" {
		th.Errorf("withdraw", `write a mail address such as "hello@shop.example", or the https address of a page`,
			"%s is no address that people can write to", strict.Quote(c.Withdraw))
		c.Withdraw = ""
	}
	return c
}

// href returns where Withdraw leads, "" where it is no address.
func (c ThanksConfig) href() string {
	if u, err := url.Parse(c.Withdraw); err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil {
		return u.String()
	}
	a, err := mail.ParseAddress(c.Withdraw)
	if err != nil || a.Address != c.Withdraw || strings.ContainsAny(c.Withdraw, "?&\"<> ") {
		return ""
	}
	return "mailto:" + a.Address
}
