package page

// What the layouts read, as .Params. The JSON names are the contract with layouts/; docs/layouts.md lists them.
// Every address begins with a slash and includes the path of the base URL. HTML is finished; layouts print it as it
// is. Dates are days, YYYY-MM-DD, in the zone of the notice.

// Common is what every page has.
type Common struct {
	// Home is the address of the home page in the page's locale.
	Home string `json:"home"`
	// Languages are the page's translations, itself among them, in the order of the configuration. Empty where there
	// is only one.
	Languages []Language `json:"languages,omitempty"`
	// Canonical is the address that search engines are to keep for what the page says. Empty where there is none to
	// keep: on the page for addresses that do not exist.
	Canonical string `json:"canonical,omitempty"`
	// NoIndex asks search engines not to list the page.
	NoIndex bool `json:"noindex,omitempty"`
	// Alternates are the page's translations for search engines, itself among them. Empty where there is only one.
	Alternates []Alternate `json:"alternates,omitempty"`
	// Feed is the address of the feed in the page's locale: of a notice on its page and on the list of its versions, of all notices
	// on the home page.
	Feed string `json:"feed,omitempty"`

	modified string // the day for the sitemap; empty where none would be true
}

func (c Common) common() Common { return c }

// An Alternate is a page in one language.
type Alternate struct {
	Lang    string `json:"lang"` // BCP 47; "x-default" for readers of all other languages
	Address string `json:"address"`
}

// A Language is one choice of the language switcher.
type Language struct {
	Locale  string `json:"locale"`
	Lang    string `json:"lang"` // BCP 47
	Dir     string `json:"dir"`  // "ltr" or "rtl"
	Name    string `json:"name"` // its own name for itself
	Address string `json:"address"`
	Current bool   `json:"current,omitempty"`
	// Missing is whether the page in this language shows source text, with a Fallback.
	Missing bool `json:"missing,omitempty"`
}

// Home is the list of all notices: layout "notices".
type Home struct {
	Common
	Notices []NoticeEntry `json:"notices"`
}

