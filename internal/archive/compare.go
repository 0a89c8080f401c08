package archive

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/notice"
	"placard/internal/translation"
)

// A Likeness is how the files of a draft stand to those of a version.
type Likeness struct {
	// Same is whether they are the same, but for the locales that are listed.
	Same bool
	// Late are the locales of the draft in which the version is not offered, Other those in which the draft has other texts. Both
	// are sorted.
	Late, Other []string
}

// Compare compares the files of a draft with those of a version as it reads with its supplements, byte by byte. What both
// say of their changes and record of their translations is not compared: it is about the text, and no part of it.
func (a *Archive) Compare(draft *notice.Document, v *Version) (Likeness, error) {
	like := Likeness{Same: true}
	names := slices.Concat(draft.Files, v.Document.Files)
	slices.Sort(names)
	other := map[string]bool{}
	for _, name := range slices.Compact(names) {
		if name == notice.SumFile || strings.HasPrefix(name, "changes.") {
			continue
		}
		locale := notice.LocaleOf(name)
		if draft.Texts[locale] != nil && v.Document.Texts[locale] == nil {
			continue // listed as late
		}
		same, err := a.sameFile(draft, v, name)
		switch {
		case err != nil:
			return Likeness{}, err
		case same, onlyTranslationsLink(draft, v.Document, name), onlyTranslationsLink(v.Document, draft, name):
		case locale != "" && v.Document.Facts.MaySupplement(locale) && draft.Texts[locale] != nil:
			other[locale] = true
		default:
			like.Same = false
		}
	}
	for _, locale := range draft.Locales() {
		if v.Document.Texts[locale] == nil {
			like.Late = append(like.Late, locale)
		}
	}
	like.Other = slices.Sorted(maps.Keys(other))
	return like, nil
}

// onlyTranslationsLink reports whether an attachment is in the first document alone, and only translations link to it: then it
// counts as a part of these.
func onlyTranslationsLink(has, lacks *notice.Document, name string) bool {
	if !slices.Contains(has.Attachments, name) || slices.Contains(lacks.Attachments, name) {
		return false
	}
	return slices.Contains(has.OnlyFor(has.Translations()), name)
}

// Repeats reports whether the draft of a supplement to a version says nothing that the version does not say already.
func (a *Archive) Repeats(draft *notice.Document, v *Version) (bool, error) {
	own, err := draftFiles(a.site, draft.Dir)
	if err != nil {
		return false, err
	}
	for _, name := range slices.Concat(own, v.Document.Files) {
		if name == notice.SumFile || !slices.Contains(own, name) && !slices.Contains(draft.Added, notice.LocaleOf(name)) {
			continue
		}
		if same, err := a.sameFile(draft, v, name); err != nil || !same {
			return false, err
		}
	}
	// Neither can be read, or both can: a draft with errors is not asked.
	now, _ := translation.ReadSum(draft)
	before, _ := translation.ReadSum(v.Document)
	for _, locale := range draft.Recorded() {
		if !maps.Equal(now[locale], before[locale]) {
			return false, nil
		}
	}
	return true, nil
}

// Unchanged are the locales in which the draft of an erratum has what the version has already: of those that make it an erratum.
func (a *Archive) Unchanged(draft *notice.Document, v *Version) ([]string, error) {
	var same []string
	for _, locale := range draft.Corrected() {
		differs := false
		for _, name := range draft.Files {
			if notice.LocaleOf(name) == locale && !differs {
				is, err := a.sameFile(draft, v, name)
				if err != nil {
					return nil, err
				}
				differs = !is
			}
		}
		if !differs {
			same = append(same, locale)
		}
	}
	return same, nil
}

// sameFile reports whether a file of a draft has the bytes that it has in a version.
func (a *Archive) sameFile(draft *notice.Document, v *Version, name string) (bool, error) {
	if !slices.Contains(draft.Files, name) || !slices.Contains(v.Document.Files, name) {
		return false, nil
	}
	data, err := fs.ReadFile(a.site, draft.At(name))
	if err != nil {
		return false, err
	}
	if name == notice.FactsFile {
		data = draft.Facts.Offering(data, v.readings[0].Facts.LocaleNames())
	}
	return Hash(data) == v.hash(name), nil
}

// hash is that of a file of the version as it reads, by path relative to its folder.
func (v *Version) hash(name string) string {
	for i := len(v.Supplements); i > 0; i-- {
		if f := v.folder(i); f.sums[name] != "" && v.Document.At(name) == path.Join(f.Entry.Folder(), name) {
			return f.sums[name]
		}
	}
	return v.sums[name]
}
