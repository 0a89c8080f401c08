package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"placard/internal/codes"
	"placard/internal/config"
	"placard/internal/diag"
	"placard/internal/markdown"
	"placard/internal/notice"
)

// newTranslation starts the texts of a notice in a further locale: every section in its place, marked as missing.
func (p *program) newTranslation(slug, locale string) error {
	w, err := p.open()
	if err != nil {
		return err
	}
	doc, err := p.whole(w, slug)
	if err != nil {
		return err
	}
	at := diag.Position{File: doc.Facts.File}
	if doc.Facts.HasLocale(locale) {
		return refuse(at, "new-translation-there", diag.Args{"Notice": slug, "Locale": locale})
	}
	if w.site.Locale(locale) == nil {
		return refuse(diag.Position{File: config.File}, "locale-not-configured", diag.Args{"Locale": locale, "Near": codes.NearestLocale(locale, w.site.Keys())})
	}
	fresh, err := p.untranslated(doc, locale, inContent(slug))
	if err != nil {
		return err
	}
	facts, err := fs.ReadFile(p.site(), doc.Facts.File)
	if err != nil {
		return broken(err)
	}
	offered, ok := doc.Facts.WithLocale(facts, locale)
	if !ok {
		return refuse(at, "new-locales", diag.Args{"Locale": locale})
	}
	if err := p.write(fresh, edits{doc.Facts.File: offered}); err != nil {
		return err
	}
	p.say("new.translation", diag.Args{"Locale": locale, "Files": fresh.names() + ", " + doc.Facts.File})
	p.say("new.translation-next", diag.Args{"Notice": slug, "Locale": locale, "Missing": doc.Facts.PolicyFor(locale) == notice.AllowMissing})
	return nil
}

// untranslated are the files of a source text as they are given to a translator, in the folder dir: the front matter and the words
// before the first heading still to be written, the headings marked as missing, and nothing below them.
func (p *program) untranslated(doc *notice.Document, locale, dir string) (edits, error) {
	source := doc.Source()
	inLocale := func(file string) string {
		name := strings.TrimPrefix(file, path.Dir(source.File)+"/")
		return path.Join(dir, strings.TrimSuffix(name, "."+source.Locale+".md")+"."+locale+".md")
	}
	e := edits{}
	begin := func(file string, front ...string) {
		var b bytes.Buffer
		b.WriteString("---\n")
		for i := 0; i < len(front); i += 2 {
			fmt.Fprintf(&b, "%s: %q\n", front[i], toTranslate(front[i+1]))
		}
		b.WriteString("---\n")
		e[inLocale(file)] = b.Bytes()
	}
	add := func(file, piece string) {
		name := inLocale(file)
		e[name] = append(e[name], "\n"+piece+"\n"...)
	}
	before := func(part *markdown.Part, file string) {
		if !part.Empty() {
			add(file, toTranslate(p.messages.get("new.before", diag.Args{"File": path.Base(file)})))
		}
	}
	begin(source.File, "title", source.Title.Value, "description", source.Description.Value)
	before(source.Preamble(), source.File)
	var err error
	source.Each(func(s *notice.Section) {
		file := s.Part.At.File
		if s.Appendix != nil {
			begin(file, "title", s.Title)
			before(s.Part, file)
			return
		}
		data, e := fs.ReadFile(p.site(), file)
		if e != nil {
			err = broken(e)
			return
		}
		line, _, _ := strings.Cut(string(data[lineOffset(data, s.Part.At.Line):]), "\n")
		add(file, strings.TrimSuffix(line, "}")+" .missing}")
	})
	if changes := source.Changes(); source.Summary != "" || changes != nil {
		begin(source.ChangesFile(), "summary", source.Summary)
		if changes != nil {
			before(changes, source.ChangesFile())
		}
	}
	return e, err
}

// toTranslate marks words as still to be written. What stands between such marks has no brackets.
func toTranslate(words string) string {
	return "[[" + strings.NewReplacer("[", "(", "]", ")").Replace(words) + "]]"
}
