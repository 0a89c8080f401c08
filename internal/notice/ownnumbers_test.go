package notice

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// headings returns a text with the headings; "- " begins a subsection.
func headings(titles ...string) string {
	var b strings.Builder
	b.WriteString("---\ntitle: T\ndescription: D\n---\n\n")
	for i, title := range titles {
		marks := "##"
		if sub, ok := strings.CutPrefix(title, "- "); ok {
			marks, title = "###", sub
		}
		fmt.Fprintf(&b, "%s %s {#a%d}\n", marks, title, i)
	}
	return b.String()
}

func TestOwnNumbers(t *testing.T) {
	for _, tt := range []struct {
		titles []string
		want   []string // the line, the computed number, and what is offered
	}{
		{[]string{"3. Cookies"}, []string{"6 1 ## Cookies {#a0}"}},
		{[]string{"Who we are", "- 1.1. Our *name*", "- 7) Addresses", "(3) Devices", "4.) Rights"}, []string{
			"7 1.1 ### Our name {#a1}", "8 1.2 ### Addresses {#a2}", "9 2 ## Devices {#a3}", "10 3 ## Rights {#a4}"}},
		{[]string{"Section 1: Cookies", "SECTION 2 – Devices", "Other", "Clause 4. Rights"}, []string{
			"6 1 ## Cookies {#a0}", "7 2 ## Devices {#a1}", "9 4 ## Rights {#a3}"}},
		{[]string{"Introduction", "Article I: Cookies", "Article II: Devices"}, []string{"7 2 ## Cookies {#a1}", "8 3 ## Devices {#a2}"}},
		{[]string{"§ 1 Geltung", "§ 2 Cookies"}, []string{"6 1 ## Geltung {#a0}", "7 2 ## Cookies {#a1}"}},
		{[]string{"Other", "1.1 Cookies", "1.2 Devices", "- 3.1 Rights"}, []string{"7 2 ## Cookies {#a1}", "8 3 ## Devices {#a2}", "9 3.1 ### Rights {#a3}"}},
		{[]string{"1 – Cookies", "2: Devices", "3.Rights"}, []string{"6 1 ## Cookies {#a0}", "7 2 ## Devices {#a1}", "8 3 ## Rights {#a2}"}},
		{[]string{"I. Cookies", "II. Devices", "III. Rights", "IV. Law", "Other", "IX. Alone"}, []string{
			"6 1 ## Cookies {#a0}", "7 2 ## Devices {#a1}", "8 3 ## Rights {#a2}", "9 4 ## Law {#a3}"}},
		{[]string{"H. Cookies", "I. Devices", "J. Rights"}, []string{"6 1 ## Cookies {#a0}", "7 2 ## Devices {#a1}", "8 3 ## Rights {#a2}"}},
		{[]string{"1 Cookies", "2 Devices", "3 Rights", "4 Law"}, []string{
			"6 1 ## Cookies {#a0}", "7 2 ## Devices {#a1}", "8 3 ## Rights {#a2}", "9 4 ## Law {#a3}"}},
		{[]string{"٣. ملفات", "المادة ٢: الأجهزة", "۳) کوکی", "４．クッキー", "第5条 権利"}, []string{
			"6 1 ## ملفات {#a0}", "7 2 ## الأجهزة {#a1}", "8 3 ## کوکی {#a2}", "9 4 ## クッキー {#a3}", "10 5 ## 権利 {#a4}"}},
		{[]string{"Seksyen 1: Kuki", "Fasal 2 - Peranti"}, []string{"6 1 ## Kuki {#a0}", "7 2 ## Peranti {#a1}"}},

		{[]string{"5G networks", "2026 changes", "30-day refunds", "3D printing", "24/7 help", "1-800 numbers", "100% refunds", "1st of March"}, nil},
		{[]string{"2026. A year", "1. Januar 2026", "1. Mac 2026: perubahan", "2.4 GHz networks", "1.5 million readers", "1,000 names", "$5. No more"}, nil},
		{[]string{"1 account", "2 devices", "Other", "3 devices", "30 days"}, nil},
		{[]string{"Cookies", "Article 6 of the GDPR", "Section 230", "Article 27: our representative", "§ 312 BGB", "Step 1: register", "Step 2: confirm"}, nil},
		{[]string{"Version 1: what is new", "Clauses 1 and 2: law", "Sections", "C. difficile", "I. Newton", "X) and Y)", "V. Woolf"}, nil},
		{[]string{"3.", "1.2.3", "4)", "Section 5:"}, nil},
		{[]string{"7 – 10 days", "9: 5", "5.1 surround"}, nil},
	} {
		_, findings := Load(folder(map[string]string{"index.en.md": headings(tt.titles...)}), "content/terms", "terms")
		var got []string
		for _, f := range findings {
			if f.ID != "heading-numbered" {
				t.Errorf("%q: %v", tt.titles, f)
				continue
			}
			got = append(got, fmt.Sprint(f.At.Line, " ", f.Args["Number"], " ", f.Args["Better"]))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q:\ngot  %q\nwant %q", tt.titles, got, tt.want)
		}
	}
}

func TestOwnNumbersOfAppendices(t *testing.T) {
	facts := facts + "[[appendix]]\nanchor = 'brazil'\nsection = 'two'\njurisdictions = ['BR']\n"
	for title, want := range map[string]string{
		"Appendix A: Brazil": "2:8 A title: Brazil", "Annex 2 – Brazil": "2:8 A title: Brazil", "Lampiran B. Brazil": "2:8 A title: Brazil",
		"ملحق ٢: البرازيل": "2:8 A title: البرازيل",
		"Brazil":           "", "Appendix for Brazil": "", "Annexes: A": "", "Schedule of fees": "",
	} {
		_, findings := Load(folder(map[string]string{"notice.toml": facts, "appendices/brazil.en.md": "---\ntitle: \"" + title + "\"\n---\n"}), "content/terms", "terms")
		got := ""
		for _, f := range findings {
			got += fmt.Sprint(f.At.Line, ":", f.At.Column, " ", f.Args["Number"], " ", f.Args["Better"])
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}

// TestNumberOfAMissingSection holds that a heading which is not shown may have any number.
func TestNumberOfAMissingSection(t *testing.T) {
	facts := strings.Replace(facts+"translation-policy = 'allow-missing'\n", "\nlocales = [\"en\"]", "\nlocales = [\"en\", \"ms\"]", 1)
	files := map[string]string{"notice.toml": facts, "index.en.md": headings("A"), "index.ms.md": strings.Replace(headings("1. A"), "#a0", "#a0 .missing", 1)}
	if _, findings := Load(folder(files), "content/terms", "terms"); len(findings) > 0 {
		t.Errorf("%q", list(findings))
	}
}
