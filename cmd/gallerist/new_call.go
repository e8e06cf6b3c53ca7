package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// callFlags are those of new call alone.
type callFlags struct{ lang, host, output string }

// callHosts are what a call's form can be written for.
var callHosts = []string{"text", "github", "gitlab"}

func newNewCall(f *flags) *cobra.Command {
	var own callFlags
	cmd := &cobra.Command{
		Use:   "call GALLERY",
		Short: "Print the questions and consents of a gallery's form, to paste into one",
		Long: `Call prints what a form has to ask for a gallery: each question with the kind of
its field, whether an answer is required, and a line of help. The words come from
[call] in gallery.md and from the language. Make the form by hand in Google Forms,
Tally, Typeform, Yandex Forms or wherever you like, and paste them in.

Each consent is a box of its own, which is never ticked beforehand: the use of the
work, the name, the town, whoever can be recognised, thanks by name. Leave their
words as they are. "gallerist import" takes an answer for a yes when it is that text
to the letter, in any of the site's languages, and nothing else.

Without --lang the form is printed in every language of the site.

--for github writes an issue form into .github/ISSUE_TEMPLATE, --for gitlab a
description template into .gitlab/issue_templates, in the site's own language or in
that of --lang. What people write there everybody can read, so these ask for no
address. Commit the file; it works once it is on the main branch. The site's folder
must be the top of the repository.

A file that is there is never written over.`,
		Example: `  gallerist new call morning
  gallerist new call morning --lang en -o form.txt
  gallerist new call morning --for github`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(callHosts, own.host) {
				return &hinted{exitUsage, fmt.Errorf("there is no form for %q", own.host), problem.DidYouMean(own.host, callHosts)}
			}
			s, err := f.open()
			if err != nil {
				return err
			}
			defer s.root.Close()
			forms, probs, err := builder.CallForms(cmd.Context(), s.root.FS(), s.opt, galleryName(args[0]))
			var unknown *builder.UnknownGallery
			var none *builder.NoCallForm
			switch {
			case errors.As(err, &unknown):
				return &hinted{exitUsage, unknown, unknown.Hint}
			case errors.As(err, &none):
				return &hinted{exitProblems, none, none.Hint}
			case err != nil:
				return f.unbuilt(probs, err)
			}
			if forms, err = own.choose(forms); err != nil {
				return err
			}
			return f.writeCall(own, forms)
		},
	}
	f.add(cmd, "source", "now")
	cmd.Flags().StringVar(&own.lang, "lang", "", "only in this `language`")
	cmd.Flags().StringVar(&own.host, "for", "text", "`what` it is for: text, github or gitlab")
	cmd.Flags().StringVarP(&own.output, "output", "o", "", "`file` to write instead of printing, or instead of the usual one")
	return cmd
}

// choose returns the forms of the language asked for; of a file for a host, which
// has one language, the site's own.
func (own callFlags) choose(forms []builder.CallForm) ([]builder.CallForm, error) {
	var langs []string
	for _, form := range forms {
		if langs = append(langs, form.Lang); strings.EqualFold(form.Lang, own.lang) {
			return []builder.CallForm{form}, nil
		}
	}
	switch {
	case own.lang != "":
		return nil, &hinted{exitUsage, fmt.Errorf("the site has no language %q", own.lang), problem.DidYouMean(own.lang, langs)}
	case own.host != "text":
		return forms[:1], nil
	}
	return forms, nil
}

// writeCall prints forms, or writes them into a file.
func (f *flags) writeCall(own callFlags, forms []builder.CallForm) error {
	name := filepath.ToSlash(own.output)
	base := strings.ReplaceAll(forms[0].Gallery, "/", "-")
	if own.lang != "" {
		base += "." + forms[0].Lang
	}
	var text string
	switch own.host {
	case "github":
		text = issueForm(forms[0].Public())
		if name == "" {
			name = ".github/ISSUE_TEMPLATE/" + base + ".yml"
		}
	case "gitlab":
		text = issueTemplate(forms[0].Public())
		if name == "" {
			name = ".gitlab/issue_templates/" + base + ".md"
		}
	default:
		text = formText(forms)
	}
	if name == "" || name == "-" {
		_, err := fmt.Fprint(f.out, text)
		return err
	}
	dir := f.source
	if own.output != "" { // as everywhere, from where one stands
		dir, name = filepath.Dir(own.output), filepath.Base(own.output)
	}
	if err := f.write(dir, []source.NewFile{{Path: name, Data: []byte(text)}}); err != nil {
		return err
	}
	if what := notTop(f.source); what != "" && own.host != "text" && own.output == "" {
		fmt.Fprintf(f.out, "\nto do\n- %s\n", what)
	}
	return nil
}

// formText is what somebody reads who makes a form by hand.
func formText(forms []builder.CallForm) string {
	var b strings.Builder
	fmt.Fprintf(&b, "The form of %s\n\n", forms[0].Gallery)
	b.WriteString(paragraph("Make a form, one field for each number, and paste the words in. Let consents stand as they are, each in a field of its own and not ticked beforehand: import knows them to the letter."))
	if forms[0].Closes != "" {
		fmt.Fprintf(&b, "Close the form after %s.\n", forms[0].Closes)
	}
	for _, form := range forms {
		if len(forms) > 1 {
			fmt.Fprintf(&b, "\n======== %s ========\n", form.Lang)
		}
		fmt.Fprintf(&b, "\nTitle\n%s\nAbove the questions\n", indented(form.Title))
		for _, p := range form.Intro {
			b.WriteString(indented(p))
		}
		for i, x := range form.Fields {
			fmt.Fprintf(&b, "\n%d. %s\n%s", i+1, kindText(x), indented(x.Title))
			if x.Help != "" {
				b.WriteString("   help\n" + indented(x.Help))
			}
			for _, o := range x.Options {
				b.WriteString("   answer\n" + indented(o))
			}
		}
	}
	return b.String()
}

func kindText(x builder.FormField) string {
	text := string(x.Kind) + ", optional"
	if x.Required {
		text = string(x.Kind) + ", required"
	}
	if x.Private {
		text += ", for you alone"
	}
	return text
}

// indented is a text on one line, so that it can be copied whole.
func indented(s string) string { return "       " + s + "\n" }

// paragraph breaks a text into lines of 80 characters.
func paragraph(s string) string {
	var b strings.Builder
	at := 0
	for _, word := range strings.Fields(s) {
		switch {
		case at == 0:
		case at+1+len(word) > 80:
			b.WriteByte('\n')
			at = 0
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += len(word)
	}
	return b.String() + "\n"
}
