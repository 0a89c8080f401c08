package redline

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"placard/internal/notice"
)

const (
	benchVersions = 50
	benchLocales  = 16
	benchSections = 40
	benchWords    = 200 // of a section: 8,000 of the notice
)

// versionsOf makes the versions of a notice in one locale: each changes some words in three sections, adds a paragraph, and every
// fifth moves a section.
func versionsOf(b *testing.B, locale int) []*notice.Text {
	r := pick{rand.New(rand.NewPCG(uint64(locale), 5))}
	vocabulary := strings.Fields(vocabularies[locale%len(vocabularies)])
	sections := make([]string, benchSections)
	for i := range sections {
		sections[i] = fmt.Sprintf("## Section %d {#s%d}\n\n%s\n\n- %s\n- %s\n\n%s\n\n", i, i,
			r.words(vocabulary, benchWords/4), r.words(vocabulary, benchWords/4), r.words(vocabulary, benchWords/4), r.words(vocabulary, benchWords/4))
	}
	var texts []*notice.Text
	for v := range benchVersions {
		for range 3 {
			at := r.IntN(benchSections)
			words := strings.Split(sections[at], " ")
			for range 5 {
				words[20+r.IntN(len(words)-20)] = vocabulary[r.IntN(len(vocabulary))]
			}
			sections[at] = strings.Join(words, " ")
		}
		sections[r.IntN(benchSections)] += r.words(vocabulary, 30) + "\n\n"
		if v%5 == 4 {
			at := r.IntN(benchSections - 1)
			sections[at], sections[at+1] = sections[at+1], sections[at]
		}
		texts = append(texts, load(b, strings.Join(sections, "")))
	}
	return texts
}

// BenchmarkArchive makes all redlines of 50 versions of a notice of 8,000 words in 16 locales, from texts that were parsed.
func BenchmarkArchive(b *testing.B) {
	for b.Loop() {
		for locale := range benchLocales {
			b.StopTimer()
			texts := versionsOf(b, locale)
			b.StartTimer()
			for v := 1; v < len(texts); v++ {
				marks := 0
				for _, s := range Compare(texts[v-1], texts[v], nil) {
					marks += len(HTML(s.Blocks))
				}
				if marks == 0 {
					b.Fatal("nothing was marked")
				}
			}
		}
	}
}
