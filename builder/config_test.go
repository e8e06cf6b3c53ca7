package builder

import "testing"

func TestCleanBaseURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://x.example":               "https://x.example/",
		"https://x.example//":             "https://x.example/", // "//morning/" is another host
		"https://x.example//evil.example": "https://x.example/evil.example/",
		"https://x.example/a//b":          "https://x.example/a/b/",
		"https://x.example/a/../../b":     "https://x.example/b/",
		"https://x.example:8080/my site":  "https://x.example:8080/my%20site/",
		"https://кофе.рф":                 "https://xn--e1ajmy.xn--p1ai/",
		"http://[::1]:8080/":              "http://[::1]:8080/",
		"http://localhost:1313/?a=b#c":    "http://localhost:1313/",
		"https://<b>/":                    "",
		"https://exa\"mple.org/":          "",
		"javascript://x.example/":         "",
		"//x.example/":                    "",
	} {
		if got, ok := cleanBaseURL(in); got != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
