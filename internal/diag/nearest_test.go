package diag

import "testing"

func TestNearest(t *testing.T) {
	keys := []string{"authoritative-locales", "locales", "publisher", "source-locale", "time-zone", "title"}
	for _, tt := range []struct {
		name  string
		known []string
		want  string
	}{
		{"titel", keys, "title"},
		{"tilte", keys, "title"},
		{"Title", keys, "title"},
		{"titles", keys, "title"},
		{"publsher", keys, "publisher"},
		{"source_locale", keys, "source-locale"},
		{"timezone", keys, "time-zone"},
		{"sourceLocale", keys, "source-locale"},
		{"authoritative-locale", keys, "authoritative-locales"},
		{"locals", keys, "locales"},
		{"name", keys, ""},
		{"description", keys, ""},
		{"", keys, ""},
		{"title", []string{"title"}, ""},
		{"fr", []string{"ar", "en"}, ""},
		{"EN", []string{"ar", "en"}, "en"},
		{"cat", []string{"bat", "car"}, "bat"},
		{"cookie", []string{"cookies-and-ads", "cookies"}, "cookies"},
		{"bayarán", []string{"bayaran"}, "bayaran"},
		{"\xff\xfe\xfd", []string{"abc"}, ""},
	} {
		if got := Nearest(tt.name, tt.known); got != tt.want {
			t.Errorf("Nearest(%q, %q) = %q, want %q", tt.name, tt.known, got, tt.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"abc", "abd", 1},
		{"abc", "abcd", 1}, {"abcd", "bcd", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3},
	} {
		if got := distance([]rune(tt.a), []rune(tt.b)); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
