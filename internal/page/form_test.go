package page

import (
	"os"
	"testing"

	"placard/internal/archive"
)

// BenchmarkForms measures what the two files of a page cost, besides the page: over the largest texts of the sample.
func BenchmarkForms(b *testing.B) {
	a, findings := archive.Open(os.DirFS("../.."))
	if findings.Errors() > 0 {
		b.Fatal(findings)
	}
	moment, _ := archive.ParseMoment("2026-06-01")
	s := threeLocales
	p := &plan{site: s, archive: a, moment: moment, known: map[string][]archive.Standing{}, current: map[string]archive.Standing{}, locales: map[string][]Locale{}}
	standings := a.Notices["privacy"].Standings(moment)
	for _, v := range standings {
		for key := range v.Document.Texts {
			v.Document.Texts[key].Preamble() // it is read for the page
		}
	}
	bytes := 0
	for b.Loop() {
		for _, v := range standings {
			for _, l := range p.localesOf(v.Version) {
				for _, f := range p.forms(v, "archive", l, v.Document.Texts[l.Key], Version{}) {
					bytes += len(f.Data)
				}
			}
		}
	}
	b.ReportMetric(float64(bytes)/float64(b.N), "bytes/op")
}
