package redline

// mostEdits is how many edits are looked for between two lists of words: where there would be more, which takes a line of thousands of words that has little of
// the other, all that is left counts as replaced.
const mostEdits = 4000

// edits marks what of a and b is not in the other: without what is marked, both are the same. It is as little as can be, found by the
// algorithm of E. Myers, "An O(ND) Difference Algorithm and Its Variations" (Algorithmica 1, 1986), in linear space. Where there are several
// ways, what it takes is part of the format: assets/js/compare.js finds the same.
func edits[T comparable](a, b []T) (deleted, inserted []bool) {
	s := script[T]{a: a, b: b, deleted: make([]bool, len(a)), inserted: make([]bool, len(b))}
	s.between(0, len(a), 0, len(b))
	return s.deleted, s.inserted
}

type script[T comparable] struct {
	a, b              []T
	deleted, inserted []bool
	forth, back       []int // how far each diagonal was followed from either end
}

// between marks what is not in the other of a[a0:a1] and b[b0:b1].
func (s *script[T]) between(a0, a1, b0, b1 int) {
	for a0 < a1 && b0 < b1 && s.a[a0] == s.b[b0] {
		a0, b0 = a0+1, b0+1
	}
	for a0 < a1 && b0 < b1 && s.a[a1-1] == s.b[b1-1] {
		a1, b1 = a1-1, b1-1
	}
	x, y := a0, b0
	found := a0 < a1 && b0 < b1
	if found {
		x, y, found = s.middle(a0, a1, b0, b1)
	}
	if !found {
		for i := a0; i < a1; i++ {
			s.deleted[i] = true
		}
		for j := b0; j < b1; j++ {
			s.inserted[j] = true
		}
		return
	}
	s.between(a0, x, b0, y)
	s.between(x, a1, y, b1)
}

// middle returns a point through which a shortest way from (a0, b0) to (a1, b1) leads, and that is neither of them; false where it takes too long to
// find one. Neither of the two is empty, nor begins or ends as the other does.
func (s *script[T]) middle(a0, a1, b0, b1 int) (x, y int, found bool) {
	n, m := a1-a0, b1-b0
	size := 2*(n+m) + 2
	if len(s.forth) < size {
		s.forth, s.back = make([]int, size), make([]int, size)
	}
	zero := n + m // where diagonal 0 stands
	delta := n - m
	s.forth[zero+1], s.back[zero+1] = 0, 0
	for d := 0; d <= (n+m+1)/2 && d <= mostEdits/2; d++ {
		for k := -d; k <= d; k += 2 {
			x := step(s.forth, zero, d, k, n, m)
			for x >= 0 && x < n && x-k < m && s.a[a0+x] == s.b[b0+x-k] {
				x++
			}
			s.forth[zero+k] = x
			if o := delta - k; delta%2 != 0 && o > -d && o < d && x+s.back[zero+o] >= n {
				return a0 + x, b0 + x - k, true
			}
		}
		for k := -d; k <= d; k += 2 {
			x := step(s.back, zero, d, k, n, m)
			for x >= 0 && x < n && x-k < m && s.a[a1-1-x] == s.b[b1-1-x+k] {
				x++
			}
			s.back[zero+k] = x
			if o := delta - k; delta%2 == 0 && o >= -d && o <= d && x+s.forth[zero+o] >= n {
				return a1 - x, b1 - x + k, true
			}
		}
	}
	return 0, 0, false
}

// nowhere is how far a diagonal is reached that no way has come to: below any number that edits could make good.
const nowhere = -1 << 30

// step is how far diagonal k is reached with d edits, before what is the same there is followed.
func step(reached []int, zero, d, k, n, m int) int {
	x := reached[zero+k+1] // with one more of b
	if k != -d && (k == d || x <= reached[zero+k-1]) {
		x = reached[zero+k-1] + 1 // with one more of a
	}
	if x > n || x-k > m {
		return nowhere
	}
	return x
}
