package markdown

import (
	"regexp"

	"placard/internal/diag"
)

// An address as people write it into a link. Short parts are words: "/or", and "/s/" for a signature.
const meantAddress = `(?:/[a-z0-9-]{3,}(?:[/#][^\s()\[\]]*)?|#[a-z][a-z0-9-]+|files/[^\s()\[\]]+|(?:https?://|mailto:|tel:)[^\s()\[\]]+)`

var (
	// What stands behind the words of a link, with a space or a line end between: " (/cookies/)".
	apart = regexp.MustCompile(`^[ \t]*\n?[ \t]*\((` + meantAddress + `)\)`)
	// What stands in the brackets of a link that are the wrong way round: "(words)[/cookies/]".
	inWrongBrackets = regexp.MustCompile(`^` + meantAddress + `$`)
)

// findMeantLinks warns of what was meant as a link and is printed as it stands: "[words] (/address/)" with a space, and
// "(words)[/address/]". It looks only for what is certain by its address: "[1] (see above)" is ordinary text.
func (d *Document) findMeantLinks(prose []byte, findings *diag.Findings) {
	const none = -1
	square, round := none, none // where brackets stand open, in this paragraph
	words, wordsEnd := none, none
	for at, c := range prose {
		switch c {
		case '\n':
			if at+1 < len(prose) && prose[at+1] == '\n' {
				square, round = none, none
			}
		case '(':
			round = at
		case ')':
			words, wordsEnd, round = round, at, none
		case '[':
			square = at
		case ']':
			from := square
			square = none
			if from == none || from+1 == at || prose[from+1] == '^' || isLinkBehind(prose[at+1:]) {
				continue
			}
			if m := apart.FindSubmatchIndex(prose[at+1:]); m != nil {
				d.meant(from, at+1+m[1], [2]int{from + 1, at}, [2]int{at + 1 + m[2], at + 1 + m[3]}, findings)
			} else if wordsEnd == from-1 && words != none && words+1 < wordsEnd && inWrongBrackets.Match(prose[from+1:at]) {
				d.meant(words, at+1, [2]int{words + 1, wordsEnd}, [2]int{from + 1, at}, findings)
			}
		}
	}
}

// isLinkBehind reports whether the text goes on a bracket as a link does.
func isLinkBehind(text []byte) bool { return len(text) > 0 && (text[0] == '(' || text[0] == '[') }

// meant warns of the text from one offset to another, of which some is the words and some the address of a link.
func (d *Document) meant(from, to int, words, address [2]int, findings *diag.Findings) {
	findings.Warn(d.place(from), "link-meant", diag.Args{
		"Text":   spaced(string(d.source[from:to])),
		"Better": "[" + spaced(string(d.source[words[0]:words[1]])) + "](" + string(d.source[address[0]:address[1]]) + ")",
	})
}
