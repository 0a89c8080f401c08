package notice

import (
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/plain"
)

// OldAddress is where a page of the notice stood before the notice came to Placard. What is served there is the version
// itself: a redirect that needs no host and no script would lose the fragment.
type OldAddress struct {
	// Address is below the base URL, as those of links are: "/privacy/20200814-privacy/", "/legal/privacy.html".
	Address fields.Text
	// Version is the one that is served; not set, it is the one in force.
	Version fields.Text
	// Locale is the language of the page; not set, it is the source locale.
	Locale fields.Text
}

// LocaleOr returns the language of the page, in a notice of the given source locale.
func (o OldAddress) LocaleOr(source string) string {
	if o.Locale.Set() {
		return o.Locale.Value
	}
	return source
}

// OldFragment is what stood behind the "#" of links to a clause before, as browsers look for it: "a,b", not "a%2Cb".
type OldFragment struct{ Fragment, Anchor fields.Text }

// MaxOldSegment is how many letters a part of an old address or an old fragment may have. Files have names of at most
// 255 bytes, and ".html" and what hosts add to them needs room.
const MaxOldSegment = 200

// maxOldAddress is how many letters an old address may have: object stores take keys of 1,024 bytes.
const maxOldAddress = 800

// MaxOldAddresses is how many old addresses may lead to one version. Each is a whole page, and the pages of one version are
// made together: 200 of a notice of 20,000 words take a build to 280 MiB.
const MaxOldAddresses = 200

var (
	// A part neither begins nor ends with a dot: some hosts hide such files, some systems drop the dot.
	oldAddressForm = regexp.MustCompile(`^(/[A-Za-z0-9_~-]([A-Za-z0-9._~-]*[A-Za-z0-9_~-])?)+(/|\.(?i:html?))$`)
	// The file of a folder's page: as a name of its own it would be in the way.
	indexName = regexp.MustCompile(`(?i)^index\.html?$`)
)

// IsOldAddress reports whether any static host can serve a page at the address: a folder, or a file of HTML.
func IsOldAddress(address string) bool {
	if len(address) > maxOldAddress || !oldAddressForm.MatchString(address) {
		return false
	}
	for segment := range strings.SplitSeq(address, "/") {
		if len(segment) > MaxOldSegment || indexName.MatchString(segment) {
			return false
		}
	}
	return true
}

// nearOldAddress returns the old address that was probably meant, or nothing.
func nearOldAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.RawQuery != "" { // a host serves one page for all that stands behind "?"
		return ""
	}
	near := "/" + strings.TrimPrefix(u.Path, "/")
	if dir, name := path.Split(near); indexName.MatchString(name) {
		near = dir
	}
	for _, a := range []string{near, near + "/"} { // "/a.php" is what hosts without a file of that name answer with "/a.php/"
		if IsOldAddress(a) {
			return a
		}
	}
	return ""
}

// IsOldFragment reports whether the text can be the id of a target beside the anchors. Ids of page furniture begin with
// "_"; what is written as "%2C" in an address is looked for as ",".
func IsOldFragment(fragment string) bool {
	if fragment == "" || fragment[0] == '_' || fragment[0] == '#' || utf8.RuneCountInString(fragment) > MaxOldSegment {
		return false
	}
	for _, r := range fragment {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) || r == utf8.RuneError {
			return false
		}
	}
	decoded, err := url.PathUnescape(fragment)
	return err != nil || decoded == fragment
}

func nearOldFragment(fragment string) string {
	near := strings.TrimPrefix(strings.TrimSpace(fragment), "#")
	if decoded, err := url.PathUnescape(near); err == nil {
		near = decoded
	}
	if !IsOldFragment(near) {
		return ""
	}
	return near
}

func (f *Facts) loadOld(t *fields.Table) {
	for _, o := range t.Tables("old-address") {
		f.OldAddresses = append(f.OldAddresses, OldAddress{
			Address: o.Need("address"), Version: o.String("version"), Locale: o.String("locale"),
		})
	}
	for _, o := range t.Tables("old-fragment") {
		f.OldFragments = append(f.OldFragments, OldFragment{Fragment: o.Need("fragment"), Anchor: o.Need("anchor")})
	}
}

func (f *Facts) checkOld(findings *diag.Findings) {
	var taken plain.Paths[fields.Text]
	leading := map[string]int{} // how many lead to a version, by its name; to the one in force, by none
	for _, o := range f.OldAddresses {
		if leading[o.Version.Value]++; leading[o.Version.Value] == MaxOldAddresses+1 {
			findings.Add(o.Address.At, "old-addresses-too-many", diag.Args{"Version": o.Version.Value, "Limit": MaxOldAddresses})
		}
		if o.Version.Set() && !IsVersionName(o.Version.Value) {
			findings.Add(o.Version.At, "version-name", fields.DateArgs(o.Version.Value))
		}
		if o.Address.Value == "" {
			continue
		}
		if !IsOldAddress(o.Address.Value) {
			findings.Add(o.Address.At, "old-address-form", diag.Args{"Address": o.Address.Value, "Near": nearOldAddress(o.Address.Value)})
			continue
		}
		if first, clash := taken.Take(plain.FileOf(o.Address.Value), o.Address); clash != plain.NoClash {
			id := "old-address-folder"
			if clash == plain.Same {
				id = "old-address-twice"
			}
			findings.Add(o.Address.At, id, diag.Args{"Address": o.Address.Value, "Other": first.Value},
				diag.Related{ID: "related.first-use", At: first.At})
		}
	}
	seen := map[string]diag.Position{}
	for _, o := range f.OldFragments {
		if o.Fragment.Value == "" {
			continue
		}
		if !IsOldFragment(o.Fragment.Value) {
			findings.Add(o.Fragment.At, "old-fragment-form", diag.Args{"Fragment": o.Fragment.Value, "Near": nearOldFragment(o.Fragment.Value)})
		}
		if first, twice := seen[o.Fragment.Value]; twice {
			findings.Add(o.Fragment.At, "old-fragment-twice", diag.Args{"Fragment": o.Fragment.Value}, diag.Related{ID: "related.first-use", At: first})
		}
		seen[o.Fragment.Value] = o.Fragment.At
	}
}
