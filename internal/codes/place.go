package codes

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"placard/internal/diag"
)

var (
	countryForm     = regexp.MustCompile(`^[A-Z]{2}$`)
	subdivisionForm = regexp.MustCompile(`^([A-Z]{2})-[A-Z0-9]{1,3}$`)
	groupForm       = regexp.MustCompile(`^(EU|[A-Z]{3,12})$`)
)

// IsCountry reports whether code is an ISO 3166-1 alpha-2 code of a country.
func IsCountry(code string) bool {
	if !countryForm.MatchString(code) {
		return false
	}
	region, err := language.ParseRegion(code)
	return err == nil && region.IsCountry() && region.Canonicalize() == region
}

// IsJurisdiction reports whether code is an ISO 3166-1 alpha-2 code, has the form of an ISO 3166-2 code of such a
// country, or that of the name of a group. Whether a subdivision or group exists is told by its having a name among the
// messages.
func IsJurisdiction(code string) bool {
	if m := subdivisionForm.FindStringSubmatch(code); m != nil {
		return IsCountry(m[1])
	}
	return IsCountry(code) || groupForm.MatchString(code)
}

// groups are those that have names in Placard itself.
var groups = []string{"EEA", "EU"}

// meant are codes that people write and that the standards do not know, or know otherwise.
var meant = map[string]string{
	"EL": "GR", // Greece, in texts of the European Union
	"UK": "GB",
	"EN": "GB", "ENGLAND": "GB", "GREAT BRITAIN": "GB", "BRITAIN": "GB",
	"AMERICA": "US", "USA": "US",
	"UE": "EU", "EUROPE": "EU", "EUROPEAN UNION": "EU",
	"EWR": "EEA", "EEE": "EEA", "EUROPEAN ECONOMIC AREA": "EEA", "EU/EEA": "EEA", "EEA/EU": "EEA",
	"CALIFORNIA": "US-CA",
}

// NearestJurisdiction returns the code that was meant by one that is none, or that has no name: the same in another form,
// a code of three letters, the name of a country in English, one that is often written; or nothing.
func NearestJurisdiction(code string) string {
	plain := strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(code), ".", ""))
	if to, ok := meant[plain]; ok {
		return to
	}
	if strings.ReplaceAll(plain, "_", "-") != code {
		if form := strings.ReplaceAll(plain, "_", "-"); IsCountry(form) || subdivisionForm.MatchString(form) && IsJurisdiction(form) {
			return form
		}
	}
	for _, g := range groups {
		if g == plain && g != code {
			return g
		}
	}
	if region, err := language.ParseRegion(plain); err == nil {
		if c := region.Canonicalize().String(); c != code && IsCountry(c) { // "BRA", and codes that were given up
			return c
		}
	}
	if len(plain) < 4 {
		return ""
	}
	var names, codes []string
	english := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if c := string(a) + string(b); IsCountry(c) {
				names, codes = append(names, english.Name(language.MustParseRegion(c))), append(codes, c)
			}
		}
	}
	near := diag.Nearest(code, names)
	i := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, code) || name != "" && name == near })
	if i < 0 {
		return ""
	}
	return codes[i]
}
