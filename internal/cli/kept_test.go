package cli

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// dropped is a site whose second version is in English alone: Malay and Arabic have had a version, in which a section is
// retired since. In Arabic the site has no title of its own.
func dropped(t *testing.T) *testSite {
	s := newSite(t)
	s.write("config.toml", s.read("config.toml")+"\n[languages.ar]\nweight = 3\n")
	s.edit("content/terms/notice.toml", `locales = ["en", "ms"]`, `locales = ["en", "ms", "ar"]`, "[[appendix]]", "translation-policy = \"allow-missing\"\n\n[[appendix]]")
	s.write("content/terms/index.ar.md", "---\ntitle: شروط الخدمة\ndescription: ما يمكنك أن تتوقعه.\n---\n\n## x {#use .missing}\n\n### الحسابات {#accounts}\n\n1. سر.\n2. أخبرنا:\n   - بالبريد،\n   - أو بالهاتف.\n\n## x {#payment .missing}\n\n## x {#places .missing}\n")
	s.run(january2, "release", "terms", "--effective", "2026-01-05", "--yes")
	for _, gone := range []string{"index.ms.md", "index.ar.md", "appendices/brazil.ms.md"} {
		if err := os.Remove(s.dir + "/content/terms/" + gone); err != nil {
			t.Fatal(err)
		}
	}
	s.edit("content/terms/notice.toml", `locales = ["en", "ms", "ar"]`, `locales = ["en"]`)
	s.edit("content/terms/index.en.md", "### Accounts {#accounts}\n\n1. Keep your password to yourself.\n2. Tell us when it is lost:\n   - by e-mail,\n   - or by telephone.\n\n", "")
	s.write("content/terms/notice.toml", s.read("content/terms/notice.toml")+"\n[[retired]]\nanchor = \"accounts\"\nlast-version = \"2026-01-05\"\n")
	s.write("content/terms/changes.en.md", "---\nsummary: Accounts are gone.\n---\n\n- [Payment](#payment): as it was.\n")
	s.run(january20, "release", "terms", "--effective", "2026-02-01", "--yes")
	s.run(january20, "build", "--as-of", "2026-02-15")
	return s
}

// The page of a language that is not offered any more: its words of the interface, around a text that is marked as
// another language's wherever it stands.
func TestKeptPage(t *testing.T) {
	s := dropped(t)
	p := s.page("/ar/terms/")
	p.has("html[lang=ar][dir=rtl] title[lang=en][dir=ltr]", "Terms of Service")
	p.has(`meta[name=description][lang=en]`, "")
	p.has(".fallback", "لم يعد هذا الإشعار متاحًا باللغة العربية منذ نسخة 1 فبراير 2026؛ ويُعرض نصه باللغة الإنجليزية.")
	p.has(`.fallback a[href="/terms/"][hreflang=en]`, "الإنجليزية")
	p.has(`.fallback a[href="/terms/2026-02-01/"] time`, "1 فبراير 2026")
	p.has(`.fallback a[href="/ar/terms/2026-01-05/"] time`, "5 يناير 2026")
	p.has("h1[lang=en][dir=ltr]", "Terms of Service")
	p.has(".title-lead[lang=en][dir=ltr]", "What you may expect of us")
	p.has(".changes > p[lang=en][dir=ltr]", "Accounts are gone.")
	p.has(".changes .text[lang=en][dir=ltr]", "as it was")
	p.has(".preamble[lang=en][dir=ltr]", "These terms hold for everybody")
	p.has("#use[lang=en][dir=ltr]", "any lawful purpose")
	p.has("#payment[lang=en][dir=ltr] .notes", "Without tax.")
	p.has("#payment .table[lang=ar][dir=rtl][aria-label=جدول] > table[lang=en][dir=ltr]", "Small")
	p.has(`#use .section-link[lang=ar][dir=rtl][href="/terms/2026-02-01/#use"]`, "§")
	p.has("#brazil .appendix-for[lang=ar][dir=rtl]", "البرازيل")
	p.list("nav.contents .contents-heading[lang=en][dir=ltr]", "Using the service", "Payment", "Certain places", "Brazil", "How to withdraw")
	p.has(`.retired cite[lang=ar][dir=rtl]`, "الحسابات")
	p.has(`.facts-permanent a[href="/terms/2026-02-01/"]`, "")
	p.has(`link[rel=canonical][href="https://example.com/terms/"]`, "")
	p.hasNo(".section-missing") // said once, at the top
	p.hasNo("link[rel=alternate]:not([type])")
	p.hasNo("meta[name=robots]")
	p.hasNo(".prevails") // the version has one language only

	p.has(`.languages a[href="/terms/"][lang=en]`, "English")
	p.has(`.languages a[href="/ms/terms/"] [lang=ms]`, "Bahasa Malaysia")
	p.has(`.languages a[href="/ar/terms/"][aria-current]`, "العربية (غير مترجم)")
	malay := s.page("/ms/terms/")
	malay.list(".fallback p", "Sejak versi 1 Februari 2026, notis ini tidak lagi disediakan dalam Bahasa Malaysia; teksnya dipaparkan dalam bahasa Inggeris.", "Versi terakhir dalam Bahasa Malaysia ialah versi 5 Januari 2026. Versi itu telah digantikan.")

	// What leads there, and what stays beside it.
	s.page("/ar/terms/2026-01-05/").has(`.state a[href="/ar/terms/"]`, "اقرأ النسخة السارية")
	s.page("/ar/terms/2026-01-05/").has("#payment .section-missing", "لم يُترجم بعد؛ ويُعرض باللغة الإنجليزية.")
	s.page("/ar/").has(`.entry [lang=en][dir=ltr] a[href="/ar/terms/"]`, "Terms of Service")
	s.page("/ar/terms/versions/").has(`.title-notice a[lang=en][dir=ltr][href="/ar/terms/"]`, "Terms of Service")
	list := s.page("/ar/terms/versions/")
	list.has(".entry-in-force h2 a[href='/terms/2026-02-01/'][hreflang=en]", "1 فبراير 2026")
	list.has(".entry-in-force .entry-facts div:first-child", "اللغةالإنجليزية")
	list.has(".entry-superseded .entry-facts div:first-child", "تاريخ النشر")
	s.page("/terms/").hasNo(".fallback, link[rel=alternate]:not([type]), .section[lang], h1[lang]")
}

