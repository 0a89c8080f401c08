package cli

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// A testSite is a site in a folder of its own, on which commands run in this process.
type testSite struct {
	t   *testing.T
	dir string
}

func newSite(t *testing.T) *testSite {
	t.Helper()
	s := &testSite{t, t.TempDir()}
	if err := os.CopyFS(s.dir, os.DirFS("testdata/site")); err != nil {
		t.Fatal(err)
	}
	return s
}

// run runs a command at a moment, seconds since 1970 as SOURCE_DATE_EPOCH has it.
func (s *testSite) run(epoch string, args ...string) {
	s.t.Helper()
	s.t.Setenv("SOURCE_DATE_EPOCH", epoch)
	if args[0] == "release" {
		Accept(s.t, s.dir)
	}
	if code, said := s.try(args...); code != exitGood {
		s.t.Fatalf("placard %s: exit code %d\n%s", strings.Join(args, " "), code, said)
	}
}

// try runs a command and returns its exit code and all that it printed.
func (s *testSite) try(args ...string) (int, string) {
	var out bytes.Buffer
	p := &program{
		defaults: os.DirFS("../.."), in: bufio.NewReader(strings.NewReader("")), out: &out, err: &out,
		epoch: os.Getenv("SOURCE_DATE_EPOCH"), keygen: "ssh-keygen",
	}
	return p.run(append(args, "--dir", s.dir)), out.String()
}

func (s *testSite) read(name string) string {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}

