package page

import (
	"slices"

	"placard/internal/archive"
	"placard/internal/notice"
)

// A comparison is of two texts in one locale: of a version and the last one before it in that locale, or of two readings of a version.
type comparison struct {
	kind         string // of the line of LOG by which the newer text came
	name         string // of the newer text: "2021-02-09", "2021-02-09-s1"
	older, newer *archive.Version
	olderName    string
	// folder is what was sealed with the newer text.
	folder *archive.Folder
}

// comparisons are those of a version in a locale, in the order of time.
func (p *plan) comparisons(s archive.Standing, locale string) []comparison {
	var all []comparison
	if before := p.before(s, locale); before != nil {
		all = append(all, comparison{archive.KindVersion, s.Name(), before, s.Version, before.Name(), &s.Folder})
	}
	readings := s.Readings(locale)
	for i := 1; i < len(readings); i++ {
		r := readings[i]
		all = append(all, comparison{r.Entry.Kind, r.Name(), readings[i-1].Version, r.Version, readings[i-1].Name(), r.Folder})
	}
	return all
}

// before is the version with which the text of another one is compared in a locale; nil where there is none.
func (p *plan) before(s archive.Standing, locale string) *archive.Version {
	return p.beforeAt(s, locale, len(p.archive.Log))
}

// beforeAt is that by the first lines of LOG: the last version before it that has a text in the locale and was not cancelled. Where there is none,
// or the version itself was cancelled and nothing follows from what was sealed after that, it is the one that was there when it was sealed; else any
// that was sealed before it; else any that is named before it. So a page of what a version changed, once made, stays.
func (p *plan) beforeAt(s archive.Standing, locale string, line int) *archive.Version {
	choices := []func(*archive.Version) bool{
		func(v *archive.Version) bool { return standsAt(v, line) },
		func(v *archive.Version) bool { return standsAt(v, s.Entry.Number) },
		func(v *archive.Version) bool { return v.Entry.Number < s.Entry.Number },
		func(*archive.Version) bool { return true },
	}
	if !standsAt(s.Version, line) {
		choices = choices[1:]
	}
	for _, may := range choices {
		v := p.lastBefore(s, func(v *archive.Version) bool {
			return v.Entry.Number <= line && may(v) && asAt(v, line).Document.Texts[locale] != nil
		})
		if v != nil {
			return v
		}
	}
	return nil
}

// lastBefore is the last version before another one of which something is so; nil where it is so of none.
func (p *plan) lastBefore(s archive.Standing, is func(*archive.Version) bool) *archive.Version {
	var last *archive.Version
	for _, v := range p.archive.Notices[s.Entry.Notice] {
		if notice.CompareVersions(v.Name(), s.Name()) < 0 && is(v) {
			last = v
		}
	}
	return last
}

// standsAt reports whether a version is sealed, and not cancelled, by the first lines of LOG.
func standsAt(v *archive.Version, line int) bool {
	c := v.Cancellation()
	return v.Entry.Number <= line && (c == nil || c.Entry.Number > line)
}

// asAt is a version as it reads by the first lines of LOG.
func asAt(v *archive.Version, line int) *archive.Version {
	known := 0
	for known < len(v.Supplements) && v.Supplements[known].Entry.Number <= line {
		known++
	}
	return v.First(known)
}

// beforeThen is the last version before another one, with a text in a locale, by what was known when that one was sealed; nil where there was
// none.
func (p *plan) beforeThen(s archive.Standing, locale string) *archive.Version {
	v := p.lastBefore(s, func(v *archive.Version) bool {
		return standsAt(v, s.Entry.Number) && asAt(v, s.Entry.Number).Document.Texts[locale] != nil
	})
	if v == nil {
		return nil
	}
	return asAt(v, s.Entry.Number)
}

// beforeOnce are the other versions with which a version was compared in a locale at some time, since it was sealed: one that applies before it came
// later, or was cancelled, or got its text later.
func (p *plan) beforeOnce(s archive.Standing, locale string, now *archive.Version) []*archive.Version {
	var all []*archive.Version
	for _, e := range p.archive.Log {
		if e.Notice != s.Entry.Notice || e.Number < s.Entry.Number || e.Number > s.Entry.Number && notice.CompareVersions(notice.Effective(e.Name), s.Effective()) > 0 {
			continue
		}
		then := p.beforeAt(s, locale, e.Number)
		if then != nil && then.Name() != now.Name() && !slices.Contains(all, then) {
			all = append(all, then)
		}
	}
	return all
}

// changesAt is the address of the page of what a version changed in a locale, 0, or of what its supplement of a number did; empty where there is
// none: where no version before has a text in the locale, or nothing stood in place of what the supplement added.
func (p *plan) changesAt(s archive.Standing, number int, locale string) string {
	if number == 0 {
		if p.before(s, locale) == nil {
			return ""
		}
		return p.at(locale, changesPath(s.Entry.Notice, s.Name()))
	}
	readings := s.Readings(locale)
	i := slices.IndexFunc(readings, func(r archive.Reading) bool { return r.Folder == s.Supplements[number-1] })
	if i < 1 {
		return ""
	}
	return p.at(locale, changesPath(s.Entry.Notice, readings[i].Name()))
}

// changesThen is the same address for feeds, whose entries do not change: empty where there was no version before, with a text in the locale, when
// the version was sealed.
func (p *plan) changesThen(s archive.Standing, number int, locale string) string {
	if number == 0 && p.lastBefore(s, func(v *archive.Version) bool {
		return v.Entry.Number < s.Entry.Number && asAt(v, s.Entry.Number).Document.Texts[locale] != nil
	}) == nil {
		return ""
	}
	return p.changesAt(s, number, locale)
}

// changesPath is the page of what the text of a version, or of a supplement to it, changed.
func changesPath(slug, name string) string { return slug + "/" + name + "/changes/" }

// localesComparing are those in which there is a page of what a text of that name changed.
func (p *plan) localesComparing(s archive.Standing, name string) []Locale {
	return slices.DeleteFunc(p.localesOf(s.Version), func(l Locale) bool {
		return !slices.ContainsFunc(p.comparisons(s, l.Key), func(c comparison) bool { return c.name == name })
	})
}
