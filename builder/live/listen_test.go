package live

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestParseAddr(t *testing.T) {
	for addr, want := range map[string]struct{ own, public string }{
		"localhost:80":     {"127.0.0.1:80", "127.0.0.1:80"},
		":1313":            {"127.0.0.1:1313", "127.0.0.1:1313"},
		"":                 {"127.0.0.1:0", "127.0.0.1:0"},
		"[::1]:1313":       {"[::1]:1313", "[::1]:1313"},
		"127.0.0.1:0":      {"127.0.0.1:0", "127.0.0.1:0"},
		"0.0.0.0:1313":     {"", "0.0.0.0:1313"},
		"192.168.1.2:80":   {"", "192.168.1.2:80"},
		"[::]:80":          {"", "[::]:80"},
		"example.org:80":   {"", ""},
		"127.0.0.1":        {"", ""},
		"1313":             {"", ""},
		"127.0.0.1:x":      {"", ""},
		"127.0.0.1:-1":     {"", ""},
		"127.0.0.1:123456": {"", ""},
	} {
		for public, want := range map[bool]string{false: want.own, true: want.public} {
			got, err := parseAddr(addr, public)
			var told *Error
			if want == "" && (!errors.As(err, &told) || told.Hint == "") || want != "" && (err != nil || got.String() != want) {
				t.Errorf("%q, public %v: %v, %v, want %q", addr, public, got, err, want)
			}
		}
	}
}

// TestRefusals holds what is said of addresses that cannot be used.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		addr   string
		public bool
		want   string
	}{
		{"1313", false, "1313: this is not an address with a port"},
		{"0.0.0.0:80", false, "0.0.0.0:80: the preview shows drafts, so it is for this machine only"},
		{"example.org:80", true, "example.org:80: this is not an address of a machine in numbers"},
	} {
		if _, err := parseAddr(c.addr, c.public); err == nil || err.Error() != c.want {
			t.Errorf("%q: %v, want %s", c.addr, err, c.want)
		}
	}
}

func TestListen(t *testing.T) {
	first, err := listen(netip.MustParseAddrPort("127.0.0.1:0"))
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	taken := first.Addr().(*net.TCPAddr).AddrPort()
	second, err := listen(taken)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if second.Addr().(*net.TCPAddr).Port <= int(taken.Port()) {
		t.Errorf("%s is taken, so a later port is to be opened, not %s", taken, second.Addr())
	}
	var told *Error
	if _, err := listen(netip.MustParseAddrPort("192.0.2.1:65535")); !errors.As(err, &told) || told.Hint == "" || told.Err == nil || !strings.Contains(err.Error(), "the preview cannot be opened here") {
		t.Errorf("an address of nobody (RFC 5737): %v", err)
	}
}

// TestNames holds who may ask: the address itself and this machine's names,
// each with the port.
func TestNames(t *testing.T) {
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]struct{ yes, no []string }{
		"127.0.0.1:1313": {[]string{"127.0.0.1:1313", "localhost:1313", "[::1]:1313"}, []string{host + ":1313", "127.0.0.1", "localhost"}},
		"127.0.0.9:1313": {[]string{"127.0.0.9:1313", "localhost:1313"}, []string{host + ":1313"}},
		"127.0.0.1:80":   {[]string{"127.0.0.1", "localhost:80"}, nil},
		"192.0.2.1:1313": {[]string{"192.0.2.1:1313", host + ":1313"}, []string{"localhost:1313", "127.0.0.1:1313", "192.0.2.1"}},
		"0.0.0.0:1313":   {[]string{"127.0.0.1:1313", "localhost:1313", host + ":1313"}, []string{"0.0.0.0:1313"}},
		"[::]:1313":      {[]string{"127.0.0.1:1313", "[::1]:1313", host + ":1313"}, []string{"[::]:1313"}},
	} {
		got := names(netip.MustParseAddrPort(at))
		for _, name := range want.yes {
			if !slices.Contains(got, name) {
				t.Errorf("%s: %q is not among %q", at, name, got)
			}
		}
		for _, name := range want.no {
			if slices.Contains(got, name) {
				t.Errorf("%s: %q is among %q", at, name, got)
			}
		}
	}
}

func TestURLs(t *testing.T) {
	for at, want := range map[string]string{
		"127.0.0.1:1313": "http://127.0.0.1:1313/shop/",
		"[::1]:80":       "http://[::1]:80/shop/",
		"192.0.2.1:1313": "http://192.0.2.1:1313/shop/",
		"0.0.0.0:1313":   "http://127.0.0.1:1313/shop/",
		"[::]:1313":      "http://127.0.0.1:1313/shop/",
	} {
		got := urls(netip.MustParseAddrPort(at), "/shop/")
		if got[0] != want {
			t.Errorf("%s is opened as %s", at, got[0])
		}
		for _, url := range got[1:] {
			if !strings.HasSuffix(url, ":1313/shop/") || strings.Contains(url, "127.0.0.1") {
				t.Errorf("%s is reached from elsewhere as %s", at, url)
			}
		}
	}
}
