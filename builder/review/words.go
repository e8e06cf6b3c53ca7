package review

import (
	"fmt"
	"time"
)

// Every word of the page stands here, so that it can be said in another language.

// say returns a text of the page with its places filled.
func say(key string, args ...any) string {
	text, ok := words[key]
	if !ok {
		return key
	}
	if len(args) > 0 {
		return fmt.Sprintf(text, args...)
	}
	return text
}

func hasWord(key string) bool {
	_, ok := words[key]
	return ok
}

// date writes a day where the site is.
func (s *Server) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.opt.Desk.Config.Zone).Format("2 January 2006")
}
