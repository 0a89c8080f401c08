package fields

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"placard/internal/diag"
)

var dateForm = regexp.MustCompile(`^([0-9]{4})-([0-9]{2})-([0-9]{2})$`)

// IsDate reports whether s is a day that exists, in the form YYYY-MM-DD.
func IsDate(s string) bool {
	if !dateForm.MatchString(s) {
		return false
	}
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// DaysAfter returns the day that many days after another one, or before it where they are less than 0; nothing for what is no date.
func DaysAfter(date string, days int) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

// DateArgs are what a finding says of a text that is no date: the text itself as Value; Days, how many the month has
// where only the day is wrong; Near, the day that was meant by another form, and Or, where two can be meant.
func DateArgs(s string) diag.Args {
	args := diag.Args{"Value": s, "Days": 0, "Near": "", "Or": ""}
	if m := dateForm.FindStringSubmatch(s); m != nil {
		if first, err := time.Parse(time.DateOnly, m[1]+"-"+m[2]+"-01"); err == nil {
			args["Days"] = first.AddDate(0, 1, -1).Day()
			return args
		}
	}
	switch meant := readings(s); len(meant) {
	case 1:
		args["Near"] = meant[0]
	case 2:
		args["Near"], args["Or"] = meant[0], meant[1]
	}
	return args
}

var (
	yearFirst = regexp.MustCompile(`^([0-9]{4})[-./ ]([0-9]{1,2})[-./ ]([0-9]{1,2})(?:[T ][0-9:.]+Z?)?$`)
	unbroken  = regexp.MustCompile(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	yearLast  = regexp.MustCompile(`^([0-9]{1,2})[-./ ]+([0-9]{1,2})[-./ ]+([0-9]{4})$`)
	dayWord   = regexp.MustCompile(`(?i)^([0-9]{1,2})(?:st|nd|rd|th|\.)? +([a-z]{3,9})\.?,? +([0-9]{4})$`)
	wordDay   = regexp.MustCompile(`(?i)^([a-z]{3,9})\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})$`)
)

// readings are the days that may be meant by s: none, one, or two where day and month can be taken for one another. A year
// of two digits is not guessed.
func readings(s string) []string {
	var days []string
	add := func(year, month, day string) {
		d, _ := strconv.Atoi(day)
		m, _ := strconv.Atoi(month)
		if date := fmt.Sprintf("%s-%02d-%02d", year, m, d); IsDate(date) && (len(days) == 0 || days[0] != date) {
			days = append(days, date)
		}
	}
	s = strings.TrimSpace(s)
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		if add(m[1], m[2], m[3]); len(days) == 0 {
			add(m[1], m[3], m[2])
		}
	}
	if m := unbroken.FindStringSubmatch(s); m != nil {
		add(m[1], m[2], m[3])
	}
	if m := yearLast.FindStringSubmatch(s); m != nil {
		add(m[3], m[2], m[1])
		add(m[3], m[1], m[2])
	}
	if m := dayWord.FindStringSubmatch(s); m != nil {
		add(m[3], monthNamed(m[2]), m[1])
	}
	if m := wordDay.FindStringSubmatch(s); m != nil {
		add(m[3], monthNamed(m[1]), m[2])
	}
	return days
}

// monthNamed returns the number of a month by its English name, or the first letters of it, three or more.
func monthNamed(name string) string {
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), strings.ToLower(name)) || strings.EqualFold(name, "sept") && m == time.September {
			return strconv.Itoa(int(m))
		}
	}
	return ""
}
