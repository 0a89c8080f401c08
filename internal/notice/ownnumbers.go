package notice

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"placard/internal/diag"
	"placard/internal/plain"
)

// Authors number headings by hand out of habit, and the page would show two numbers. What is a number of this kind, and no
// year or amount, is told by its form, by the computed number, and by the headings beside it.

// proof is what must hold of a heading besides its form.
type proof int

const (
	itself  proof = iota // nothing: nobody begins a title so
	agrees               // the number is the computed one, or follows on that of the heading before, or comes before the next
	follows              // it follows on that of the heading before, or comes before the next
	row                  // it is one of three that follow one another
)

const (
	digits    = `([0-9]{1,3})`
	dotted    = `([0-9]{1,3}(?:\.[0-9]{1,3})+)`
	anyNumber = `([0-9]{1,3}(?:\.[0-9]{1,3})*)`
	roman     = `([IVXL]+)`

	sectionWords = `section|sec\.|clause|article|art\.|chapter|part|paragraph|seksyen|fasal|bahagian|perkara|bab|pasal|bagian|` +
		`abschnitt|artikel|ziffer|kapitel|chapitre|artículo|sección|cláusula|capítulo|artigo|seção|articolo|sezione|hoofdstuk|` +
		`المادة|القسم|البند|الفصل`
	appendixWords = `appendix|annex|annexe|schedule|exhibit|lampiran|anhang|anlage|anexo|allegato|bijlage|ملحق|الملحق`
)

// A form is how headings are numbered by hand, with western digits in place of all others.
type form struct {
	expression *regexp.Regexp // its first group is what is to be left out of the heading, another one in it the number
	proof      proof
	lettered   bool // the number is a letter
}

// forms are tried one after the other.
var forms = []form{
	{expression: regexp.MustCompile(`^(` + anyNumber + `[.)]{1,2}\s+)`), proof: itself},
	{expression: regexp.MustCompile(`^([(（]` + anyNumber + `[)）]\s*)`), proof: itself},
	{expression: regexp.MustCompile(`^(` + anyNumber + `[、．]\s*)`), proof: itself},
	{expression: regexp.MustCompile(`^(第\s*` + digits + `\s*[条條章节節]\s*[:：、]?\s*)`), proof: agrees},
	{expression: regexp.MustCompile(`^((?i:` + sectionWords + `)\s*(?:` + anyNumber + `|` + roman + `)\s*[.:)–—-]\s+)`), proof: agrees},
	{expression: regexp.MustCompile(`^(§\s*` + anyNumber + `\s*[.:)–—-]?\s+)`), proof: agrees},
	{expression: regexp.MustCompile(`^(` + dotted + `\s+)`), proof: agrees},
	{expression: regexp.MustCompile(`^(` + anyNumber + `\s*[:–—-]\s+)`), proof: agrees},
	{expression: regexp.MustCompile(`^(` + digits + `\.)\p{L}`), proof: agrees},
	{expression: regexp.MustCompile(`^(` + roman + `[.)]\s+)`), proof: follows},
	{expression: regexp.MustCompile(`^(([A-Z])[.)]\s+)`), proof: follows, lettered: true},
	{expression: regexp.MustCompile(`^(` + digits + `\s+)\p{L}`), proof: row},
}

var (
	// An appendix has a word before its number, which is on the page too.
	ofAppendix = form{expression: regexp.MustCompile(`^((?i:` + appendixWords + `)\s*([0-9]{1,3}|[A-Z]{1,4})\s*[.:)–—-]\s+)`)}
	// What follows on "1. " in "1. Januar 2026".
	restOfDate = regexp.MustCompile(`^\p{L}+\.?\s+[0-9]{4}(?:\P{L}|$)`)
)

// A written number is one that an author gave a heading.
type written struct {
	length int    // of what is to be left out of the heading, in characters
	above  string // "3." of "3.2"
	last   int    // 2
}

// ownNumbers warns of headings that have a number of their author's.
func (s *sources) ownNumbers(b *body, findings *diag.Findings) {
	numberedByHand(b.sections, findings)
	each(b.sections, func(section *Section) {
		numberedByHand(section.Sections, findings)
		if section.Appendix == nil {
			return
		}
		if w := ofAppendix.in(section.Title); w != nil {
			own, title := w.cut(section.Title)
			numberTwice(s.appendices[section.Document].title.At, own, "title: "+title, section, findings)
		}
	})
}

// numberedByHand looks at headings of one level that stand under the same one.
func numberedByHand(sections []*Section, findings *diag.Findings) {
	told := make([]bool, len(sections))
	all := make([]*written, len(sections))
	for _, f := range forms {
		for i, s := range sections {
			all[i] = nil
			if !s.Missing() { // then the heading is not shown
				all[i] = f.in(s.Title)
			}
		}
		for i, s := range sections {
			if w := all[i]; w != nil && !told[i] && w.proven(f.proof, all, i, s.Number) {
				told[i] = true
				own, title := w.cut(s.Title)
				better := strings.Repeat("#", s.Part.Level) + " " + title
				if s.Anchor != "" {
					better += " {#" + s.Anchor + "}"
				}
				numberTwice(s.Part.At, own, better, s, findings)
			}
		}
	}
}

func numberTwice(at diag.Position, own, better string, s *Section, findings *diag.Findings) {
	findings.Warn(at, "heading-numbered", diag.Args{"Own": own, "Number": s.Number, "Better": better})
}

// in returns the number of this form that a title begins with, or nil.
func (f form) in(title string) *written {
	western := plain.WesternDigits(title)
	m := f.expression.FindStringSubmatchIndex(western)
	if m == nil || strings.TrimSpace(western[m[3]:]) == "" || restOfDate.MatchString(western[m[3]:]) {
		return nil
	}
	number := ""
	for i := 4; i < len(m); i += 2 {
		if m[i] >= 0 {
			number = western[m[i]:m[i+1]]
		}
	}
	w := &written{length: utf8.RuneCountInString(western[:m[3]])}
	last := number[strings.LastIndexByte(number, '.')+1:]
	w.above = strings.TrimSuffix(number, last)
	switch n, err := strconv.Atoi(last); {
	case err == nil:
		w.last = n
	case f.lettered:
		w.last = int(last[0]-'A') + 1
	default:
		w.last = fromRoman(last)
	}
	return w
}

// cut returns what a title has of the number, and the title without it.
func (w *written) cut(title string) (own, rest string) {
	runes := []rune(title)
	return strings.TrimSpace(string(runes[:w.length])), string(runes[w.length:])
}

// proven reports whether the number is the author's, by those of the headings beside it.
func (w *written) proven(p proof, all []*written, i int, computed string) bool {
	is := func(j, distance int) bool {
		return j >= 0 && j < len(all) && all[j] != nil && all[j].above == w.above && all[j].last == w.last+distance
	}
	before, after := is(i-1, -1), is(i+1, 1)
	switch p {
	case itself:
		return true
	case agrees:
		own := w.above + strconv.Itoa(w.last)
		return before || after || own == computed || w.above == "" && strings.HasSuffix(computed, "."+own)
	case follows:
		return before || after
	case row:
		return before && after || before && is(i-2, -2) || after && is(i+2, 2)
	}
	return false
}

// fromRoman returns the value of a Roman numeral.
func fromRoman(s string) int {
	values := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50}
	sum := 0
	for i := range len(s) {
		if v := values[s[i]]; i+1 < len(s) && v < values[s[i+1]] {
			sum -= v
		} else {
			sum += v
		}
	}
	return sum
}
