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
	pointer(c, &s.Product, (*coder).product)
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
	list(c, &s.Edits, (*coder).edit)
	list(c, &s.Awards, (*coder).award)
	c.text(&s.Disclosure.Kind)
	c.text(&s.Disclosure.Text)
	c.time(&s.Withdrawal.Date)
	c.bool(&s.Minor)
	c.text(&s.Guardian)
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
	c.text(&a.Role)
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
}

func (c *coder) captions(t *gallery.Captions) {
	c.text(&t.Path)
	c.text(&t.Lang)
}

func (c *coder) product(p *gallery.Product) {
	c.text(&p.Name)
	c.text(&p.URL)
	c.text(&p.GTIN)
}

func (c *coder) grant(g *gallery.Grant) {
	textOf(c, &g.Status)
	c.text(&g.Terms)
	c.time(&g.Date)
	c.texts(&g.Scope)
	c.time(&g.Until)
	c.text(&g.Method)
	c.text(&g.Evidence)
	c.text(&g.Territory)
}

func (c *coder) edit(e *gallery.Edit) {
	c.text(&e.What)
	c.text(&e.By)
	c.time(&e.Date)
	c.bool(&e.Agreed)
}

func (c *coder) award(a *gallery.Award) {
	c.text(&a.Title)
	c.text(&a.Category)
	c.text(&a.By)
	c.text(&a.Reason)
	number(c, &a.Rank)
}
