package live

import (
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// portTries is how many ports are tried from the wished one on.
const portTries = 100

// listen opens the address or, where its port is taken, the next free port.
func listen(addr netip.AddrPort) (net.Listener, error) {
	var first error
	for n := range portTries {
		port := int(addr.Port()) + n
		if port > 65535 {
			break
		}
		listener, err := net.Listen("tcp", netip.AddrPortFrom(addr.Addr(), uint16(port)).String())
		if err == nil {
			return listener, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, &Error{Addr: addr.String(), Text: "the preview cannot be opened here", Hint: "choose another port, or an address of this machine", Err: first}
}

// parseAddr reads an address with a port. One that other machines can reach is
// refused unless they may.
func parseAddr(addr string, public bool) (netip.AddrPort, error) {
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	host, port, err := net.SplitHostPort(addr)
	number, errPort := strconv.ParseUint(port, 10, 16)
	if err != nil || errPort != nil {
		return netip.AddrPort{}, &Error{Addr: addr, Text: "this is not an address with a port", Hint: "write it like 127.0.0.1:1313"}
	}
	if host == "" || strings.EqualFold(host, "localhost") {
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(host)
	switch {
	case err != nil && public:
		return netip.AddrPort{}, &Error{Addr: addr, Text: "this is not an address of a machine in numbers", Hint: "write it like 192.168.1.20, or 0.0.0.0 for all networks of this machine"}
	case !public && (err != nil || !ip.IsLoopback()):
		return netip.AddrPort{}, &Error{
			Addr: addr, Text: "the preview shows drafts, so it is for this machine only",
			Hint: "use 127.0.0.1, and publish a build to show the site to others",
		}
	}
	return netip.AddrPortFrom(ip, uint16(number)), nil
}

// names returns what a server at an address is called by those who may ask
// it, each with the port, those of this machine first. Names that a stranger
// could point here (DNS rebinding) are not among them.
func names(at netip.AddrPort) []string {
	hosts := []string{}
	switch ip := at.Addr(); {
	case ip.IsLoopback():
		if ip.Is4() && ip != netip.AddrFrom4([4]byte{127, 0, 0, 1}) {
			hosts = append(hosts, ip.String())
		}
		hosts = append(hosts, "127.0.0.1", "localhost", "[::1]")
	case ip.IsUnspecified():
		hosts = append(append(hosts, "127.0.0.1", "localhost", "[::1]"), ownNames()...)
		for _, other := range ownAddresses() {
			hosts = append(hosts, bracketed(other))
		}
	default:
		hosts = append(append(hosts, bracketed(ip)), ownNames()...)
	}
	var out []string
	for _, host := range hosts {
		if at.Port() == 80 {
			out = append(out, host)
		}
		out = append(out, host+":"+strconv.Itoa(int(at.Port())))
	}
	return out
}

// bracketed is an address as it stands in a URL.
func bracketed(ip netip.Addr) string {
	if ip.Is4() {
		return ip.String()
	}
	return "[" + ip.WithZone("").String() + "]"
}

// ownNames returns what this machine calls itself in its network.
func ownNames() []string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return nil
	}
	if strings.Contains(name, ".") {
		return []string{name}
	}
	return []string{name, name + ".local"}
}

// ownAddresses returns this machine's addresses in its networks.
func ownAddresses() []netip.Addr {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil // then it answers to names only
	}
	var out []netip.Addr
	for _, a := range all {
		if prefix, err := netip.ParsePrefix(a.String()); err == nil && !prefix.Addr().IsLoopback() && !prefix.Addr().IsLinkLocalUnicast() {
			out = append(out, prefix.Addr().Unmap())
		}
	}
	return out
}

// urls returns what to open for an address: first for this machine, then
// for others, if it is open to them.
func urls(at netip.AddrPort, base string) []string {
	hosts := []string{bracketed(at.Addr())}
	if at.Addr().IsUnspecified() {
		hosts = []string{"127.0.0.1"}
		for _, other := range ownAddresses() {
			if other.Is4() {
				hosts = append(hosts, other.String())
			}
		}
	}
	port := strconv.Itoa(int(at.Port()))
	for i, host := range hosts {
		hosts[i] = "http://" + host + ":" + port + base
	}
	return hosts
}
