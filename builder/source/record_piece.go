package source

import "gallerist/builder/gallery"

func (c *coder) submission(s *gallery.Submission) {
	c.name(&s.File)
	c.part(&s.Dir, s.File)
	c.pos(&s.Pos)
	list(c, &s.Keys, (*coder).keyPlace)
	c.bytes(s.Digest[:])
	c.text(&s.ID)
	c.text(&s.Slug)
	textOf(c, &s.Kind)
	textOf(c, &s.Status)
	c.text(&s.Lang)
	c.pieceText(&s.Text)
	byText(c, &s.In, (*coder).pieceText)
	list(c, &s.Authors, (*coder).author)
	c.text(&s.Place)
	c.texts(&s.Tags)
	c.text(&s.License)
	c.text(&s.Copyright)
	c.text(&s.Acquire)
	c.text(&s.Source)
	pointer(c, &s.Focus, (*coder).point)
	list(c, &s.Media, (*coder).medium)
	list(c, &s.Products, (*coder).product)
	pointer(c, &s.Idea, (*coder).idea)
	number(c, &s.Rating)
	c.time(&s.Received)
	c.time(&s.Taken)
	c.time(&s.Published)
	c.text(&s.Reviewed.By)
	c.time(&s.Reviewed.On)
	c.grant(&s.Grant)
	c.bool(&s.Consent.Name)
	c.bool(&s.Consent.Place)
	c.bool(&s.Consent.URL)
	c.bool(&s.Consent.Thanks)
	c.bool(&s.Consent.Unseen)
	list(c, &s.Edits, (*coder).edit)
	list(c, &s.Awards, (*coder).award)
	list(c, &s.Verdicts, (*coder).verdict)
	c.text(&s.Disclosure.Kind)
	c.text(&s.Disclosure.Text)
	c.text(&s.ThankWords)
	c.time(&s.Withdrawal.Date)
	c.texts(&s.Withdrawal.Originals)
	c.text(&s.Withdrawal.Unfinished)
	c.bool(&s.Minor)
	c.bool(&s.Adult)
	c.text(&s.Guardian)
	pointer(c, &s.Subjects, (*coder).subjects)
} // nothing of Private: a folder with such values has no record

func (c *coder) keyPlace(k *gallery.KeyPlace) {
	number(c, &k.Line)
	number(c, &k.Col)
	k.Key = gallery.ReportedKey(c.below(int(k.Key), len(gallery.ReportedKeys)))
}

func (c *coder) pieceText(t *gallery.PieceText) {
	c.text(&t.Title)
	c.text(&t.Alt)
	c.text(&t.Caption)
	c.text(&t.Body)
	c.pos(&t.BodyAt)
	c.text(&t.Credit)
	c.texts(&t.Authors)
	c.text(&t.Place)
	byText(c, &t.Media, (*coder).mediaText)
	pointer(c, &t.Brand, (*coder).brandText)
}

func (c *coder) brandText(t *gallery.BrandText) {
	c.texts(&t.Edits)
	list(c, &t.Awards, func(c *coder, a *gallery.AwardText) { c.text(&a.Title); c.text(&a.Reason) })
	c.texts(&t.Words)
	c.text(&t.Answer)
	c.texts(&t.Reasons)
	c.text(&t.Outcome)
	c.text(&t.Tie)
}

func (c *coder) idea(i *gallery.IdeaState) {
	c.pos(&i.Pos)
	textOf(c, &i.Status)
	list(c, &i.History, (*coder).ideaChange)
	number(c, &i.Supporters)
	c.time(&i.Counted)
	c.text(&i.DuplicateOf)
	c.pos(&i.DuplicateAt)
	pointer(c, &i.Outcome, func(c *coder, o *gallery.Outcome) { c.pos(&o.Pos); c.text(&o.URL); c.text(&o.Piece) })
}

func (c *coder) ideaChange(h *gallery.IdeaChange) {
	c.pos(&h.Pos)
	textOf(c, &h.Status)
	c.time(&h.Date)
}

func (c *coder) mediaText(t *gallery.MediaText) {
	c.text(&t.Alt)
	c.text(&t.Caption)
}

func (c *coder) author(a *gallery.Author) {
	c.pos(&a.Pos)
	c.text(&a.ID)
	c.text(&a.Name)
	c.text(&a.Place)
	textOf(c, &a.Kind)
	c.text(&a.Gender)
	c.text(&a.Forms.Gen)
	c.text(&a.Forms.Dat)
	c.text(&a.Forms.Acc)
	c.text(&a.Forms.Ins)
	c.text(&a.Forms.Voc)
	c.text(&a.URL)
	c.texts(&a.Roles)
	c.text(&a.Country)
	c.texts(&a.Members)
}

func (c *coder) subjects(s *gallery.Subjects) {
	c.bool(&s.Nobody)
	list(c, &s.People, func(c *coder, p *gallery.Subject) {
		c.pos(&p.Pos)
		c.text(&p.Release)
		c.text(&p.Evidence)
		c.bool(&p.Minor)
		c.text(&p.Guardian)
	})
}

func (c *coder) point(p *gallery.Point) {
	c.float(&p.X)
	c.float(&p.Y)
}

func (c *coder) medium(m *gallery.Media) {
	c.text(&m.Path)
	c.part(&m.File, m.Path)
	c.text(&m.Link)
	c.text(&m.Poster)
	list(c, &m.Captions, (*coder).captions)
	number(c, &m.Size)
	c.pos(&m.Pos)
	c.mediaText(&m.Text)
	pointer(c, &m.Focus, (*coder).point)
	pointer(c, &m.Crop, func(c *coder, x *gallery.Crop) {
		c.pos(&x.Pos)
		for _, n := range [...]*float64{&x.X, &x.Y, &x.W, &x.H} {
			c.float(n)
		}
	})
}

func (c *coder) captions(t *gallery.Captions) {
	c.text(&t.Path)
	c.text(&t.Lang)
}

func (c *coder) product(p *gallery.Product) {
	c.pos(&p.Pos)
	c.text(&p.Name)
	c.text(&p.URL)
	c.text(&p.GTIN)
	c.text(&p.Price)
	c.text(&p.File)
	pointer(c, &p.At, (*coder).point)
}

func (c *coder) grant(g *gallery.Grant) {
	textOf(c, &g.Status)
	c.text(&g.Terms)
	c.text(&g.Text)
	c.time(&g.Date)
	c.texts(&g.Scope)
	c.time(&g.Until)
	c.text(&g.Method)
	c.text(&g.Evidence)
	c.text(&g.Territory)
}

func (c *coder) edit(e *gallery.Edit) {
	c.pos(&e.Pos)
	c.text(&e.What)
	c.text(&e.By)
	c.time(&e.Date)
	c.bool(&e.Agreed)
}

func (c *coder) award(a *gallery.Award) {
	c.pos(&a.Pos)
	c.text(&a.Title)
	c.text(&a.Category)
	c.text(&a.By)
	c.text(&a.Reason)
	number(c, &a.Rank)
	c.bool(&a.Tie)
	c.bool(&a.Finalist)
}

func (c *coder) verdict(v *gallery.Verdict) {
	c.pos(&v.Pos)
	c.text(&v.By)
	c.text(&v.Words)
	byText(c, &v.Scores, (*coder).float)
}
