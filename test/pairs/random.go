package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

var vocabularies = []string{
	"we you our data may share with partners in 2021 12,000.50 the the of of a (see) “below” <privacy@example.com> +1 202 555 0100 end. stop; q\u0301t [terms](/terms/) [one](https://example.com/1) *really* and/or &amp; 'single' \\<tag\\>",
	"نجمع بياناتك الشخصية، من أجل العقد 2021 و الخدمة. التي هي لك؟ (انظر) «أدناه»",
	"我们收集您的姓名。 料金は12円です 您可以要求删除 2021年2月9日 ก็เก็บชื่อ ของคุณเพื่อ สัญญา ที่ 12 วัน 😀😀 𠮷野家は a,b中文 1 2 345",
}

// random prints pairs of random texts, each an edition of the other.
func (p *printer) random(pairs int) error {
	for seed := range pairs {
		r := writer{rand.New(rand.NewPCG(uint64(seed), 1)), strings.Fields(vocabularies[seed%len(vocabularies)])}
		older := r.sections(2 + r.IntN(8))
		newer := r.edited(older)
		facts := facts("en ms")
		for _, s := range newer {
			if s.was != "" && !slices.ContainsFunc(newer, func(other section) bool { return other.anchor == s.was }) {
				facts += fmt.Sprintf("[[moved]]\nfrom = '%s'\nto = '%s'\n", s.was, s.anchor)
			}
		}
		if err := p.texts(fmt.Sprint("random ", seed), facts, r.texts(older), r.texts(newer)); err != nil {
			return err
		}
	}
	return nil
}

// otherMarks gives the same words another link or emphasis.
var otherMarks = strings.NewReplacer("(/terms/)", "(/privacy/)", "*really*", "**really**")

// writer makes random texts of a few words.
type writer struct {
	*rand.Rand
	vocabulary []string
}

type section struct {
	anchor, was, title string
	level              int
	blocks             []string
}

func (r writer) words(n int) string {
	var all []string
	for range n {
		all = append(all, r.vocabulary[r.IntN(len(r.vocabulary))])
	}
	return strings.Join(all, " ")
}

func (r writer) sections(n int) []section {
	var all []section
	for i := range n {
		s := section{anchor: fmt.Sprintf("s%d", i), title: r.words(1 + r.IntN(4)), level: 2 + r.IntN(2)}
		for range r.IntN(7) {
			s.blocks = append(s.blocks, r.block())
		}
		all = append(all, s)
	}
	return all
}

func (r writer) block() string {
	line := func() string { return r.words(1 + r.IntN(20)) }
	switch r.IntN(9) {
	case 0:
		return "- " + line() + "\n- " + line() + "\n  1. " + line() + "\n  2. " + line() + "\n\n     " + line() + "\n- " + line()
	case 1:
		return fmt.Sprintf("%d. %s\n%d. %s\n3. %s", r.IntN(4), line(), 2, line(), line())
	case 2:
		table := "| " + r.words(2) + " | " + r.words(1) + " | |\n|---|---|---|\n"
		for range 1 + r.IntN(5) {
			table += "| " + r.words(r.IntN(3)) + " | " + r.words(1+r.IntN(5)) + " | " + r.words(r.IntN(2)) + " |\n"
		}
		return table
	case 3:
		return "> " + line() + "\n>\n> - " + line()
	case 4:
		return "Term " + r.words(1) + "\n: " + line()
	case 5:
		return "```\n" + line() + "\n" + line() + "\n```"
	}
	return "A " + line()
}

// edited is what becomes of sections: some go, come, move, are renamed, or get another anchor.
func (r writer) edited(older []section) []section {
	var all []section
	for _, s := range older {
		s.blocks = slices.Clone(s.blocks)
		switch r.IntN(9) {
		case 0:
			continue
		case 1:
			all = append(all, section{anchor: fmt.Sprintf("new-%s", s.anchor), title: r.words(2), level: 2 + r.IntN(2), blocks: []string{r.block()}})
		case 2:
			s.was, s.anchor = s.anchor, "moved-"+s.anchor
		case 3:
			s.title = r.words(2)
		case 4:
			s.level = 5 - s.level
		case 5:
			for i, b := range s.blocks {
				s.blocks[i] = otherMarks.Replace(b)
			}
			all = append(all, s)
			continue
		}
		var blocks []string
		for _, b := range s.blocks {
			switch r.IntN(8) {
			case 0:
				continue
			case 1:
				blocks = append(blocks, r.block())
			case 2, 3, 4:
				b = r.reworded(b)
			}
			blocks = append(blocks, b)
		}
		s.blocks = blocks
		all = append(all, s)
	}
	if len(all) > 1 && r.IntN(2) == 0 {
		i, j := r.IntN(len(all)), r.IntN(len(all))
		all[i], all[j] = all[j], all[i]
	}
	return all
}

// reworded puts other words into a block, in the place of such as mark nothing.
func (r writer) reworded(block string) string {
	words := strings.Split(block, " ")
	for range 1 + r.IntN(4) {
		at := r.IntN(len(words))
		if slices.Contains(r.vocabulary, words[at]) {
			words[at] = r.words(r.IntN(3))
			if words[at] == "" {
				words[at] = "none"
			}
		}
	}
	return strings.Join(words, " ")
}

// texts are the source, and a translation in which some sections are missing.
func (r writer) texts(sections []section) []string {
	var source, target strings.Builder
	for _, b := range []*strings.Builder{&source, &target} {
		b.WriteString("---\ntitle: '" + strings.ReplaceAll(r.vocabulary[0], "'", "") + " T'\ndescription: Words of\n---\n\n" + r.words(r.IntN(5)) + "\n\n")
	}
	for i, s := range sections {
		level := s.level
		if i == 0 {
			level = 2
		}
		heading := strings.Repeat("#", level) + " " + s.title + " {#" + s.anchor
		body := "}\n\n" + strings.Join(s.blocks, "\n\n") + "\n\n"
		source.WriteString(heading + body)
		if r.IntN(6) == 0 {
			body = " .missing}\n\n"
		}
		target.WriteString(heading + body)
	}
	return []string{source.String(), target.String()}
}
