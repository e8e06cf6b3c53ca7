package builder

import (
	"testing"
	"time"

	"gallerist/builder/gallery"
)

// TestLedgerState: a permission ends at the very moment, and soon within thirty
// days; what review said of the piece does not matter, but that it is withdrawn.
func TestLedgerState(t *testing.T) {
	granted := func(left time.Duration) gallery.Grant {
		return gallery.Grant{Status: gallery.GrantGranted, Until: testNow.Add(left)}
	}
	for name, c := range map[string]struct {
		status gallery.Status
		grant  gallery.Grant
		want   LedgerState
		days   int
	}{
		"no end":          {gallery.Approved, gallery.Grant{Status: gallery.GrantGranted}, LedgerInForce, 0},
		"a second left":   {gallery.Approved, granted(time.Second), LedgerEndsSoon, 1},
		"over":            {gallery.Pending, granted(0), LedgerEnded, 0},
		"thirty days":     {gallery.Declined, granted(LedgerSoon), LedgerEndsSoon, 30},
		"and a moment":    {gallery.Approved, granted(LedgerSoon + 1), LedgerInForce, 31},
		"long over":       {gallery.Approved, granted(-LedgerSoon), LedgerEnded, 0},
		"said to be over": {gallery.Approved, gallery.Grant{Status: gallery.GrantExpired, Until: testNow.Add(LedgerSoon)}, LedgerEnded, 30},
		"asked":           {gallery.Approved, gallery.Grant{Status: gallery.GrantRequested}, LedgerMissing, 0},
		"not asked":       {gallery.Approved, gallery.Grant{Status: gallery.GrantNone}, LedgerMissing, 0},
		"no":              {gallery.Approved, gallery.Grant{Status: gallery.GrantDeclined}, LedgerRefused, 0},
		"taken back":      {gallery.Approved, gallery.Grant{Status: gallery.GrantRevoked}, LedgerRevoked, 0},
		"withdrawn":       {gallery.Withdrawn, granted(time.Hour), LedgerWithdrawn, 1},
	} {
		s := &gallery.Submission{Status: c.status, Grant: c.grant}
		if got := ledgerState(s, testNow); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if days := daysLeft(testNow, c.grant.Until); days != c.days && !c.grant.Until.IsZero() {
			t.Errorf("%s: %d days, want %d", name, days, c.days)
		}
	}
}
