package gallery

// Licenses are the outbound licences an author can choose, by SPDX
// identifier, with the address of each one's text. The list holds those made
// for works other than software; a licence of one's own is LicenseRef-….
var Licenses = map[string]string{
	"CC0-1.0":         "https://creativecommons.org/publicdomain/zero/1.0/",
	"CC-BY-4.0":       "https://creativecommons.org/licenses/by/4.0/",
	"CC-BY-SA-4.0":    "https://creativecommons.org/licenses/by-sa/4.0/",
	"CC-BY-NC-4.0":    "https://creativecommons.org/licenses/by-nc/4.0/",
	"CC-BY-ND-4.0":    "https://creativecommons.org/licenses/by-nd/4.0/",
	"CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
	"CC-BY-NC-ND-4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
	"CC-BY-3.0":       "https://creativecommons.org/licenses/by/3.0/",
	"CC-BY-SA-3.0":    "https://creativecommons.org/licenses/by-sa/3.0/",
	"CC-PDDC":         "https://creativecommons.org/licenses/publicdomain/",
	"LAL-1.3":         "https://artlibre.org/licence/lal/en/",
	"OFL-1.1":         "https://openfontlicense.org/",
}