// A site has one title for all languages that have none of their own; it is marked as the default language's.
func TestTitleOfAnotherLanguage(t *testing.T) {
	s := dropped(t)
	for _, address := range []string{"/ar/", "/ar/terms/", "/ar/terms/2026-01-05/", "/ar/terms/versions/"} {
		s.page(address).has(`.masthead-title a[lang=en][dir=ltr]`, "Example notices")
	}
	s.page("/ar/").has("title[lang=en][dir=ltr]", "Example notices")
	s.page("/ar/").has("h1[lang=en][dir=ltr]", "Example notices")
	s.page("/ar/terms/2026-01-05/").has("title:not([lang])", "شروط الخدمة")
	root, err := html.Parse(strings.NewReader(s.read("public/ar/404.html")))
	if err != nil {
		t.Fatal(err)
	}
	(&htmlPage{t, "/ar/404.html", root}).has("h1[lang=en][dir=ltr]", "Example notices")
	for _, address := range []string{"/", "/ms/"} { // the default language's own, and a title of its own
		s.page(address).hasNo(".masthead-title [lang], h1[lang], title[lang]")
	}
}

// An announced version may be the first in a language: until it applies, its readers are told so.
func TestAnnouncedLanguage(t *testing.T) {
	s := newSite(t)
	var malay []string
	for _, file := range []string{"content/terms/index.ms.md", "content/terms/appendices/brazil.ms.md"} {
		malay = append(malay, file, s.read(file))
		if err := os.Remove(s.dir + "/" + file); err != nil {
			t.Fatal(err)
		}
	}
	s.edit("content/terms/notice.toml", `locales = ["en", "ms"]`, `locales = ["en"]`)
	s.run(january2, "release", "terms", "--effective", "2026-01-05", "--yes")
	for i := 0; i < len(malay); i += 2 {
		s.write(malay[i], malay[i+1])
	}
	s.edit("content/terms/notice.toml", "\nlocales = [\"en\"]", "\nlocales = [\"en\", \"ms\"]")
	s.run(january20, "release", "terms", "--effective", "2026-02-01", "--yes")
	s.run(january20, "build", "--as-of", "2026-01-25")
	p := s.page("/ms/terms/")
	p.list(".fallback p", "Versi 5 Januari 2026 tidak disediakan dalam Bahasa Malaysia; teksnya dipaparkan dalam bahasa Inggeris.",
		"Mulai versi 1 Februari 2026, notis ini disediakan dalam Bahasa Malaysia.")
	p.has(`.fallback a[href="/ms/terms/2026-02-01/"]`, "1 Februari 2026")
	s.page("/ms/terms/2026-02-01/").hasNo(".fallback")
	s.run(january20, "build", "--as-of", "2026-02-01")
	s.page("/ms/terms/").hasNo(".fallback")
}
