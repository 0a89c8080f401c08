package redline

import "slices"

// matching says which sections of two texts are the same ones.
type matching struct {
	older []int  // for each newer section the older one, or -1
	newer []int  // for each older section the newer one, or -1
	moved []bool // of newer sections
	// goneAfter are the older sections to be shown after a newer one: those that are removed, and those that moved.
	goneAfter map[int][]int
}

// match finds which sections are the same ones, and which of them moved. The first of each is the words before the first section.
func match(a, b []part, moved map[string]string) matching {
	m := matching{older: none(len(b)), newer: none(len(a)), moved: make([]bool, len(b)), goneAfter: map[int][]int{}}
	at := map[string]int{}
	for j, p := range b {
		at[p.anchor] = j
	}
	pair := func(i, j int) { m.older[j], m.newer[i] = i, j }
	// A section that kept its anchor is the same one, whatever else moved there: what moved into it is removed.
	for i, p := range a {
		if j, ok := at[p.anchor]; ok {
			pair(i, j)
		}
	}
	for i, p := range a {
		if j, ok := at[moved[p.anchor]]; ok && moved[p.anchor] != "" && m.newer[i] < 0 && m.older[j] < 0 {
			pair(i, j)
		}
	}
	m.findMoved(a, b)
	last := 0
	for i := range a {
		switch j := m.newer[i]; {
		case j >= 0 && !m.moved[j]:
			last = max(last, j)
		default:
			m.goneAfter[last] = append(m.goneAfter[last], i)
		}
	}
	return m
}

func none(n int) []int { return slices.Repeat([]int{-1}, n) }

// findMoved finds the sections that stand elsewhere: those below another section than before, and of the others all but those of the
// heaviest list that is in the same order in both texts. One that went along with the section that it is part of stays where it was in
// that.
func (m matching) findMoved(a, b []part) {
	for j, i := range m.older {
		if i < 0 || j == 0 {
			continue
		}
		before, now := a[i].parent, b[j].parent
		m.moved[j] = (before < 0) != (now < 0) || before >= 0 && m.newer[before] != now
	}
	stays := m.heaviest(b)
	for j, i := range m.older {
		along := b[j].parent >= 0 && !stays[b[j].parent]
		if i >= 0 && !stays[j] && !along {
			m.moved[j] = true
		}
	}
}

// heaviest finds, among the newer sections that are older ones too and below the same section, a list as heavy as can be that stands in the
// same order in both texts: a section weighs one, and each of its blocks one more.
func (m matching) heaviest(b []part) []bool {
	type state struct{ weight, before int }
	best := make([]state, len(b))
	end := -1
	for j, i := range m.older {
		best[j] = state{0, -1}
		if i < 0 || m.moved[j] {
			continue
		}
		for k := range j {
			if m.older[k] >= 0 && m.older[k] < i && best[k].weight > best[j].weight {
				best[j] = state{best[k].weight, k}
			}
		}
		best[j].weight += 1 + len(b[j].blocks)
		if end < 0 || best[j].weight > best[end].weight {
			end = j
		}
	}
	stays := make([]bool, len(b))
	for j := end; j >= 0; j = best[j].before {
		stays[j] = true
	}
	return stays
}
