package message

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"placard/internal/diag"
	"placard/internal/fields"
)

// value is the one action that a message may have: a value, put in by its name.
var value = regexp.MustCompile(`\{\{-?\s*\.([A-Za-z][A-Za-z0-9_]*)\s*-?\}\}`)

// markup is what would be taken for HTML; a message is plain text, so a reader would see its characters.
var markup = regexp.MustCompile(`<[A-Za-z/!][^>]*>?|&#?[A-Za-z0-9]+;`)

// printable finds what a page could not print of one text, or would print as nobody meant it.
func printable(id string, text fields.Text) diag.Findings {
	var findings diag.Findings
	rest := value.ReplaceAllString(text.Value, "")
	switch {
	case strings.TrimSpace(text.Value) == "":
		findings.Add(text.At, "message-empty", diag.Args{"ID": id})
	case strings.Contains(rest, "{{") || strings.Contains(rest, "}}"):
		findings.Add(text.At, "message-action", diag.Args{"ID": id, "Text": action(rest)})
	}
	if found := markup.FindString(text.Value); found != "" {
		findings.Add(text.At, "message-html", diag.Args{"ID": id, "Text": found})
	}
	return findings
}

// action returns the first braces of a text that are no value, with what stands in them.
func action(text string) string {
	begin := strings.Index(text, "{{")
	if begin < 0 {
		return "}}"
	}
	text = text[begin:]
	if end := strings.Index(text, "}}"); end >= 0 {
		return text[:end+2]
	}
	const most = 30
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + " …"
	}
	return text
}

// values returns the values that a message puts in: by name, with the text that has it first.
func (m Message) values() map[string]diag.Position {
	found := map[string]diag.Position{}
	for _, category := range categories {
		text := m.Forms[category]
		for _, match := range value.FindAllStringSubmatch(text.Value, -1) {
			if _, ok := found[match[1]]; !ok {
				found[match[1]] = text.At
			}
		}
	}
	return found
}

// values finds the values of a message of the site that no layout gives it, which would be printed as nothing, and those
// that it leaves out. source is the message that it stands for: the one in English, or for one in English the program's.
func (in Input) values(id string, m, source, program Message) diag.Findings {
	var findings diag.Findings
	if !m.Own || m.broken {
		return nil
	}
	has, want := m.values(), source.values()
	given := slices.Sorted(maps.Keys(program.values()))
	for _, name := range slices.Sorted(maps.Keys(has)) {
		if !slices.Contains(given, name) && !in.Given(name) {
			near := diag.Nearest(name, given)
			findings.Add(has[name], "message-value", diag.Args{"ID": id, "Value": name, "Near": near, "Known": strings.Join(braced(given), ", ")})
			delete(want, near) // it is not left out then
		}
	}
	var left []string
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if _, ok := has[name]; !ok {
			left = append(left, name)
		}
	}
	if len(left) > 0 {
		findings.Warn(m.At, "message-value-absent", diag.Args{"ID": id, "Values": strings.Join(braced(left), ", ")})
	}
	return findings
}

func braced(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = "{{ ." + name + " }}"
	}
	return out
}

// forms finds the plural forms that a language needs and a message has not, for which Hugo takes "other" and says
// nothing, and those that are never printed. A message counts where the program's or the English one has more than one
// form.
func forms(locale, id string, m, source, program Message) diag.Findings {
	var findings diag.Findings
	if !m.Own {
		return nil
	}
	if len(source.Forms) == 0 {
		source = m
	}
	need := []string{"other"}
	if max(len(source.Forms), len(program.Forms)) > 1 {
		need = categoriesOf(locale)
	}
	var absent, unused []string
	for _, category := range categories {
		_, has := m.Forms[category]
		switch {
		case category == "other": // its absence is a finding of its own
		case !has && slices.Contains(need, category):
			absent = append(absent, category)
		case has && !slices.Contains(need, category):
			unused = append(unused, category)
		}
	}
	args := diag.Args{"ID": id, "Locale": locale, "Need": strings.Join(need, ", ")}
	if len(absent) > 0 {
		args["Forms"] = strings.Join(absent, ", ")
		findings.Add(m.At, "message-plural", args)
	}
	if len(unused) > 0 {
		findings.Warn(m.At, "message-plural-unused", diag.Args{"ID": id, "Locale": locale, "Need": args["Need"], "Forms": strings.Join(unused, ", ")})
	}
	return findings
}

// counted is up to which number categoriesOf looks: notices, versions and languages are counted, not inhabitants.
const counted = 1000

// categoriesOf returns the plural categories that a language has for whole numbers, in the order of categories: "one",
// "other" for English, "other" alone for Malay, all six for Arabic.
func categoriesOf(locale string) []string {
	tag, err := language.Parse(locale)
	if err != nil {
		return []string{"other"}
	}
	bundle := i18n.NewBundle(tag)
	probe := &i18n.Message{ID: "n", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	if err := bundle.AddMessages(tag, probe); err != nil { // CLDR has no rules for this language
		return []string{"other"}
	}
	localizer := i18n.NewLocalizer(bundle, locale)
	found := map[string]bool{"other": true}
	for n := range counted + 1 {
		category, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: "n", PluralCount: n})
		if err == nil {
			found[category] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(categories), func(c string) bool { return !found[c] })
}