// A NoticeEntry is one notice in a list.
type NoticeEntry struct {
	Slug        string `json:"slug"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	Lang        string `json:"lang"` // of title and description: the source locale's where the notice is not translated
	Dir         string `json:"dir"`
	// Language is that of Lang in the words of the page's language; empty for a notice in the page's language.
	Language string `json:"language,omitempty"`
	Address  string `json:"address"`
	Versions string `json:"versions"` // address of the list of versions
	// Hreflang is the language of the pages at both addresses; empty where it is this page's.
	Hreflang string `json:"hreflang,omitempty"`
	State    State  `json:"state"`
}

// NotFound is the page for addresses that do not exist: layout "notfound".
type NotFound struct{ Common }

// Versions is the list of all versions of a notice: layout "versions".
type Versions struct {
	Common
	Notice   NoticeRef      `json:"notice"`
	Versions []VersionEntry `json:"versions"` // the newest first
	// Sections is the address of the lives of all sections; empty where no version in the language applied or will.
	Sections string `json:"sections,omitempty"`
	// Compare is the address of the page on which any two versions are compared; empty where fewer than two have a text in the language.
	Compare string `json:"compare,omitempty"`
	// Days say which version applied on which day, the last days first: each day that there is stands in one of them.
	Days []Days `json:"days"`
	// Zone is the IANA time zone of the days; First the day from which the first version applies, empty where none ever did; Last
	// the last day of a notice that ends, and empty otherwise.
	Zone  string `json:"zone"`
	First string `json:"first,omitempty"`
	Last  string `json:"last,omitempty"`
	// Timemap is the address of the TimeMap of the notice, and Data that of the list of versions for programs.
	Timemap string `json:"timemap"`
	Data    string `json:"data"`
}

// Days are days in a row of which the same is to be said.
type Days struct {
	// From and To are the first and the last day. The earliest days have no From, and the last no To.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Code is "applied", "before" where no version applied yet, "ended" where none did any more, and "none" where none ever did.
	Code string `json:"code"`
	// Version is the one that applied, by all that is known; absent where none did.
	Version *VersionRef `json:"version,omitempty"`
	// Announced is the day on which it was published, of a version that does not apply yet; empty for all others.
	Announced string `json:"announced,omitempty"`
	// Otherwise is whether the site showed another version on those days, or none, by what was known then; Shown is that version, absent
	// where it showed none.
	Otherwise bool        `json:"otherwise,omitempty"`
	Shown     *VersionRef `json:"shown,omitempty"`
}

// A NoticeRef names a notice.
type NoticeRef struct {
	Slug    string `json:"slug"`
	Title   string `json:"title"`
	Lang    string `json:"lang"` // of the title: another than the page's where the notice is not translated
	Dir     string `json:"dir"`
	Address string `json:"address"`
}

// A VersionEntry is one version in the list of versions.
type VersionEntry struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	State   State  `json:"state"`
	// Redline is the address of what the version changed, word by word, in Lang; empty for the first version in that language.
	Redline string `json:"redline,omitempty"`
	// Summary is plain text in Lang; empty for a version that has none.
	Summary string `json:"summary,omitempty"`
	Lang    string `json:"lang"`
	Dir     string `json:"dir"`
	// Language is that of Lang in the words of the page's language; empty for a version in the page's language.
	Language string `json:"language,omitempty"`
	// Sealed is the address of the list of sealed files with their hashes.
	Sealed string `json:"sealed"`
}

// A State says where a version stands, at the moment of the build.
type State struct {
	// Code is "in-force", "scheduled", "superseded", "cancelled" or "withdrawn".
	Code      string `json:"code"`
	Effective string `json:"effective"`
	Published string `json:"published"`
	Zone      string `json:"zone"` // IANA time zone of both
	// Until is the last day in force, of a version that another one follows or with which the notice ends; empty otherwise.
	Until string `json:"until,omitempty"`
	// Next is the version that follows, also of one that is in force and has an announced successor.
	Next *VersionRef `json:"next,omitempty"`
	// Before is, for a scheduled version, the one that holds until then; nil for the first version.
	Before *VersionRef `json:"before,omitempty"`
	// Cancelled is there for a version that was announced and never applies.
	Cancelled *Cancelled `json:"cancelled,omitempty"`
	// Ends is there for a version with which the notice ends.
	Ends *Ends `json:"ends,omitempty"`
	// Now is the code of the version at the address of the notice; empty for that version itself.
	Now string `json:"now,omitempty"`
	// Retroactive is why the version applies from a day before it was published; absent where it does not.
	Retroactive *Quote `json:"retroactive,omitempty"`
	// Reconstructed is what was sealed later than it was published: the version, and what was added to it. Empty where nothing was.
	Reconstructed []Reconstructed `json:"reconstructed,omitempty"`
}

// Reconstructed says of what was published on a day why it was sealed on a later one.
type Reconstructed struct {
	Published string `json:"published"`
	Sealed    string `json:"sealed"`
	Reason    Quote  `json:"reason"`
}

// A Quote is words of the publisher, as plain text, in the source language of a version. Lang and Dir are empty where these are the page's.
type Quote struct {
	Text string `json:"text"`
	Lang string `json:"lang,omitempty"`
	Dir  string `json:"dir,omitempty"`
}

// Cancelled says that a version never applies.
type Cancelled struct {
	On     string `json:"on"` // the day on which that was published
	Reason Quote  `json:"reason"`
	// Instead is the version that takes its place; nil where none does. Postponed is whether it applies from a later day.
	Instead   *VersionRef `json:"instead,omitempty"`
	Postponed bool        `json:"postponed,omitempty"`
}

// Ends says that a notice ends.
type Ends struct {
	On     string `json:"on"`     // the day on which that was published
	From   string `json:"from"`   // the first day on which the notice does not apply
	Reason *Quote `json:"reason"` // nil where none was given
	// Successor is the notice to be read instead; nil where there is none.
	Successor *SectionRef `json:"successor,omitempty"`
}

// A VersionRef names a version by its effective date.
type VersionRef struct {
	Name      string `json:"name"`
	Effective string `json:"effective"`
	Address   string `json:"address"`
	// Lang is the language of the page at Address, and Language the same in the words of this page's language. Both are empty
	// where it is this page's language.
	Lang     string `json:"lang,omitempty"`
	Language string `json:"language,omitempty"`
}

// Version is one version in one locale: layout "version". It stands at the version's own address, and once more at
// the address of the notice while it is in force, and at each of its old addresses.
type Version struct {
	Common
	// Place is "current" at the address of the notice, "archive" at the version's own, "old" at one where it stood before it
	// came to Placard, and "reading" at that of what a text said before it was mended or corrected.
	Place  string    `json:"place"`
	Notice NoticeRef `json:"notice"`
	Name   string    `json:"name"`
	// Permanent is the version's own address.
	Permanent string `json:"permanent"`
	// Stays is, at an old address, the one to keep: the version's own, or that of the notice where the old address always
	// shows the version in force. Empty elsewhere.
	Stays string `json:"stays,omitempty"`
	// Aliases are old fragments whose clause this version never had; they are targets at the beginning of the page.
	Aliases   []string    `json:"aliases,omitempty"`
	State     State       `json:"state"`
	Publisher string      `json:"publisher"`
	Previous  *VersionRef `json:"previous,omitempty"`
	Next      *VersionRef `json:"next,omitempty"`
	Versions  string      `json:"versions"` // address of the list of versions
	Sealed    string      `json:"sealed"`   // address of the list of sealed files with their hashes
	// Forms are the addresses of the text as a file, beside the version's own or that of an earlier reading.
	Forms Forms `json:"forms"`
	// Linked is the data of schema.org, as JSON: to be printed in a <script type="application/ld+json"> as it is. Absent where the text
	// is not in the language of the page.
	Linked string `json:"linked,omitempty"`
	// Timemap is the address of the TimeMap of the notice, at that of the notice and at the version's own. Original is the address of the
	// notice, at the version's own if it ever stood there.
	Timemap  string `json:"timemap,omitempty"`
	Original string `json:"original,omitempty"`
	// Check is how the text is checked against its seal.
	Check Check `json:"check"`
	// Fallback is there where title, description, summary, changes, preamble and all sections are not in the language of
	// the page, since the version is not offered in it. It happens at the address of the notice, and at an old one that shows the same.
	Fallback *Fallback `json:"fallback,omitempty"`
	// Prevails says which locale prevails in law.
	Prevails Prevails `json:"prevails"`
	// Corrections are the errata of the version, the newest last: also on the pages of translations that needed none.
	Corrections []Correction `json:"corrections,omitempty"`
	// Reading says since when a text reads as it does. It is absent from a source text that was never corrected.
	Reading *Reading `json:"reading,omitempty"`
	// Source leads from a translation to the same page in the source locale.
	Source *LocaleRef `json:"source,omitempty"`
	// StartStale and ChangesStale are whether title, description and preamble, or summary and changes, were translated from
	// another source text than that of the version, as it was when the version was sealed.
	StartStale   bool `json:"startstale,omitempty"`
	ChangesStale bool `json:"changesstale,omitempty"`
	// Redline is the address of what the version changed, word by word; empty for the first version in the language of the text.
	Redline string `json:"redline,omitempty"`
	// Summary is plain text; Changes is HTML. Both are empty where the version says nothing of its changes.
	Summary string `json:"summary,omitempty"`
	Changes string `json:"changes,omitempty"`
	// Preamble is the HTML before the first section.
	Preamble string     `json:"preamble,omitempty"`
	Sections []*Section `json:"sections"`
	// Retired are sections that earlier versions had; each keeps its anchor here.
	Retired []Retired `json:"retired,omitempty"`
	// Coming are sections that announced versions add, at the address of the notice alone; each has its anchor here.
	Coming []Coming `json:"coming,omitempty"`
}

// Forms are the addresses of a text as one file. Data is for programs.
type Forms struct {
	Markdown string `json:"markdown"`
	Plain    string `json:"plain"`
	Data     string `json:"data"`
}

// A Check is what somebody needs to check a text against its seal.
type Check struct {
	// Seal is the SHA-256 of the list of the files that were sealed with the text, and Line that of LOG in which it stands.
	Seal string `json:"seal"`
	Line int    `json:"line"`
	Log  string `json:"log"` // address of LOG
	// Signed is the first signature of LOG that covers the line; nil where there is none.
	Signed *Signed `json:"signed,omitempty"`
	// Script is the address of the one that checks all sealed files, and Site that which it takes, both with the host.
	Script string `json:"script"`
	Site   string `json:"site"`
}

// Signed says who signed LOG up to a line.
type Signed struct {
	Line int    `json:"line"`
	Name string `json:"name"` // of the holder of the key, as LOG has it
	// Fingerprint is that of the key, as OpenSSH prints it: "SHA256:…".
	Fingerprint string `json:"fingerprint"`
}

// Fallback says what stands in place of a text in the page's language, and where there is one.
type Fallback struct {
	// Shown is the language of the text; it leads to the same page in that language.
	Shown LocaleRef `json:"shown"`
	// Last is the last earlier version in the page's language, and Since the one after it, from which on there was none
	// any more. Both are absent if there never was one.
	Last  *VersionRef `json:"last,omitempty"`
	Since *VersionRef `json:"since,omitempty"`
	// Next is the next announced version in the page's language.
	Next *VersionRef `json:"next,omitempty"`
}

// Prevails says which locales are authoritative.
type Prevails struct {
	// This is whether the locale of the page's text is one of them.
	This bool `json:"this"`
	// Others are the further authoritative locales, named in the page's language.
	Others []LocaleRef `json:"others"` // empty, never absent
	// Translated is whether the version has more than one locale at all.
	Translated bool `json:"translated"`
}

// A Correction is an erratum: what prevails was corrected, without changing its meaning.
type Correction struct {
	// Published is the day on which it was made public.
	Published string `json:"published"`
	Reason    Quote  `json:"reason"`
	// Before is what the text said until then: in the page's language if it was corrected in it, else in the source language.
	Before ReadingRef `json:"before"`
	// Redline is the address of what it changed, word by word, in the language of Before.
	Redline string `json:"redline"`
	// Sealed is the address of the list of the files that were sealed with it, with their hashes.
	Sealed string `json:"sealed"`
}

// A Reading says when a text was published, what it said before and what it says now.
type Reading struct {
	// Name is that of the supplement that brought it, "2021-02-09-s1"; of a text that was sealed with the version it
	// ends with "-s0".
	Name string `json:"name"`
	// Known is whether the rest of the page says it all: of the source text, and of a text that came with an erratum.
	Known bool `json:"known,omitempty"`
	// Published is the day on which the text was made public.
	Published string `json:"published"`
	// Late is whether that was done after the version was sealed.
	Late bool `json:"late,omitempty"`
	// Sealed is the address of the list of the files that were sealed with the text, with their hashes.
	Sealed string `json:"sealed"`
	// Before is what the text said until then; absent where there was none. Redline is the address of what changed, word by word.
	Before  *ReadingRef `json:"before,omitempty"`
	Redline string      `json:"redline,omitempty"`
	// After is what took its place, on the page of an earlier reading.
	After *ReadingRef `json:"after,omitempty"`
}

// A ReadingRef names a reading by the day on which it was published.
type ReadingRef struct {
	Published string `json:"published"`
	Address   string `json:"address"`
	// Lang is the language of the page at Address, and Language the same in the words of this page's language. Both are empty
	// where it is this page's language.
	Lang     string `json:"lang,omitempty"`
	Language string `json:"language,omitempty"`
}

// A LocaleRef names a language in the words of the page's, and leads to a page in it.
type LocaleRef struct {
	Name    string `json:"name"` // "Inggeris" on a Malay page
	Lang    string `json:"lang"` // of the page it leads to; the name itself is in the page's language
	Dir     string `json:"dir"`
	Address string `json:"address"`
}

// A Section is a section, a subsection, an appendix or a part of one. Contents lists are made from the same tree.
type Section struct {
	Anchor string `json:"anchor"`
	// Aliases are anchors that moved here, and old fragments that led here; each is a target of its own.
	Aliases []string `json:"aliases,omitempty"`
	Number  string   `json:"number"` // "3.2"; "A" for an appendix, "A.1" in it
	Level   int      `json:"level"`  // of its heading: 2 to 6
	Title   string   `json:"title"`  // the heading as plain text, for contents lists
	Heading string   `json:"heading"`
	Body    string   `json:"body,omitempty"`
	Notes   string   `json:"notes,omitempty"` // footnotes: an <ol>
	// Missing is whether the section is not translated: heading and body are then the source's, in Lang and Dir.
	Missing bool `json:"missing,omitempty"`
	// Stale is whether it was translated from another source text than that of the version, as it was when the version was sealed.
	Stale    bool       `json:"stale,omitempty"`
	Lang     string     `json:"lang,omitempty"` // only where it differs from the page's
	Dir      string     `json:"dir,omitempty"`
	Sections []*Section `json:"sections,omitempty"`
	// Appendices stand under the section, after its own text and subsections.
	Appendices []*Section `json:"appendices,omitempty"`
	// Jurisdictions are named in the page's language; only an appendix has them.
	Jurisdictions []Jurisdiction `json:"jurisdictions,omitempty"`
}

// A Jurisdiction is where an appendix holds.
type Jurisdiction struct {
	// Code is ISO 3166-1 alpha-2 ("BR"), ISO 3166-2 ("US-CA") or the name of a group ("EEA").
	Code string `json:"code"`
	// Name is empty where a message "jurisdiction_<code>" has it: for subdivisions and groups.
	Name string `json:"name,omitempty"`
}

// A SectionRef names a section, or a notice, and leads to it.
type SectionRef struct {
	Title   string `json:"title"` // plain text
	Lang    string `json:"lang"`  // of the title
	Dir     string `json:"dir"`
	Address string `json:"address"`
	// Hreflang is the language of the page at Address; empty where it is this page's.
	Hreflang string `json:"hreflang,omitempty"`
}

// Retired is a section that this version no longer has; the reference and that of its last version lead to its last text.
type Retired struct {
	SectionRef
	Anchor string `json:"anchor"`
	// Aliases are old fragments that led there; each is a target of its own.
	Aliases []string `json:"aliases,omitempty"`
	// Last is the last version that had it. Never is whether that one was cancelled, so that the section never applied.
	Last  VersionRef `json:"last"`
	Never bool       `json:"never,omitempty"`
	// Now is the notice of which it is part since, and leads to its place there; absent where it is part of none.
	Now *SectionRef `json:"now,omitempty"`
}

// Coming is a section that an announced version adds; the reference and that of the version lead to its text.
type Coming struct {
	SectionRef
	Anchor string `json:"anchor"`
	// Aliases are old fragments that led there; each is a target of its own.
	Aliases []string   `json:"aliases,omitempty"`
	Version VersionRef `json:"version"`
}

// Redline is what a version changed, or a translation or correction that was added to it: layout "redline".
type Redline struct {
	Common
	Notice NoticeRef `json:"notice"`
	// Kind is "version", "translation" or "erratum".
	Kind string `json:"kind"`
	// Name is that of the version or of what was added to it.
	Name string `json:"name"`
	// Newer and Older are the two texts.
	Newer ComparedRef `json:"newer"`
	Older ComparedRef `json:"older"`
	// Skips is whether a version between the two has no text in the language of the page.
	Skips bool  `json:"skips,omitempty"`
	State State `json:"state"` // of the version
	// Published is the day of what was added to a version, and Reason that of a correction; empty on the page of a version.
	Published string `json:"published,omitempty"`
	Reason    *Quote `json:"reason,omitempty"`
	// Summary is what the publisher says of the changes, as plain text; empty where it says nothing.
	Summary string `json:"summary,omitempty"`
	// Edited is whether one of the two texts was mended or corrected since it was published: both are compared as they read now.
	Edited bool `json:"edited,omitempty"`
	// Notes is whether a mended or corrected text says something else of what the version changed, which is no part of the text.
	Notes bool `json:"notes,omitempty"`
	// Inserted and Deleted count words.
	Inserted int `json:"inserted"`
	Deleted  int `json:"deleted"`
	// Lists are the sections by what happened to them; empty where nothing changed.
	Lists []RedlineList `json:"lists,omitempty"`
	// Runs are all sections, in the order of the newer text.
	Runs []RedlineRun `json:"runs"`
	// Retired are sections of other versions with which this one was compared before; each keeps its anchor here.
	Retired []Retired `json:"retired,omitempty"`
}

// A ComparedRef names a text that is compared with another one.
type ComparedRef struct {
	VersionRef
	// Published is the day on which the text was published; empty where it is named by its version.
	Published string `json:"published,omitempty"`
}

// A RedlineList is the sections to which the same happened.
type RedlineList struct {
	// Kind is "added", "removed", "changed", "renamed", "moved", "translated", "untranslated", "marked" or "stale".
	Kind     string       `json:"kind"`
	Sections []RedlineRef `json:"sections"`
}

// A RedlineRef names a section and leads to it on the same page.
type RedlineRef struct {
	Anchor        string         `json:"anchor"` // empty for the words before the first section
	Number        string         `json:"number,omitempty"`
	Title         string         `json:"title"`          // plain text
	Lang          string         `json:"lang,omitempty"` // as that of a RedlineSection
	Dir           string         `json:"dir,omitempty"`
	Jurisdictions []Jurisdiction `json:"jurisdictions,omitempty"`
}

// A RedlineRun is sections that follow one another, all of them with something to be said of them, or none.
type RedlineRun struct {
	// Same is whether nothing happened to them, and all are translated from the source text of the version.
	Same     bool             `json:"same,omitempty"`
	Sections []RedlineSection `json:"sections"`
}

// A RedlineSection is a section, an appendix or the words before the first section, without those below it.
type RedlineSection struct {
	// Kind is that of package redline: "same", "added", "removed", "changed", "marked", "translated", "untranslated", or "away" where a
	// section stood that moved.
	Kind  string `json:"kind"`
	Moved bool   `json:"moved,omitempty"`
	// Renamed is whether it has another heading, and Reworded whether other words differ.
	Renamed  bool   `json:"renamed,omitempty"`
	Reworded bool   `json:"reworded,omitempty"`
	Anchor   string `json:"anchor"` // empty for the words before the first section
	Number   string `json:"number,omitempty"`
	// Missing is whether the section is not translated in the newer text. Stale is there where it was translated from another source text
	// than that of the version; it leads to what changed in that, or else to the text itself.
	Missing bool       `json:"missing,omitempty"`
	Stale   *LocaleRef `json:"stale,omitempty"`
	// OldNumber is the number in the older text where it was another one.
	OldNumber string `json:"oldnumber,omitempty"`
	Level     int    `json:"level"`
	Title     string `json:"title"` // plain text
	// Lang and Dir are of title and heading, where the section is not translated.
	Lang string `json:"lang,omitempty"`
	Dir  string `json:"dir,omitempty"`
	// Heading and Body are HTML with <ins> and <del>.
	Heading       string         `json:"heading"`
	Body          string         `json:"body,omitempty"`
	Inserted      int            `json:"inserted,omitempty"`
	Deleted       int            `json:"deleted,omitempty"`
	Links         []RedlineLink  `json:"links,omitempty"`
	Jurisdictions []Jurisdiction `json:"jurisdictions,omitempty"` // of an appendix to which something happened
	// Into is the section to which links to one that was removed lead, and Now the notice of which that one is part since.
	Into *RedlineRef `json:"into,omitempty"`
	Now  *SectionRef `json:"now,omitempty"`
}

// A RedlineLink is the destination of a link, as its author wrote it, that only one of the two texts has.
type RedlineLink struct {
	Destination string `json:"destination"`
	Old         bool   `json:"old,omitempty"`
}

// Sections is what became of the sections of a notice, version by version: layout "sections".
type Sections struct {
	Common
	Notice   NoticeRef `json:"notice"`
	Versions string    `json:"versions"` // address of the list of versions
	// Lives are in the order in which the sections became known, so that each stays on its page.
	Lives []Life `json:"lives"`
	// Pages are all such pages of the notice, this one among them.
	Pages []PageRef `json:"pages"`
}

// A PageRef names a page of a list by its number, from 1.
type PageRef struct {
	Number  int    `json:"number"`
	Address string `json:"address"`
	Current bool   `json:"current,omitempty"`
}

// A Life is what became of one section.
type Life struct {
	Anchor string `json:"anchor"`
	// Aliases are anchors that it had before; each is a target of its own.
	Aliases []string `json:"aliases,omitempty"`
	Number  string   `json:"number"`         // in the last version that has it, and applies or did; else in the first that has it
	Title   string   `json:"title"`          // there, as plain text
	Lang    string   `json:"lang,omitempty"` // of the title, and Dir: where it is not translated
	Dir     string   `json:"dir,omitempty"`
	Address string   `json:"address"` // of the section there
	// Until is the version in force, or one that was, that removed it. Never is whether it was only ever announced.
	Until  *VersionRef `json:"until,omitempty"`
	Never  bool        `json:"never,omitempty"`
	Events []LifeEvent `json:"events"` // the oldest first
}

// A LifeEvent is a version, or something that was added to one, that changed a section.
type LifeEvent struct {
	// Kind is "first" in the first version, "first-here" in the first one in the language of the page, "never" in one that was announced and cancelled,
	// and else what happened to the section, as in a RedlineSection; "same" where it only moved.
	Kind     string     `json:"kind"`
	Moved    bool       `json:"moved,omitempty"`
	Renamed  bool       `json:"renamed,omitempty"`
	Reworded bool       `json:"reworded,omitempty"`
	Version  VersionRef `json:"version"`
	// Published is the day of what was added to the version; empty where it is the version itself.
	Published string `json:"published,omitempty"`
	// Announced is the day on which the version was published, where it does not apply yet; empty elsewhere.
	Announced string `json:"announced,omitempty"`
	// Address is where the change can be read.
	Address string `json:"address"`
}

// Compare is where readers choose two versions of a notice and see what differs: layout "compare". The texts are compared in the
// browser; without scripts the page leads to what each version changed.
type Compare struct {
	Common
	Notice NoticeRef `json:"notice"`
	// Versions are those that have a text in the language of the page, the newest first.
	Versions []ComparedVersion `json:"versions"`
	// From and To are the names of the two that are chosen at first; empty where there are not two.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	All  string `json:"all"` // address of the list of versions
	// Source is the same page in the source language; absent where that is the language of the page.
	Source *LocaleRef `json:"source,omitempty"`
	// Jurisdictions are all in which an appendix of one of the versions holds.
	Jurisdictions []Jurisdiction `json:"jurisdictions,omitempty"`
	// Away are sections that are part of other notices now.
	Away []MovedAway `json:"away,omitempty"`
}

// A ComparedVersion is one that can be chosen. Its notice.json lies beside its page.
type ComparedVersion struct {
	VersionRef
	State State `json:"state"`
	// Redline is the address of what it changed; empty for the first one in the language of the page.
	Redline string `json:"redline,omitempty"`
}

// MovedAway is a section that is part of another notice now, and leads to its place there.
type MovedAway struct {
	Anchor string     `json:"anchor"`
	Now    SectionRef `json:"now"`
}
