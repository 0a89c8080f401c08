package codes

import (
	"slices"
	"testing"
)

func TestLocales(t *testing.T) {
	for s, want := range map[string]bool{"en": true, "zh-hans": true, "pt-br": true, "EN": false, "en_us": false, "mx": false, "iw": false, "": false} {
		if got := IsLocale(s); got != want {
			t.Errorf("IsLocale(%q) = %v", s, got)
		}
	}
	some := []string{"en", "ms", "ar", "zh-hans"}
	for _, tt := range []struct {
		s     string
		known []string
		want  string
	}{
		{"mz", some, "ms"}, {"mx", some, "ms"}, {"sm", some, ""}, {"EN", some, "en"}, {"en_US", some, "en"}, {"en-gb", some, "en"},
		{"ms-my", some, "ms"}, {"zh_Hans", some, "zh-hans"}, {"zhhans", some, "zh-hans"}, {"english", some, "en"}, {"Malay", some, "ms"},
		{"fr", some, ""}, {"es", some, ""}, {"xx", some, ""}, {"us", some, "en"},
		{"jp", nil, "ja"}, {"cn", nil, "zh"}, {"iw", nil, "he"}, {"EN", nil, "en"}, {"en_GB", nil, "en-gb"}, {"pt_BR", nil, "pt-br"},
		{"Deutsch", nil, "de"}, {"german", nil, "de"}, {"klingonish", nil, ""}, {"", nil, ""},
		{"en", []string{"en"}, ""},
	} {
		if got := NearestLocale(tt.s, tt.known); got != tt.want {
			t.Errorf("NearestLocale(%q, %q) = %q, want %q", tt.s, tt.known, got, tt.want)
		}
	}
}

func TestJurisdictions(t *testing.T) {
	for s, want := range map[string]bool{
		"BR": true, "GB": true, "US-CA": true, "EU": true, "EEA": true, "UK": false, "EL": false, "br": false, "UK-ENG": false, "": false, "ZZ": false, "Brazil": false,
	} {
		if got := IsJurisdiction(s); got != want {
			t.Errorf("IsJurisdiction(%q) = %v", s, got)
		}
	}
	for s, want := range map[string]string{
		"UK": "GB", "uk": "GB", "EL": "GR", "br": "BR", "BRA": "BR", "USA": "US", "U.S.A.": "US", "U.K.": "GB", "us-ca": "US-CA", "US_CA": "US-CA",
		"eea": "EEA", "eu": "EU", "UE": "EU", "EWR": "EEA", "Brazil": "BR", "brazil": "BR", "Brasil": "BR", "Malaysia": "MY", "Germany": "DE",
		"California": "US-CA", "Great Britain": "GB", "United Kingdom": "GB", "ZZ": "", "XQ": "", "": "", "LATAM": "", "DEU": "DE", "BR": "",
	} {
		if got := NearestJurisdiction(s); got != want {
			t.Errorf("NearestJurisdiction(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestZones(t *testing.T) {
	all := zones()
	if !slices.IsSorted(all) || len(all) < 590 {
		t.Errorf("%d zones, in another order than sorted", len(all))
	}
	for _, name := range all {
		if zone, ok := Zone(name); !ok || zone.String() != name {
			t.Errorf("the zone %s cannot be loaded", name)
		}
	}
	for _, name := range []string{"Local", "", "asia/kuala_lumpur", "Asia/Kuala_Lumpor", "MYT", "../UTC"} {
		if _, ok := Zone(name); ok {
			t.Errorf("%q is a zone", name)
		}
	}
	for name, want := range map[string]string{
		"Asia/Kuala_Lumpor": "Asia/Kuala_Lumpur", "asia/kuala_lumpur": "Asia/Kuala_Lumpur", "Asia/Kuala Lumpur": "Asia/Kuala_Lumpur",
		"Kuala Lumpur": "Asia/Kuala_Lumpur", "Europe/Kuala_Lumpur": "Asia/Kuala_Lumpur", "Berlin": "Europe/Berlin", "Berln": "Europe/Berlin", "utc": "UTC",
		"New York": "America/New_York", "MYT": "", "Asia/Malacca": "", "": "", "Malaysian time": "",
	} {
		if got := NearestZone(name); got != want {
			t.Errorf("NearestZone(%q) = %q, want %q", name, got, want)
		}
	}
}
