package notice

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"placard/internal/fields"
)

var slugForm = regexp.MustCompile(`^[a-z]([a-z0-9-]*[a-z0-9])?$`)

// reserved are the first parts of addresses, and the folders of versions/, that are not those of notices; every locale is reserved too.
var reserved = []string{"versions", "compare", "assets", "css", "index", "keys", "signatures"}

// IsSlug reports whether s may name a notice.
func IsSlug(s string) bool {
	return slugForm.MatchString(s) && !slices.Contains(reserved, s)
}

var versionForm = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.([1-9][0-9]{0,3}))?$`)

// IsVersionName reports whether s names a version: its effective date, and ".2" or higher for a later version of the
// same date.
func IsVersionName(s string) bool {
	m := versionForm.FindStringSubmatch(s)
	return m != nil && fields.IsDate(m[1]) && m[2] != "1"
}

// Effective returns the effective date in the name of a version.
func Effective(version string) string {
	date, _, _ := strings.Cut(version, ".")
	return date
}

var supplementForm = regexp.MustCompile(`^(.+)-s([1-9][0-9]{0,3})$`)

// Supplement returns the version and the number in the name of a supplement, "2021-02-09-s1"; false for any other name.
func Supplement(s string) (version string, number int, ok bool) {
	m := supplementForm.FindStringSubmatch(s)
	if m == nil || !IsVersionName(m[1]) {
		return "", 0, false
	}
	number, err := strconv.Atoi(m[2])
	return m[1], number, err == nil
}

// ReadingName names what a version says with its first supplements: "2021-02-09-s1", as the last of them, or "2021-02-09-s0"
// as it was sealed first.
func ReadingName(version string, supplements int) string {
	return version + "-s" + strconv.Itoa(supplements)
}

// CompareVersions orders names of versions by date, then by number.
func CompareVersions(a, b string) int {
	ma, mb := versionForm.FindStringSubmatch(a), versionForm.FindStringSubmatch(b)
	if ma == nil || mb == nil {
		return strings.Compare(a, b)
	}
	na, _ := strconv.Atoi(ma[2])
	nb, _ := strconv.Atoi(mb[2])
	return cmp.Or(strings.Compare(ma[1], mb[1]), cmp.Compare(na, nb))
}
