package importer

import (
	"testing"
	"time"
)

// TestStamp: dates as forms and sheets of several countries write them.
func TestStamp(t *testing.T) {
	moscow, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{
		// Google Forms' own download.
		"2026/09/27 3:00:00 PM GMT+3":            "2026-09-27T12:00:00Z",
		"2026/07/29 3:08:24 PM UTC+3":            "2026-07-29T12:08:24Z",
		"2025/11/19 11:10:50 p.m. GMT+0":         "2025-11-19T23:10:50Z",
		"2026/03/05 9:40:00 p. m. GMT-3":         "2026-03-06T00:40:00Z",
		"2026/03/05 9:40:00\u202fp.\u00a0m. GMT": "2026-03-05T21:40:00Z",
		"2026/01/02 12:00:00 AM GMT+5:30":        "2026-01-01T18:30:00Z",
		"2026/01/02 12:00:00 PM GMT+3":           "2026-01-02T09:00:00Z",
		"2026/01/02 9:05:06 пп GMT+2":            "2026-01-02T19:05:06Z",
		"2026/01/02 9:05:06 ÖS GMT+3":            "2026-01-02T18:05:06Z",
		"2026/01/02 下午9:05:06 GMT+8":             "2026-01-02T13:05:06Z",
		"٢٠٢٦/٠١/٠٢ ٩:٠٥:٠٦ م غرينتش":            "",
		"٢٠٢٦/٠١/٠٢ ٩:٠٥:٠٦ م GMT+2":             "2026-01-02T19:05:06Z",
		// Sheets.
		"8/31/2023 19:08:16":        "2023-08-31T16:08:16Z",
		"17/09/2026 14:30":          "2026-09-17T11:30:00Z",
		"2026-09-08 14:03:21":       "2026-09-08T11:03:21Z",
		"17.09.2026 14:30:05":       "2026-09-17T11:30:05Z",
		"17.09.26, 14:30":           "2026-09-17T11:30:00Z",
		"2026. 9. 17 오후 2:30:05":    "2026-09-17T11:30:05Z",
		"2026-09-08T14:03:21.000Z":  "2026-09-08T14:03:21Z",
		"2026-09-08T14:03:21+03:00": "2026-09-08T11:03:21Z",
		"2026-09-08":                "2026-09-07T21:00:00Z",
		"17.09.2026":                "2026-09-16T21:00:00Z",
		// No dates.
		"": "", "yesterday": "", "31/31/2026": "", "2026/02/30 10:00:00": "", "10/10/2026 25:00": "", "2026/09/27 3:00:00 foo GMT+3": "",
		"123-45-67": "", "2026/09/27 13:00:00 PM GMT+3": "", "1/2/3/4": "", "2026/13/01": "", "+7 999": "",
	} {
		st, ok := parseStamp(cell)
		got := ""
		if ok {
			order, _ := orderOf([]stamp{st})
			if at, ok := st.moment(order, moscow); ok {
				got = at.UTC().Format(time.RFC3339)
			}
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", cell, got, want)
		}
	}
}

// TestOrder: which of day and month comes first, told from the whole column.
func TestOrder(t *testing.T) {
	for _, c := range []struct {
		cells []string
		order string
		sure  bool
	}{
		{[]string{"5/10/2026", "13/10/2026"}, "dmy", true},
		{[]string{"5/10/2026", "10/13/2026"}, "mdy", true},
		{[]string{"5/10/2026", "6/11/2026"}, "", false},
		{[]string{"5/5/2026"}, "dmy", true},
		{[]string{"5.10.2026"}, "dmy", true},
		{[]string{"13/10/2026", "10/13/2026"}, "", true},
		{[]string{"2026-10-05"}, "dmy", true},
		{[]string{"31/11/2026"}, "", true},
	} {
		var list []stamp
		for _, cell := range c.cells {
			st, _ := parseStamp(cell)
			list = append(list, st)
		}
		if order, sure := orderOf(list); order != c.order || sure != c.sure {
			t.Errorf("%q: %q %v, want %q %v", c.cells, order, sure, c.order, c.sure)
		}
	}
}
