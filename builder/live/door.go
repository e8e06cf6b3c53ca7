package live

import (
	"net"
	"net/netip"
)

// Door is an open address with the names by which those who may ask call it.
type Door struct {
	net.Listener
	Hosts []string // what a Host header may say: "localhost:1313"
	URLs  []string // of the root, for this machine first
}

// OpenDoor opens a loopback address with a port, which stands for the next free
// one where it is taken, or any address where public allows that others reach it.
// The error is an *Error.
func OpenDoor(addr string, public bool) (*Door, error) {
	parsed, err := parseAddr(addr, public)
	if err != nil {
		return nil, err
	}
	listener, err := listen(parsed)
	if err != nil {
		return nil, err
	}
	at := netip.AddrPortFrom(parsed.Addr(), uint16(listener.Addr().(*net.TCPAddr).Port))
	return &Door{Listener: listener, Hosts: names(at), URLs: urls(at, "/")}, nil
}

// at returns the addresses of a path, which begins with a slash.
func (d *Door) at(path string) []string {
	list := make([]string, len(d.URLs))
	for i, root := range d.URLs {
		list[i] = root + path[1:]
	}
	return list
}
