package codes

import (
	_ "embed"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the zones must not depend on the machine having them

	"placard/internal/diag"
)

// zoneNames are those of the IANA data base of time zones, its older names among them, one a line, sorted.
//
//go:embed zones.txt
var zoneNames string

func zones() []string { return strings.Fields(zoneNames) }

// Zone returns the time zone of a name, as the IANA data base writes it, whatever the machine knows.
func Zone(name string) (*time.Location, bool) {
	if !slices.Contains(zones(), name) {
		return nil, false
	}
	zone, err := time.LoadLocation(name)
	return zone, err == nil
}

// NearestZone returns the name that was meant by one that is none: written in other letters, with its city misspelt, in
// another part of the world, or without it; or nothing.
func NearestZone(name string) string {
	area, city, ok := strings.Cut(name, "/")
	if !ok {
		area, city = "", name
	}
	var cities, of, near, ofNear []string // near are those of the same part of the world
	for _, z := range zones() {
		if strings.EqualFold(z, name) {
			return z
		}
		in, c, ok := strings.Cut(z, "/")
		if !ok || in == "Etc" {
			continue
		}
		cities, of = append(cities, c[strings.LastIndexByte(c, '/')+1:]), append(of, z)
		if strings.EqualFold(in, area) {
			near, ofNear = append(near, c), append(ofNear, z)
		}
	}
	if i := slices.Index(near, diag.Nearest(city, near)); i >= 0 {
		return ofNear[i]
	}
	city = city[strings.LastIndexByte(city, '/')+1:]
	plain := strings.NewReplacer("_", " ", "-", " ").Replace
	if i := slices.IndexFunc(cities, func(c string) bool { return strings.EqualFold(plain(c), plain(city)) }); i >= 0 {
		return of[i]
	}
	if i := slices.Index(cities, diag.Nearest(city, cities)); i >= 0 && len(city) > 4 {
		return of[i]
	}
	return ""
}
