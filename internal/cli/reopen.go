package cli

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/codes"
	"placard/internal/config"
	"placard/internal/diag"
	"placard/internal/markdown"
	"placard/internal/notice"
	"placard/internal/translation"
)

func (p *program) reopenCommand() *cobra.Command {
	var locale string
	var erratum bool
	c := &cobra.Command{
		Use:  "reopen NOTICE VERSION (--locale LOCALE | --erratum)",
		Args: exactly(2),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case erratum == (locale != ""):
				return &usage{"reopen-which", diag.Args{"Notice": args[0], "Version": args[1], "Both": erratum, "Locale": locale}}
			case erratum:
				return p.reopenErratum(args[0], args[1])
			}
			return p.reopen(args[0], args[1], locale)
		},
	}
	c.Flags().StringVar(&locale, "locale", "", p.messages.get("flag.locale", nil))
	c.Flags().BoolVar(&erratum, "erratum", false, p.messages.get("flag.erratum", nil))
	return c
}

// reopened returns a sealed version of which a supplement is to be drafted.
func (p *program) reopened(slug, version string) (*world, *archive.Version, error) {
	w, err := p.open()
	if err != nil {
		return nil, nil, err
	}
	v, err := w.released(slug, version)
	return w, v, err
}

// supplementDir is where a supplement to a version is drafted, if no folder on the way to it is a link.
func (p *program) supplementDir(v *archive.Version) (string, error) {
	slug := v.Entry.Notice
	dir := inContent(slug, notice.SupplementsDir, v.Name())
	for _, folder := range []string{contentDir, inContent(slug), path.Dir(dir), dir} {
		if err := p.noLink(folder); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// reopen puts the translation of a sealed version into a locale where a supplement is drafted.
func (p *program) reopen(slug, version, locale string) error {
	w, v, err := p.reopened(slug, version)
	if err != nil {
		return err
	}
	facts := &v.Document.Facts
	if !facts.MaySupplement(locale) {
		return refuse(diag.Position{File: v.Entry.Folder()}, "reopen-authoritative", diag.Args{"Locale": locale, "Source": locale == facts.Source.Value, "Notice": slug, "Version": version})
	}
	if w.site.Locale(locale) == nil {
		return refuse(diag.Position{File: config.File}, "locale-not-configured", diag.Args{"Locale": locale, "Near": codes.NearestLocale(locale, w.site.Keys())})
	}
	dir, err := p.supplementDir(v)
	if err != nil {
		return err
	}
	if len(w.drafts[slug].notDrafted(v, []string{locale})) == 0 {
		return refuse(diag.Position{File: dir}, "reopen-there", diag.Args{"Locale": locale, "Version": version})
	}
	r := &reopening{program: p, version: v, source: translation.Pieces(v.Document.Source()), locale: locale, dir: dir}
	from := r.best(w)
	if err := r.copy(from); err != nil {
		return err
	}
	sum, err := r.sum(w, from)
	if err != nil {
		return err
	}
	more := edits{}
	if len(sum) > 0 {
		more[path.Join(dir, notice.SumFile)] = sum.Bytes()
	}
	if err := p.write(r.files, more); err != nil {
		return err
	}
	args := diag.Args{"Notice": slug, "Version": version, "Locale": locale, "Folder": dir, "Source": v.Document.Source().File}
	if s := w.drafts[slug].supplementTo(v); s != nil && s.doc.CorrectsSource() {
		args["Source"] = path.Join(dir, path.Base(v.Document.Source().File))
	}
	switch {
	case from == nil:
		p.say("reopen.new", args)
	case from.doc == v.Document:
		p.say("reopen.own", args)
	default:
		args["From"], args["Complete"], args["All"] = from.doc.Dir, len(translation.In(from.standings, translation.Complete)), len(r.source)
		p.say("reopen.other", args)
	}
	p.say("reopen.next", args)
	return nil
}

// A reopening is the translation of a version into a locale that is to be drafted in dir.
type reopening struct {
	*program
	version *archive.Version
	source  []translation.Piece // of the version
	locale  string
	dir     string
	files   edits
}

// A basis is a translation from which that of a version can be begun.
type basis struct {
	doc       *notice.Document
	standings []translation.Standing // to the source of the version
}

// best is the translation of which most is of the source text of the version: its own, where it has one; else the one of the draft
// or of another version. It is nil where there is none.
func (r *reopening) best(w *world) *basis {
	if r.version.Document.Texts[r.locale] != nil {
		return r.compare(r.version.Document)
	}
	var docs []*notice.Document
	if d := w.drafts[r.version.Entry.Notice]; d.doc != nil && d.read.Errors() == 0 {
		docs = append(docs, d.doc)
	}
	for _, v := range slices.Backward(w.archive.Notices[r.version.Entry.Notice]) {
		docs = append(docs, v.Document)
	}
	var best *basis
	most := 0
	for _, doc := range docs {
		if doc.Texts[r.locale] == nil {
			continue
		}
		b := r.compare(doc)
		if n := len(translation.In(b.standings, translation.Complete)); n > most {
			best, most = b, n
		}
	}
	return best
}

// compare is a document as a basis.
func (r *reopening) compare(doc *notice.Document) *basis {
	sum, _ := translation.ReadSum(doc) // of one that cannot be read nothing is known to be of this source
	defer doc.Rest()
	return &basis{doc, translation.Compare(r.source, doc.Texts[r.locale], &r.version.Document.Facts, sum[r.locale])}
}

// copy makes the files of the translation: those of the version itself as they are sealed; else the sections of the version, with
// the words that the basis has for them, and the others as a translator is given them, with the attachments to which the basis
// links and the version has not.
func (r *reopening) copy(from *basis) error {
	var err error
	if r.files, err = r.untranslated(r.version.Document, r.locale, r.dir); err != nil || from == nil {
		return err
	}
	own := from.doc == r.version.Document
	if own { // what it lacks it may lack
		r.files = edits{}
	}
	says := slices.ContainsFunc(from.standings, func(s translation.Standing) bool {
		return s.Piece.Anchor == translation.Changes && s.State == translation.Complete
	})
	linked := map[string]bool{}
	for _, l := range from.doc.Texts[r.locale].Links() {
		linked[notice.ParseLink(l.Destination).Path] = true
	}
	for _, name := range from.doc.Files {
		file := path.Join(r.dir, name)
		wanted := r.files[file] != nil && (says || path.Base(name) != "changes."+r.locale+".md") // else it tells of another version
		isText := notice.LocaleOf(name) == r.locale && (own || wanted)
		if !isText && (!linked[name] || slices.Contains(r.version.Document.Files, name)) {
			continue
		}
		data, err := fs.ReadFile(r.site(), from.doc.At(name))
		if err != nil {
			return broken(err)
		}
		if isText && !own {
			data = r.assemble(r.files[file], data, from)
		}
		r.files[file] = data
	}
	return nil
}

// assemble makes a file with the sections of another one, each with the words that the basis has for it, be its anchor another one
// in the meantime. What the basis has no words for stays as it is.
func (r *reopening) assemble(fresh, words []byte, from *basis) []byte {
	has := map[string]markdown.Piece{}
	for _, p := range markdown.Pieces(words) {
		has[p.Anchor] = p
	}
	names := map[string][]string{} // what a section of the version is called in the basis, by its anchor
	for old, now := range from.doc.Facts.MovedTo() {
		names[old] = append(names[old], now)
	}
	for old, now := range r.version.Document.Facts.MovedTo() {
		names[now] = append(names[now], old)
	}
	var out [][]byte
	for _, p := range markdown.Pieces(fresh) {
		slices.Sort(names[p.Anchor])
		for _, name := range append([]string{p.Anchor}, names[p.Anchor]...) {
			if q, ok := has[name]; ok && !isMissing(q) {
				p.Text = as(q, p)
				break
			}
		}
		out = append(out, slices.Concat(bytes.TrimRight(p.Text, "\n"), []byte("\n")))
	}
	return bytes.Join(out, []byte("\n"))
}

var (
	markedMissing = regexp.MustCompile(`\{#[^{}]*\.missing[^{}]*\}$`)
	hashes        = regexp.MustCompile(`^#+`)
	anchorAtEnd   = regexp.MustCompile(`\{#[^{}]*\}$`)
)

func isMissing(p markdown.Piece) bool {
	line, _, _ := bytes.Cut(p.Text, []byte("\n"))
	return p.Anchor != "" && markedMissing.Match(line)
}

// as is a piece with its own words at the level and with the anchor of another one.
func as(p, other markdown.Piece) []byte {
	if other.Anchor == "" {
		return p.Text
	}
	line, rest, _ := bytes.Cut(p.Text, []byte("\n"))
	line = hashes.ReplaceAll(line, hashes.Find(other.Text))
	line = anchorAtEnd.ReplaceAll(line, []byte("{#"+other.Anchor+"}"))
	return slices.Concat(line, []byte("\n"), rest)
}

// recordedFor is what the draft of a supplement to a version has in its own translation.sum; nothing where there is none.
func (d draft) recordedFor(v *archive.Version) (translation.Sum, error) {
	s := d.supplementTo(v)
	if s == nil {
		return translation.Sum{}, nil
	}
	sum, wrong := translation.ParseSum(s.doc.SumFile(), s.doc.OwnSum)
	if len(wrong) > 0 {
		return nil, &refused{wrong}
	}
	return sum, nil
}

// sum is translation.sum of the draft: what is recorded of the basis, with what other translations have there already.
func (r *reopening) sum(w *world, from *basis) (translation.Sum, error) {
	sum, err := w.drafts[r.version.Entry.Notice].recordedFor(r.version)
	if err != nil || from == nil {
		return sum, err
	}
	for _, s := range from.standings {
		if s.State != translation.Missing && s.From != "" {
			sum.Set(r.locale, s.Piece.Anchor, s.From)
		}
	}
	return sum, nil
}
