package cli

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

type showOptions struct{ asOf, knownOn, section, locale string }

func (p *program) showCommand() *cobra.Command {
	var o showOptions
	c := &cobra.Command{
		Use:  "show NOTICE",
		Args: exactly(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.show(args[0], o) },
	}
	c.Flags().StringVar(&o.asOf, "as-of", "", p.messages.get("flag.show-as-of", nil))
	c.Flags().StringVar(&o.knownOn, "known-on", "", p.messages.get("flag.show-known-on", nil))
	c.Flags().StringVar(&o.section, "section", "", p.messages.get("flag.show-section", nil))
	c.Flags().StringVar(&o.locale, "locale", "", p.messages.get("flag.locale", nil))
	return c
}

// show prints the text of the version that was in force at a moment, by what was known at another one: now, if nothing is said of it.
func (p *program) show(slug string, o showOptions) error {
	o.section = strings.TrimPrefix(o.section, "#")
	now, err := p.momentOf("")
	if err != nil {
		return err
	}
	moment, known, err := p.moments(o.asOf, cmp.Or(o.knownOn, now.String()))
	if err != nil {
		return err
	}
	w, err := p.look()
	if err != nil {
		return err
	}
	if err := w.hasReleases(slug); err != nil {
		return err
	}
	then := w.archive.At(known)
	s, err := inForceAt(then, slug, moment, known)
	if err != nil {
		return err
	}
	text, err := textIn(s, o.locale)
	if err != nil {
		return err
	}
	if findings := s.Reread(text.Locale); findings.Errors() > 0 {
		return &refused{findings}
	}
	shown, err := p.newShowing(w, then, s, text)
	if err != nil {
		return err
	}
	sections := s.Document.Source().Sections()
	anchor := ""
	if o.section != "" {
		section, err := shown.section(o.section)
		if err != nil {
			return err
		}
		anchor, sections = section.Anchor, []*notice.Section{section}
	}
	shown.head(anchor)
	if o.asOf != "" {
		shown.otherwise(inForce(then.At(moment).Notices[slug].Standings(moment)))
	}
	if anchor != o.section {
		p.say("show.moved", diag.Args{"Section": o.section, "Now": anchor})
	}
	if o.section == "" {
		shown.stale(translation.Start)
		shown.part(shown.form(text, ""), text.Preamble())
	}
	shown.sections(sections, false)
	return nil
}

// inForce is the version that is in force; nil where none is.
func inForce(standings []archive.Standing) *archive.Standing {
	for i, s := range standings {
		if s.State == archive.InForce {
			return &standings[i]
		}
	}
	return nil
}

// inForceAt returns the version of a notice that is in force at a moment, or says why there is none.
func inForceAt(then *archive.Archive, slug string, moment, known archive.Moment) (archive.Standing, error) {
	standings := then.Notices[slug].Standings(moment)
	if s := inForce(standings); s != nil {
		return *s, nil
	}
	at := diag.Position{File: path.Join(archive.Dir, slug)}
	args := diag.Args{"Notice": slug, "AsOf": moment.String()}
	id := "show-cancelled"
	if n := len(standings); n == 0 {
		id, args["Known"] = "show-unknown", known.String()
	} else { // the day as it is where the notice is from
		args["AsOf"] = moment.In(standings[n-1].Document.Facts.Zone).Format(time.DateOnly)
	}
	for _, s := range slices.Backward(standings) {
		switch s.State {
		case archive.Scheduled: // the last of these is the first to apply
			id, args["First"] = "show-before", s.Effective()
		case archive.Withdrawn:
			id, args["Last"] = "show-ended", s.Until
		}
	}
	return archive.Standing{}, refuse(at, id, args)
}

// textIn returns the text of a version in a locale, or in the one that it is translated from where none is named.
func textIn(s archive.Standing, locale string) (*notice.Text, error) {
	if locale == "" {
		return s.Document.Source(), nil
	}
	if text := s.Document.Texts[strings.ToLower(locale)]; text != nil {
		return text, nil
	}
	known := s.Document.Locales()
	return nil, refuse(diag.Position{File: s.Document.Dir}, "show-locale", diag.Args{
		"Version": s.Name(), "Locale": locale, "Near": diag.Nearest(strings.ToLower(locale), known), "Known": strings.Join(known, ", "),
	})
}

// section returns the section of an anchor, or of the one to which it moved, in the source text of the version. Where there is none it says
// what became of it.
func (v *showing) section(anchor string) (*notice.Section, error) {
	s := v.version
	source, facts := s.Document.Source(), s.Document.Facts
	if found := source.Find(cmp.Or(facts.MovedTo()[anchor], anchor)); found != nil {
		return found, nil
	}
	at := diag.Position{File: s.Document.Dir}
	args := diag.Args{"Notice": s.Entry.Notice, "Version": s.Name(), "Section": anchor}
	for _, m := range facts.Moved {
		if to, away := m.Away(); away && m.From.Value == anchor {
			args["Now"], args["In"], args["There"] = m.To.Value, to.Slug, to.Anchor
			return nil, refuse(at, "show-section-away", args)
		}
	}
	for _, r := range facts.Retired {
		if r.Anchor.Value == anchor {
			last := notice.Effective(r.LastVersion.Value)
			args["Last"], args["AsOf"] = r.LastVersion.Value, last
			return nil, refuse(at, "show-section-retired", args)
		}
	}
	args["Near"], args["Other"] = diag.Nearest(anchor, source.Anchors()), ""
	other := v.archive.Notices[s.Entry.Notice].LastThat(func(w *archive.Version) bool {
		has := w.Document.Source().Find(anchor) != nil
		if w != s.Version {
			w.Document.Rest()
		}
		return has
	})
	switch {
	case other == nil:
	case other.Cancellation() != nil: // it is shown for no day
		args["Other"] = other.Name()
		args["Address"] = v.address(other.Document.Facts.Source.Value, other.Entry.Notice+"/"+other.Name()+"/") + "#" + anchor
		return nil, refuse(at, "show-section-cancelled", args)
	default:
		args["Other"], args["AsOf"] = other.Name(), other.Effective()
	}
	return nil, refuse(at, "show-section", args)
}
