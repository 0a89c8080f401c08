package notice

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestOldAddressForm(t *testing.T) {
	long := strings.Repeat("a", MaxOldSegment)
	for _, address := range []string{
		"/a/", "/a.html", "/a.htm", "/privacy/20200814-privacy/", "/legal/privacy.html", "/Legal_Terms~1/P.S/2.0/", "/a..b/", "/privacy.php/",
		"/A.HTML", "/a.Htm", "/en/a/", "/a.html/b/", "/-/", "/" + long + "/", "/index/", "/index.php/a.html",
	} {
		if !IsOldAddress(address) {
			t.Errorf("%s is refused", address)
		}
	}
	for _, tt := range [][2]string{ // what was probably meant
		{"", ""},
		{"/", ""},
		{"//", ""},
		{"a/", "/a/"},
		{"/a", "/a/"},
		{"/a.php", "/a.php/"},
		{"/a/index.html", "/a/"},
		{"/a/Index.HTM", "/a/"},
		{"/index.html", ""},
		{"/a/index.html/b/", ""},
		{"https://example.com/legal/privacy", "/legal/privacy/"},
		{"/privacy.html#contact", "/privacy.html"},
		{"/privacy.html?lang=en", ""},
		{" /a/ ", "/a/"},
		{"/a//b/", ""},
		{"/./a/", ""},
		{"/../a/", ""},
		{"/a/../b/", ""},
		{"/.placard/", ""},
		{"/.well-known/a.html", ""},
		{"/a./", ""},
		{"/a.b./c.html", ""},
		{"/.html", ""},
		{"/a b/", ""},
		{"/a%20b/", ""},
		{`/a\b/`, ""},
		{"/a:b/", ""},
		{"/über/", ""},
		{"/a/\n", "/a/"},
		{"/" + long + "a/", ""},
		{strings.Repeat("/"+long, 5) + "/", ""},
	} {
		if IsOldAddress(tt[0]) {
			t.Errorf("%q is taken", tt[0])
		}
		if near := nearOldAddress(tt[0]); near != tt[1] {
			t.Errorf("for %q, %q is suggested, not %q", tt[0], near, tt[1])
		}
	}
}

func TestOldFragmentForm(t *testing.T) {
	for _, fragment := range []string{
		"contacts.2c_notices.2c_and_revisions", "Contact", "a,b", "1", "a#b", "%", "100%", "%zz", "é", "通知", "a/b?c=d", `"'<>&`,
	} {
		if !IsOldFragment(fragment) {
			t.Errorf("%s is refused", fragment)
		}
	}
	for _, tt := range [][2]string{
		{"", ""},
		{"#contact", "contact"},
		{"_contact", ""},
		{"a%2Cb", "a,b"},
		{"a%20b", ""},
		{"%5Fa", ""},
		{"a b", ""},
		{" a", "a"},
		{"a\tb", ""},
		{"a\u00a0b", ""},
		{"a\x00b", ""},
		{"a\u202eb", ""},
		{"a\ufffdb", ""},
		{strings.Repeat("é", MaxOldSegment+1), ""},
	} {
		if IsOldFragment(tt[0]) {
			t.Errorf("%q is taken", tt[0])
		}
		if near := nearOldFragment(tt[0]); near != tt[1] {
			t.Errorf("for %q, %q is suggested, not %q", tt[0], near, tt[1])
		}
	}
}

func TestOldInFacts(t *testing.T) {
	var many [MaxOldAddresses]string
	for i := range many {
		many[i] = fmt.Sprintf("[[old-address]]\naddress = '/%d/'\n", i)
	}
	for _, tt := range []struct {
		name, facts string
		want        []string
	}{
		{"good", "[[old-address]]\naddress = '/a/'\n[[old-address]]\naddress = '/b.html'\nversion = '2020-01-01.2'\nlocale = 'ms'\n[[old-fragment]]\nfragment = 'B'\nanchor = 'one'\n", nil},
		{"keys", "[[old-address]]\nadress = '/a/'\n[[old-fragment]]\nfragment = 'B'\n", []string{"6:3 key-missing", "7:1 key-unknown", "8:3 key-missing"}},
		{"empty", "[[old-address]]\naddress = ''\nversion = ''\n[[old-fragment]]\nfragment = ''\nanchor = ''\n",
			[]string{"7:11 key-empty", "8:11 version-name", "10:12 key-empty", "11:10 key-empty"}},
		{"forms", "[[old-address]]\naddress = '/a'\nversion = '2020-02-30'\n[[old-fragment]]\nfragment = '_B'\nanchor = 'one'\n",
			[]string{"7:11 old-address-form", "8:11 version-name", "10:12 old-fragment-form"}},
		{"twice", "[[old-address]]\naddress = '/a/b/'\n[[old-address]]\naddress = '/A/b/'\n[[old-fragment]]\nfragment = 'B'\nanchor = 'one'\n[[old-fragment]]\nfragment = 'B'\nanchor = 'one'\n[[old-fragment]]\nfragment = 'b'\nanchor = 'one'\n",
			[]string{"9:11 old-address-twice", "14:12 old-fragment-twice"}},
		{"a page and what lies below it", "[[old-address]]\naddress = '/a.html/b/'\n[[old-address]]\naddress = '/a.html'\n[[old-address]]\naddress = '/A.HTML/c.html'\n", []string{"9:11 old-address-folder"}},
		{"as many as may be", strings.Join(many[:], ""), nil},
		{"one more", strings.Join(many[:], "") + "[[old-address]]\naddress = '/x/'\n[[old-address]]\naddress = '/y/'\nversion = '2020-01-01'\n",
			[]string{fmt.Sprintf("%d:11 old-addresses-too-many", 5+2*MaxOldAddresses+2)}},
		{"one more of a version", strings.ReplaceAll(strings.Join(many[:], ""), "'\n", "'\nversion = '2020-01-01'\n") + "[[old-address]]\naddress = '/x/'\nversion = '2020-01-01'\n",
			[]string{fmt.Sprintf("%d:11 old-addresses-too-many", 5+3*MaxOldAddresses+2)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			facts := "publisher = 'P'\ntime-zone = 'UTC'\nsource-locale = 'en'\nauthoritative-locales = ['en']\nlocales = ['en']\n" + tt.facts
			_, findings := loadFacts("n", func(string, int) ([]byte, error) { return []byte(facts), nil }, nil)
			findings.Sort()
			var got []string
			for _, f := range findings {
				got = append(got, strings.TrimPrefix(f.At.String(), "n/notice.toml:")+" "+f.ID)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}
