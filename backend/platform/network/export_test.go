package network

import "net/http"

// Through has the calls of a door answered by base.
func (d *Door) Through(base http.RoundTripper) *Door {
	d.base = base
	return d
}