// edit replaces text in a file of the site; every pair of old and new must be there.
func (s *testSite) edit(name string, pairs ...string) {
	s.t.Helper()
	text := s.read(name)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			s.t.Fatalf("%s has no %q", name, pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	s.write(name, text)
}

func (s *testSite) write(name, text string) {
	s.t.Helper()
	file := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// A htmlPage is a built page, to be asked by meaning.
type htmlPage struct {
	t       *testing.T
	address string
	root    *html.Node
}

func (s *testSite) page(address string) *htmlPage {
	s.t.Helper()
	f, err := os.Open(filepath.Join(s.dir, "public", filepath.FromSlash(address), "index.html"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	root, err := html.Parse(f)
	if err != nil {
		s.t.Fatal(err)
	}
	return &htmlPage{s.t, address, root}
}

func (p *htmlPage) all(selector string) []*html.Node {
	p.t.Helper()
	match, err := cascadia.ParseGroup(selector)
	if err != nil {
		p.t.Fatal(err)
	}
	return cascadia.QueryAll(p.root, match)
}

func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// has fails unless exactly one element matches and its words contain want.
func (p *htmlPage) has(selector, want string) {
	p.t.Helper()
	found := p.all(selector)
	if len(found) != 1 {
		p.t.Errorf("%s: %d elements match %s, want 1", p.address, len(found), selector)
		return
	}
	if got := words(found[0]); !strings.Contains(got, want) {
		p.t.Errorf("%s: %s says %q, want %q", p.address, selector, got, want)
	}
}

func (p *htmlPage) hasNo(selector string) {
	p.t.Helper()
	if found := p.all(selector); len(found) > 0 {
		p.t.Errorf("%s: %d elements match %s, want none", p.address, len(found), selector)
	}
}

// list fails unless the words of the matching elements are want, in order.
func (p *htmlPage) list(selector string, want ...string) {
	p.t.Helper()
	var got []string
	for _, n := range p.all(selector) {
		got = append(got, words(n))
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		p.t.Errorf("%s: %s says %q, want %q", p.address, selector, got, want)
	}
}

// The days of the test, at noon in UTC.
const (
	january2  = "1767355200" // 2026-01-02
	january20 = "1768910400" // 2026-01-20
)

// history is a site with a superseded, an announced and a current version, seen on 15 February 2026.
func history(t *testing.T) *testSite {
	s := newSite(t)
	s.run(january2, "release", "terms", "--effective", "2026-01-05", "--yes")
	s.edit("content/terms/index.en.md", "any lawful purpose", "every lawful purpose", "## Payment {#payment}", "## Prices {#prices}",
		"(#payment)", "(#prices)", "### Accounts {#accounts}\n\n1. Keep your password to yourself.\n2. Tell us when it is lost:\n   - by e-mail,\n   - or by telephone.\n\n", "")
	s.edit("content/terms/index.ms.md", "## Bayaran {#payment}", "## Harga {#prices .missing}", "(#payment)", "(#prices)",
		"### Akaun {#accounts}\n\n1. Rahsiakan kata laluan anda.\n2. Beritahu kami apabila kata laluan hilang:\n   - melalui e-mel,\n   - atau melalui telefon.\n\n", "",
		"| Pelan | Harga |\n| --- | ---: |\n| Kecil | 10 |\n| Besar | 20 |\n\nHarga adalah dalam ringgit.[^cukai]\n\n[^cukai]: Tidak termasuk cukai.\n\n", "")
	s.edit("content/terms/notice.toml", "[[appendix]]", "translation-policy = \"allow-missing\"\n\n[[appendix]]", `["BR"]`, `["BR", "US-CA", "EEA"]`)
	s.write("content/terms/notice.toml", s.read("content/terms/notice.toml")+"\n[[moved]]\nfrom = \"payment\"\nto = \"prices\"\n\n[[retired]]\nanchor = \"accounts\"\nlast-version = \"2026-01-05\"\n")
	s.write("content/terms/changes.en.md", "---\nsummary: Prices & accounts are new.\n---\n\n- [Prices](#prices): renamed.\n")
	s.write("content/terms/changes.ms.md", "---\nsummary: Harga dan akaun baharu.\n---\n")
	s.run(january20, "release", "terms", "--effective", "2026-02-01", "--yes")
	s.edit("content/terms/index.en.md", "Further terms", "Other terms")
	s.edit("content/terms/changes.en.md", "Prices & accounts", "Places")
	s.edit("content/terms/changes.ms.md", "Harga dan akaun", "Tempat")
	s.edit("content/terms/index.ms.md", "Terma selanjutnya", "Terma lain")
	s.run(january20, "release", "terms", "--effective", "2026-03-01", "--yes")
	s.run(january20, "build", "--as-of", "2026-02-15")
	return s
}

func TestVersionPage(t *testing.T) {
	s := history(t)
	p := s.page("/terms/")
	p.has("h1", "Terms of Service")
	p.has("html[lang=en][dir=ltr] title", "Terms of Service")
	p.has(".state", "In force from February 1, 2026 until February 28, 2026. The version of March 1, 2026 follows.")
	p.list(".state time", "February 1, 2026", "February 28, 2026", "March 1, 2026")
	p.has(`.state a[href="/terms/2026-03-01/"] time[datetime="2026-03-01"]`, "March 1, 2026")
	p.has(`.facts time[datetime="2026-01-20"]`, "January 20, 2026")
	p.has(`.facts a[href="/terms/2026-02-01/"]`, "https://example.com/terms/2026-02-01/")
	p.has(`.facts a[href="/versions/terms/2026-02-01/SHA256SUMS"]`, "")
	p.has(`.facts a[href="/terms/versions/"]`, "All versions")
	p.has(".prevails", "this text prevails")
	p.has(".changes", "Prices & accounts are new.")
	p.has(`.changes li a[href="#prices"]`, "Prices")
	p.has(".preamble", "These terms hold for everybody")

	// Contents, sections and their permanent links.
	p.list("nav.contents a", "1 Using the service", "2 Prices", "3 Certain places", "A Brazil", "A.1 How to withdraw")
	p.list(".section-number", "1", "2", "3", "A", "A.1")
	p.has(`section#use h2`, "Using the service")
	p.has(`section#places > section#brazil h3`, "Brazil")
	p.has(`section#brazil > section#brazil-withdraw h4`, "How to withdraw")
	p.has(`section#brazil .appendix-for`, "For people in: Brazil, California, European Economic Area")
	p.has(`section#use a.section-link[href="/terms/2026-02-01/#use"]`, "§")
	p.has(`#use .text a[href="/versions/terms/2026-02-01/files/form.csv"]`, "the form")
	p.list("#prices th[scope=col]", "Plan", "Price")
	p.has("#prices .notes li", "Without tax.")

	// Anchors of the version before.
	p.has("section#prices > #payment", "")
	p.has(`li#accounts a[href="/terms/2026-01-05/#accounts"]`, "January 5, 2026")
	p.has(`.neighbours a[href="/terms/2026-01-05/"]`, "January 5, 2026")
	p.has(`.neighbours a[href="/terms/2026-03-01/"]`, "March 1, 2026")

	// Languages.
	p.has(`.languages a[lang=ms][hreflang=ms][href="/ms/terms/"]`, "Bahasa Malaysia")
	p.has(`.languages [lang=en][aria-current]`, "English")
	p.has(`link[rel=alternate][hreflang=ms][href="https://example.com/ms/terms/"]`, "")
	p.has(`link[rel=alternate][hreflang=x-default][href="https://example.com/terms/"]`, "")
	p.has(`link[rel=canonical][href="https://example.com/terms/"]`, "")
	p.hasNo("meta[name=robots]")
	p.hasNo(`script:not([src]):not([type="application/ld+json"])`)
	p.has(`head script[defer][src^="/assets/cite.min."][integrity^="sha256-"]`, "")
	p.has(`template[data-address="https://example.com/terms/2026-02-01/"][data-language="English"] [data-line=section]`, "Terms of Service, version 2026-02-01, section , “” (), effective February 1, 2026:")
	p.hasNo(`[src^="http"]`)
	p.has(`link[rel=stylesheet][integrity^="sha256-"]`, "")
}

func TestTranslatedPage(t *testing.T) {
	s := history(t)
	p := s.page("/ms/terms/2026-02-01/")
	p.has("html[lang=ms][dir=ltr] h1", "Terma Perkhidmatan")
	p.has(".state", "Berkuat kuasa dari 1 Februari 2026 hingga 28 Februari 2026")
	p.has(`.prevails a[href="/terms/2026-02-01/"]`, "Inggeris")
	p.has("section#use h2", "Menggunakan perkhidmatan")
	p.has(`section#use a[href="#prices"]`, "bayaran")

	// The missing section shows the source, labelled, with its own language.
	p.has(`section#prices[lang=en][dir=ltr] h2`, "Prices")
	p.has(`section#prices .section-missing[lang=ms][dir=ltr]`, "")
	p.has("section#prices .table[lang=ms][dir=ltr] > table[lang=en][dir=ltr]", "Small")
	p.has(`#prices .notes li#_note-en--1`, "Without tax.")
	p.has(`.neighbours a[href="/ms/terms/2026-03-01/"]`, "1 Mac 2026")
}

// What is translated below a section that is not, is in the language of the page.
func TestTranslatedBelowMissing(t *testing.T) {
	s := newSite(t)
	s.edit("content/terms/notice.toml", "[[appendix]]", "translation-policy = \"allow-missing\"\n\n[[appendix]]")
	s.edit("content/terms/index.ms.md", "## Tempat tertentu {#places}\n\nTerma selanjutnya terpakai di tempat tertentu.", "## Tempat tertentu {#places .missing}")
	s.run(january2, "release", "terms", "--effective", "2026-01-05", "--yes")
	s.run(january2, "build", "--as-of", "2026-02-15")
	p := s.page("/ms/terms/")
	p.has("section#places[lang=en][dir=ltr] > .section-head a.section-link[lang=ms][dir=ltr]", "§")
	p.has("section#places > section#brazil[lang=ms][dir=ltr] h3", "Brazil")
	p.hasNo("section#brazil-withdraw[lang]") // it has that of the appendix
	p.hasNo("section#use[lang]")
}

func TestSupersededAndScheduledPages(t *testing.T) {
	s := history(t)
	old := s.page("/terms/2026-01-05/")
	old.has(".state.state-superseded", "Replaced. In force from January 5, 2026 until January 31, 2026; the version of February 1, 2026 replaced it.")
	old.has(`.state a[href="/terms/"]`, "current version")
	old.has("section#accounts h3", "Accounts")
	old.has(`link[rel=canonical][href="https://example.com/terms/2026-01-05/"]`, "")
	old.has("meta[name=robots][content=noindex]", "")
	old.hasNo(`a[href*="2026-03-01"]`) // an archived page names no later version but the next
	next := s.page("/terms/2026-03-01/")
	next.has(".state.state-scheduled", "Announced on January 20, 2026. Applies from March 1, 2026; until then the version of February 1, 2026 applies.")
	next.has("section#places", "Other terms hold")
	next.has(`link[rel=canonical][href="https://example.com/terms/2026-03-01/"]`, "")
	next.hasNo("meta[name=robots]")
	s.page("/terms/2026-02-01/").has(`link[rel=canonical][href="https://example.com/terms/"]`, "")
	if list := s.read("public/sitemap-terms.xml"); strings.Contains(list, "/terms/2026-01-05/") || !strings.Contains(list, "<loc>https://example.com/ms/terms/2026-03-01/</loc>") {
		t.Errorf("the sitemap is to have the announced version and not the superseded one:\n%s", list)
	}

	// A site may want all of them to be found.
	s.write("config.toml", s.read("config.toml")+"\n[params.placard]\nindex-archived-versions = true\n")
	s.run(january20, "build", "--as-of", "2026-02-15")
	s.page("/terms/2026-01-05/").hasNo("meta[name=robots]")
	if list := s.read("public/sitemap-terms.xml"); !strings.Contains(list, "<loc>https://example.com/terms/2026-01-05/</loc>") {
		t.Errorf("the sitemap lacks the superseded version:\n%s", list)
	}
}

func TestOverviewPages(t *testing.T) {
	s := history(t)
	list := s.page("/ms/terms/versions/")
	list.has(`.title-notice a[lang=ms][dir=ltr][href="/ms/terms/"]`, "Terma Perkhidmatan")
	list.list(".entry h2 time", "1 Mac 2026", "1 Februari 2026", "5 Januari 2026")
	list.list(".entry .state", "Berkuat kuasa mulai 1 Mac 2026.", "Berkuat kuasa dari 1 Februari 2026 hingga 28 Februari 2026.", "Berkuat kuasa dari 5 Januari 2026 hingga 31 Januari 2026.")
	list.has(`.entry a[href="/ms/terms/2026-01-05/"] time[datetime="2026-01-05"]`, "5 Januari 2026")
	list.has(`.entry a[href="/versions/terms/2026-01-05/SHA256SUMS"]`, "")
	if text := words(list.root); !strings.Contains(text, "Harga dan akaun baharu.") {
		t.Errorf("the list of versions lacks the summary: %s", text)
	}
	home := s.page("/")
	home.has(`h2 a[href="/terms/"]`, "Terms of Service")
	home.has(`.entry a[href="/terms/versions/"]`, "All versions")
	home.has(".entry", "What you may expect of us, and we of you.")
	home.has(`link[rel=canonical][href="https://example.com/"]`, "")
	home.has(`link[rel=alternate][hreflang=x-default][href="https://example.com/"]`, "")
	list.has(`link[rel=alternate][hreflang=x-default][href="https://example.com/terms/versions/"]`, "")
	s.page("/ms/").has("h1", "Notis contoh")
}

// The list of versions says of each day which version applied, and which one was shown then.
func TestDays(t *testing.T) {
	s := history(t)
	list := s.page("/ms/terms/versions/")
	list.list(".days tbody th", "Mulai 1 Mac 2026", "1 Februari 2026 hingga 28 Februari 2026", "5 Januari 2026 hingga 31 Januari 2026", "Hingga 4 Januari 2026")
	list.list(".days tbody td", "1 Mac 2026Seperti yang diumumkan pada 20 Januari 2026.", "1 Februari 2026", "5 Januari 2026", "Belum ada")
	list.has(`.days tr[data-from="2026-02-01"][data-to="2026-02-28"][data-code=applied] a[href="/ms/terms/2026-02-01/"]`, "")
	list.has(`.days tr[data-code=before][data-to="2026-01-04"]`, "")
	list.has(`.days [data-zone]`, "Asia/Kuala_Lumpur")
	list.hasNo("[data-otherwise]")
	list.has(".days-ask[hidden] input[type=date]", "")
	list.hasNo(".page-versions template [data-answer=ended]")

	s.edit("content/terms/index.en.md", "Other terms", "More terms")
	s.edit("content/terms/index.ms.md", "Terma lain", "Terma tambahan")
	s.edit("content/terms/changes.en.md", "Places", "More places")
	s.edit("content/terms/changes.ms.md", "Tempat", "Tempat tambahan")
	s.run("1773576000", "release", "terms", "--effective", "2026-03-05", "--retroactive", "A court decided so.", "--yes") // 15 March 2026
	s.run("1773576000", "withdraw", "terms", "--from", "2026-04-01", "--yes")
	s.run("1773576000", "build")
	list = s.page("/terms/versions/")
	list.has(`.days tr[data-otherwise][data-from="2026-03-05"][data-to="2026-03-14"] td > p:first-child`, "March 5, 2026")
	list.has(`.days tr[data-otherwise] [data-shown] a[href="/terms/2026-03-01/"]`, "March 1, 2026")
	list.has(`.days tr[data-code=ended][data-from="2026-04-01"] td`, "None: the notice has ended by then")
	list.has(`.days template [data-answer=ended]`, "the last day of the notice is March 31, 2026")
}

// A notice in one language has no switcher, says nothing of translations, and stands in the lists of the others with
// its own language marked.
func TestOneLanguage(t *testing.T) {
	s := newSite(t)
	s.write("content/rules/notice.toml", "publisher = \"P\"\ntime-zone = \"UTC\"\nsource-locale = \"en\"\nauthoritative-locales = [\"en\"]\nlocales = [\"en\"]\n")
	s.write("content/rules/index.en.md", "---\ntitle: House rules\ndescription: What holds in the house.\n---\n\n## First {#first}\n\nSee the [terms](/terms/#use).\n")
	s.edit("content/terms/index.ms.md", "Lihat", "Lihat [peraturan](/rules/#first) dan")
	s.edit("content/terms/index.en.md", "See [payment]", "See the [rules](/rules/#first) and [payment]")
	s.run(january2, "release", "terms", "--effective", "2026-01-05", "--yes")
	s.run(january2, "release", "rules", "--effective", "2026-01-05", "--yes")
	s.run(january2, "build", "--as-of", "2026-02-15")
	p := s.page("/rules/")
	p.hasNo(".languages li")
	p.hasNo(".prevails")
	p.has(`#first a[href="/terms/#use"]`, "terms")
	s.page("/ms/terms/").has(`#use a[href="/rules/#first"]`, "peraturan")
	s.page("/ms/").has(`.entry [lang=en] a[href="/rules/"]`, "House rules")
	s.page("/ms/").list(".entry .entry-facts", "BahasaInggeris")
	s.page("/").hasNo(".entry-facts")
	if _, err := os.Stat(filepath.Join(s.dir, "public/ms/rules")); err == nil {
		t.Error("a page was made in a language that the notice has not")
	}
}

// Every word of a text is on its page, in order.
func TestNoWordIsLost(t *testing.T) {
	s := newSite(t)
	s.run(january2, "release", "terms", "--effective", "2026-01-05", "--yes")
	s.run(january2, "build", "--as-of", "2026-02-15")
	page := words(s.page("/ms/terms/").root)
	for _, word := range []string{"Terma ini terpakai bagi semua orang", "Rahsiakan kata laluan anda.", "melalui e-mel,", "Kecil", "20",
		"Harga adalah dalam ringgit.", "Tidak termasuk cukai.", "tempoh tujuh hari.", "Tulis kepada kami."} {
		_, rest, found := strings.Cut(page, word)
		if !found {
			t.Fatalf("%q is not on the page, or not in its order", word)
		}
		page = rest
	}
}

// Footnotes are printed wherever a text refers to them: before the first section, in what changed, and in a section that
// is not translated although an earlier one, which is, refers to the same note. Every link in the page has its target.
func TestFootnotesAreOnThePage(t *testing.T) {
	s := newSite(t)
	s.edit("content/terms/notice.toml", "[[appendix]]", "translation-policy = \"allow-missing\"\n\n[[appendix]]")
	s.edit("content/terms/index.en.md", "uses the service.", "uses the service.[^all]", "any lawful purpose.", "any lawful purpose.[^tax]", "password to yourself.", "password to yourself.[^tax]",
		"[^tax]: Without tax.", "[^tax]: Without tax.\n\n[^all]: Guests too.")
	s.edit("content/terms/index.ms.md", "{#payment}", "{#payment .missing}", "| Pelan | Harga |\n| --- | ---: |\n| Kecil | 10 |\n| Besar | 20 |\n\n", "",
		"Harga adalah dalam ringgit.[^cukai]\n\n[^cukai]: Tidak termasuk cukai.\n\n", "")
	s.write("content/terms/changes.en.md", "---\nsummary: First.\n---\n\nAll of it.[^it]\n\n[^it]: Every word.\n")
	s.run(january2, "release", "terms", "--effective", "2026-01-05", "--yes")
	s.run(january2, "build", "--as-of", "2026-02-15")
	english, malay := s.page("/terms/"), s.page("/ms/terms/")
	english.has(".preamble .notes li", "Guests too.")
	english.has(".changes .notes li", "Every word.")
	english.has("#use .notes li", "Without tax.")
	english.has("#use > .notes li", "Without tax.") // where it is first referred to, not in the subsection
	english.hasNo("#payment .notes li")
	malay.has("#payment .notes li", "Without tax.")
	for _, p := range []*htmlPage{english, malay} {
		ids := map[string]bool{}
		for _, n := range p.all("[id]") {
			for _, a := range n.Attr {
				if a.Key == "id" && ids[a.Val] {
					t.Errorf("%s: the id %s stands twice", p.address, a.Val)
				} else if a.Key == "id" {
					ids[a.Val] = true
				}
			}
		}
		for _, n := range p.all(`a[href^="#"]`) {
			for _, a := range n.Attr {
				if a.Key == "href" && !ids[a.Val[1:]] {
					t.Errorf("%s: %s leads nowhere", p.address, a.Val)
				}
			}
		}
	}
}
