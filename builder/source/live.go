package source

import (
	"strconv"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// sessions reads the live sessions of a gallery. One whose start cannot be
// read stays in its place, for their words are told apart by it.
func (r *reader) sessions(f *folder, t *strict.Table) []gallery.Session {
	var list []gallery.Session
	ids := map[string]bool{}
	for _, each := range t.Tables("live") {
		s := gallery.Session{
			Pos: each.At(), ID: each.Line("id"), Starts: each.Time("starts", r.opt.Zone), Ends: each.Until("ends", r.opt.Zone),
			URL: webAddress(each, "url"), Recording: recording(f, each), Pieces: each.Strings("pieces"),
			Revision: revision(each), Cancelled: each.Bool("cancelled"), Moments: moments(each),
		}
		f.refer(each, "pieces", s.Pieces...)
		if each.Empty("title") {
			each.Errorf("title", "add "+each.Example("title", `"…"`), "a session without a title")
		}
		switch {
		case !each.Has("starts"):
			each.Errorf("starts", "add "+each.Example("starts", "2026-11-24T19:00:00+03:00"), "a session without a start")
		case !s.Ends.IsZero() && !s.Ends.After(s.Starts) && !s.Starts.IsZero():
			each.Errorf("ends", "exchange the two, or check the dates", "the session ends before it starts")
			s.Ends = time.Time{}
		}
		if s.ID != "" && ids[s.ID] {
			each.Errorf("id", "give each session a word of its own, or none", "two sessions have the id %s", strict.Quote(s.ID))
			s.ID = ""
		}
		ids[s.ID] = true
		list = append(list, s)
	}
	return list
}

// recording returns the address of a session's recording, or the id of the
// submission that holds it.
func recording(f *folder, t *strict.Table) string {
	if strings.Contains(t.Line("recording"), "/") {
		return webAddress(t, "recording")
	}
	id := t.Line("recording")
	f.refer(t, "recording", id)
	return id
}

// revision reads how often dates were moved.
func revision(t *strict.Table) int {
	n := t.Int("revision")
	if n < 0 {
		t.Errorf("revision", "write 1 when the dates are moved for the first time, 2 for the second", "dates cannot have been moved %d times", n)
	}
	return max(n, 0)
}

// moments reads when what of a recording begins. What cannot be read is -1, so
// that the others keep their words.
func moments(t *strict.Table) []time.Duration {
	var list []time.Duration
	last := time.Duration(-1)
	for _, m := range t.Tables("moment") {
		at, ok := clock(m.Line("at"))
		if m.Empty("text") {
			m.Errorf("text", "add "+m.Example("text", `"…"`), "a moment without words")
		}
		switch {
		case !ok:
			m.Errorf("at", "write minutes and seconds as \"0:42\", with hours as \"1:02:03\"", "%s is no time of a recording", strict.Quote(m.Line("at")))
			at = -1
		case at <= last:
			m.Errorf("at", "put the moments in order", "this moment is not after the one above")
		}
		last = max(last, at)
		list = append(list, at)
	}
	return list
}

// clock reads a time of a recording: minutes and seconds, or hours before them.
func clock(s string) (time.Duration, bool) {
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	var total time.Duration
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil || i > 0 && (n > 59 || len(part) != 2) || len(part) > 3 {
			return 0, false
		}
		total = total*60 + time.Duration(n)
	}
	return total * time.Second, true
}

// sessionTexts reads the words of live sessions.
func sessionTexts(t *strict.Table) []gallery.SessionText {
	var list []gallery.SessionText
	for _, each := range t.Tables("live") {
		text := gallery.SessionText{Title: each.Line("title"), Where: each.Line("where"), Text: each.String("text")}
		for _, m := range each.Tables("moment") {
			m.Allow("at")
			text.Moments = append(text.Moments, m.Line("text"))
		}
		list = append(list, text)
	}
	return list
}

// sameSessions reports translations of sessions that are not there.
func sameSessions(t *strict.Table, own, translated []gallery.SessionText) {
	if len(translated) > len(own) {
		t.Errorf("live", "translate them in the order of the first file, one [[live]] for each", "a translation of a session that is not there")
		return
	}
	for i, s := range translated {
		if len(s.Moments) > len(own[i].Moments) {
			t.Errorf("live", "translate them in the order of the first file, one [[live.moment]] for each", "a translation of a moment that is not there")
		}
	}
}
