package builder

import (
	"strings"

	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// addHeaders adds _headers, which says what hosts that read it (Netlify,
// Cloudflare Pages) send along with each file.
func (r *Result) addHeaders(base string, httpsOnly bool) {
	r.Set.Add(made("_headers", configFile, "text/plain", func() ([]byte, error) { return []byte(headers(base, httpsOnly)), nil }))
}

// headers is that file. What a page may load and run is the site's own; files
// whose names follow their content are kept for ever. Of pages it says nothing
// about keeping: both hosts have browsers ask for them again as it is
// (max-age=0, must-revalidate), and where two rules have one header for a file
// they send both, so one for all files would spoil the others.
func headers(base string, httpsOnly bool) string {
	const forEver = "  Cache-Control: public, max-age=31536000, immutable\n"
	all := []string{
		"Content-Security-Policy: default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self'; " +
			"media-src 'self'; script-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
		"Cross-Origin-Opener-Policy: same-origin",
		"Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
		"Referrer-Policy: strict-origin-when-cross-origin",
		"X-Content-Type-Options: nosniff",
	}
	if httpsOnly {
		all = append(all, "Strict-Transport-Security: max-age=31536000")
	}
	return base + "*\n  " + strings.Join(all, "\n  ") + "\n" +
		base + "*.ics\n  Content-Type: text/calendar; charset=utf-8\n" +
		base + "m/*\n" + forEver + base + "assets/*\n" + forEver
}

// readHTTPSOnly reads whether browsers are to ask for the site by https alone
// from then on (RFC 6797), which nobody can take back for a year.
func readHTTPSOnly(t *strict.Table, baseURL string, probs *problem.List) bool {
	only := t.Bool("https_only")
	if only && !strings.HasPrefix(strings.ToLower(baseURL), "https://") {
		probs.Errorf(t.Pos("https_only"), `write base_url = "https://…" once the site can be reached by https; until then take this line away`,
			"https_only, but base_url is %q", baseURL)
		return false
	}
	return only
}
