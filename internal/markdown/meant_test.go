package markdown

import (
	"fmt"
	"slices"
	"testing"
)

func TestMeantLinks(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string // the place in the line, and what is offered
	}{
		{"See [the Cookie Notice] (/cookies/).", []string{"5 [the Cookie Notice](/cookies/)"}},
		{"[a] (/cookies) [b] (/cookies/#types) [c] (/cookies/2021-02-09/)", []string{"1 [a](/cookies)", "16 [b](/cookies/#types)", "38 [c](/cookies/2021-02-09/)"}},
		{"[a]  (#payment) [b] (#9)", []string{"1 [a](#payment)"}},
		{"[a] (https://example.com/x?y=z) [b]\t(http://example.com)", []string{"1 [a](https://example.com/x?y=z)", "33 [b](http://example.com)"}},
		{"[a] (mailto:a@example.com) [b] (tel:+15550100) [c] (files/form.pdf)", []string{"1 [a](mailto:a@example.com)", "28 [b](tel:+15550100)", "48 [c](files/form.pdf)"}},
		{"[two\nwords] (#payment)", []string{"1 [two words](#payment)"}},
		{"[words]\n(#payment)", []string{"1 [words](#payment)"}},
		{"> [words]\n> (#payment)", nil}, // not looked for
		{"é [`ec`] (#payment)", []string{"4 [`ec`](#payment)"}},
		{"(the Cookie Notice)[/cookies/]", []string{"1 [the Cookie Notice](/cookies/)"}},
		{"(a)[#payment], (b)[https://example.com/]", []string{"1 [a](#payment)", "16 [b](https://example.com/)"}},

		{"[1] (see above) [2] (as amended) [3] ($5) [4] (50%) [5] (#1) [6] (1/2)", nil},
		{"[and] (/or) [name] (/s/) [x] (/) [y] (//) [z] (#) [u] ()", nil},
		{"[sic] (https: the protocol) [x] (mail) [y] (http)", nil},
		{"[a](#payment) (/cookies/) and [b](#payment) (see [c](#payment))", nil},
		{"A[^a] (/cookies/)\n\n[^a]: B", nil},
		{"[] (/cookies/) ] (/cookies/) x (/cookies/)", nil},
		{"[words]\n\n(/cookies/)", nil},
		{"[words\n\nwords] (/cookies/)", nil},
		{"`[a] (/cookies/)` \\[a] (/cookies/) [a\\] (/cookies/) [a] \\(/cookies/)", nil},
		{"    [a] (/cookies/)", nil},
		{"(see)[1] (see)[x] (a) [/cookies/] a[/cookies/] ()[/cookies/]", nil},
		{"(see)[#payment](#payment)", nil},
		{"\\(a)[/cookies/] (a)\\[/cookies/] `(a)[/cookies/]`", nil},
		{"An address [https://example.com/] and (https://example.com/).", nil},
	} {
		_, findings := parse("x.md", []byte(front+tt.text+"\n\n## Payment {#payment}\n"), Limits{})
		var got []string
		for _, f := range findings {
			if f.ID != "link-meant" {
				continue
			}
			got = append(got, fmt.Sprint(f.At.Column, " ", f.Args["Better"]))
		}
		if findings.Errors() > 0 || !slices.Equal(got, tt.want) {
			t.Errorf("%q:\ngot  %q, %v\nwant %q", tt.text, got, findings, tt.want)
		}
	}
}
