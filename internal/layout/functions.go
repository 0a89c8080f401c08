package layout

import "strings"

// functions are those that layouts have: Hugo's and Go's. Namespaces, such as strings in strings.TrimPrefix, are functions too.
// A test of internal/site holds that they are those of Hugo.
var functions = strings.Fields(`
absLangURL absURL add after anchorize and append apply babel base64Decode base64Encode call cast chomp
collections compare complement cond countrunes countwords crypto css dateFormat debug default delimit diagrams
dict div duration emojify encoding eq errorf erroridf fileExists findRE findRESubmatch fingerprint first float
fmt ge getenv group gt hash hasPrefix hasSuffix highlight hmac html htmlEscape htmlUnescape hugo humanize i18n
imageConfig images in index inflect inner int intersect isSet isset js jsonify keyVals lang last le len lower
lt markdownify math md5 merge minify mod modBool mul ne newScratch not now openapi3 or os page partial
partialCached partials path plainify pluralize postCSS pow print printf println querify readDir readFile ref
reflect relLangURL relref relURL replace replaceRE resources return safe safeCSS safeHTML safeHTMLAttr safeJS
safeJSStr safeURL seq sha1 sha256 shuffle singularize site slice slicestr sort split string strings sub substr
symdiff T templates time title toCSS transform trim truncate try union uniq unmarshal upper urlize urlquery
urls warnf warnidf where xxhash
`)

// known is functions as a set.
var known = set(functions)

// Functions returns the names of the functions that layouts have.
func Functions() []string { return functions }

// spaces are the namespaces with functions that layouts may not use. They stand before a dot only, so that the function
// is seen.
var spaces = set(strings.Fields("collections css hugo js math os resources templates time"))

func set(names []string) map[string]bool {
	all := map[string]bool{}
	for _, name := range names {
		all[name] = true
	}
	return all
}

// refused are the functions that layouts may not use, each with the finding that says why.
var refused = refusals(map[string]string{
	"layout-environment": "getenv os.Getenv",
	"layout-disk":        "readFile os.ReadFile readDir os.ReadDir fileExists os.FileExists os.Stat",
	"layout-network":     "resources.GetRemote getJSON getCSV",
	"layout-clock":       "now time.Now debug.Timer",
	"layout-chance":      "shuffle collections.Shuffle math.Rand math.Counter",
	"layout-program":     "css.Sass css.PostCSS css.TailwindCSS toCSS postCSS babel js.Babel resources.ToCSS resources.PostCSS resources.Babel",
	"layout-unread":      "resources.ExecuteAsTemplate templates.Defer",
	"layout-shared":      "hugo.Store site.Store",
	"layout-pages":       "hugo.Sites hugo.Data ref relref urls.Ref urls.RelRef",
})

func refusals(byFinding map[string]string) map[string]string {
	all := map[string]string{}
	for id, names := range byFinding {
		for _, name := range strings.Fields(names) {
			all[name] = id
		}
	}
	return all
}

// hidden are fields of pages that lead to the pages that Hugo knows at that moment. Those are the pages that are made
// together in one run, which is not all there are, and not the same ones each time.
var hidden = set(strings.Fields(`
AllTranslations Ancestors CurrentSection FirstSection GetPage GetTerms Next NextInSection Pages Paginate Paginator Parent Prev
PrevInSection Ref RefFrom RegularPages RegularPagesRecursive RelRef RelRefFrom Sections Sites Translations
`))

// hiddenOfSite are those of site.
var hiddenOfSite = set(strings.Fields("AllPages GetPage Home Lastmod MainSections Menus Pages RegularPages Sections Sites Taxonomies"))

// empty are fields of Hugo's pages in which those of Placard have nothing, or what is not true of them.
var empty = set(strings.Fields(`
Aliases Date ExpiryDate File Fragments FuzzyWordCount GitInfo IsHome IsNode IsPage IsSection IsTranslated Keywords Kind Lastmod
PathInfo Plain PlainWords PublishDate RawContent ReadingTime SectionsPath Slug Summary TableOfContents TranslationKey Truncated WordCount
`))
