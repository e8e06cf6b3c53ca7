package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/importer"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// importFlags are those of import alone.
type importFlags struct {
	media   []string
	accept  []string
	kind    string
	author  string
	order   string
	zone    string
	byOrder bool
	dryRun  bool
}

func newImport(f *flags) *cobra.Command {
	var own importFlags
	var kinds strings.Builder
	for _, k := range importer.Kinds() {
		fmt.Fprintf(&kinds, "  %-13s %s\n", k.Name, k.About)
	}
	cmd := &cobra.Command{
		Use:   "import GALLERY FILE…",
		Short: "Make submissions of a form's answers, a folder of photos or an export",
		Long: `Import turns what people sent elsewhere into folders of a gallery, each with its
submission.md and its pictures, to be reviewed. Everything arrives as pending:
nothing is published by it. What FILE is, is told by itself, or by --from:

` + kinds.String() + `
Of a table, each column goes to a field, as its question and its answers make one
think. What is guessed is shown, and saved in import.toml beside gallery.md: correct
it there, then import again. E-mail addresses, telephone numbers and the like go to
private/contacts.csv and nowhere else.

An answer counts as consent only where somebody has said that it does: the texts of
the gallery's own form do ("gallerist new call" prints them), those that you name
with --accept, and those in import.toml, each to the letter. Whoever answered
something else has no permission, and "none" stands in their submission.md.

Pictures that a form keeps elsewhere, download yourself and name their folder with
--media. They are found by their names or ids, and copied; what is missing is listed.

Of a folder of photos and films each file becomes a piece, and each folder in it too:
the pictures of one person. Only the moment of a photo is taken from what its camera
wrote. An export of Instagram gives its posts and reels, of the account of --author.
Entries of other sites come over with what their front matter says. None of these
can tell what anybody agreed to, so each arrives without a permission.

Import again whenever there are more answers: what has been imported is known by an
id, left as it is however it was edited or moved, and what was withdrawn never comes
back. A run that was interrupted is finished by the next one.`,
		Example: `  gallerist import morning answers.zip --media photos --dry-run
  gallerist import morning answers.zip --media photos
  gallerist import morning answers.csv --date-order dmy --zone Europe/Moscow
  gallerist import morning answers.csv --accept "Yes, you may" --media photos.zip
  gallerist import morning photos-of-may
  gallerist import morning instagram-1.zip instagram-2.zip --author Olya`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.importInto(cmd.Context(), galleryName(args[0]), args[1:], own)
		},
	}
	f.add(cmd, "source", "now", "json", "verbose")
	s := cmd.Flags()
	s.StringArrayVarP(&own.media, "media", "m", nil, "`folder` or ZIP file with the pictures that people sent; may be given several times")
	s.StringArrayVar(&own.accept, "accept", nil, "`answer` that counts as a yes, to the letter; may be given several times")
	s.StringVar(&own.kind, "from", "", "`kind` of what is imported (default told by itself)")
	s.StringVar(&own.author, "author", "", "`name` of whose account an export of Instagram is")
	s.StringVar(&own.order, "date-order", "", "`order` of day, month and year in dates that can be read in two ways: dmy or mdy")
	s.StringVar(&own.zone, "zone", "", "`zone` of times without one, such as Europe/Moscow (default that of the site)")
	s.BoolVar(&own.byOrder, "by-order", false, "give files that no name tells to answers in their order, where there are as many")
	s.BoolVarP(&own.dryRun, "dry-run", "n", false, "only tell what would be done")
	return cmd
}

func (f *flags) importInto(ctx context.Context, dir string, files []string, own importFlags) error {
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	var probs problem.List
	cfg := builder.ReadConfig(s.root.FS(), &probs)
	ask := importer.Ask{Gallery: dir, Kind: own.kind, Salt: strings.ToLower(rand.Text()), Zone: own.zone, Options: importer.Options{
		Lang: cfg.Language, Languages: cfg.Languages, DateOrder: own.order, Now: s.opt.Now, ByOrder: own.byOrder, Author: own.author, Accept: own.accept,
	}}
	if err := own.check(&ask, cfg); err != nil {
		return err
	}
	if err := s.ownForm(ctx, &ask); err != nil {
		return err
	}
	var opened openedInputs
	defer opened.close()
	if ask.Inputs, err = opened.all(files, &probs); err != nil {
		return err
	}
	if ask.Media, err = opened.all(own.media, &probs); err != nil {
		return err
	}
	content, _, _, err := source.Read(ctx, s.root.FS(), source.Options{Lang: cfg.Language, Languages: cfg.Languages, Zone: cfg.Zone, AltLevel: cfg.Alt})
	if err != nil {
		return err
	}
	plan, found, err := importer.MakePlan(ctx, s.root.FS(), content, ask)
	probs = append(probs, found...).Sorted()
	var not *importer.Refusal
	if errors.As(err, &not) {
		f.printProblems(probs)
		return &hinted{exitUsage, not, not.Hint}
	} else if err != nil {
		return &hinted{exitIO, err, ""}
	}
	return f.carryIn(ctx, s, plan, probs, own)
}

// check completes what is asked, or says what of it cannot be.
func (own *importFlags) check(ask *importer.Ask, cfg *builder.Config) error {
	if !slices.Contains([]string{"", "dmy", "mdy", "ymd"}, own.order) {
		return &hinted{exitUsage, fmt.Errorf("%q is no order of dates", own.order), "write dmy where the day comes first, mdy where the month does"}
	}
	if cfg.ZoneSaid {
		ask.Options.Zone = cfg.Zone
	}
	if own.zone == "" {
		return nil
	}
	zone, err := time.LoadLocation(own.zone)
	if err != nil || own.zone == "Local" {
		return &hinted{exitUsage, fmt.Errorf("unknown time zone %q", own.zone), `use a name of the IANA list such as Europe/Moscow`}
	}
	ask.Options.Zone = zone
	return nil
}

// formFields are where the answers to the questions of a gallery's own form go.
var formFields = map[string]string{
	"media": "media", "story": "story", "alt": "alt", "title": "title", "name": "author.name", "place": "author.place", "url": "author.url",
	"mail": "contact.email", "guardian": "contact.guardian", "age": "consent",
}

// ownForm says what the gallery's own form asks, in all languages, and which of
// its answers give what. A gallery need have none.
func (s *site) ownForm(ctx context.Context, ask *importer.Ask) error {
	for _, a := range builder.UsualAgreements() {
		ask.Options.Usual = append(ask.Options.Usual, importer.Agreement(a))
	}
	forms, _, err := builder.CallForms(ctx, s.root.FS(), s.opt, ask.Gallery)
	var unknown *builder.UnknownGallery
	var none *builder.NoCallForm
	if errors.As(err, &unknown) || errors.As(err, &none) { // MakePlan tells of the former
		return nil
	}
	if err != nil {
		return &hinted{exitIO, err, ""}
	}
	ask.Options.Questions = map[string]string{}
	for _, a := range builder.Agreements(forms) {
		ask.Options.Agreed = append(ask.Options.Agreed, importer.Agreement(a))
	}
	for _, form := range forms {
		for _, field := range form.Fields {
			to, ok := formFields[field.ID]
			if strings.HasPrefix(field.ID, "consent-") {
				to, ok = "consent", true
			}
			if ok {
				ask.Options.Questions[field.Title] = to
			}
		}
	}
	return nil
}
