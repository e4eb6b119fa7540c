package network

import (
	"cmp"
	"slices"
	"time"
)

// Contact is what was exchanged with one host for one purpose.
type Contact struct {
	Host     string // host, with a port that is not the usual one
	Purpose  string // "Amazon S3: bills of main account"
	Calls    int64  // also those that failed
	Sent     int64  // bytes of bodies
	Received int64
	First    time.Time
	Last     time.Time
}

type hostKey struct{ host, purpose string }

// record adds to what is known of a host.
func (d *Door) record(k hostKey, at time.Time, calls, sent, received int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.hosts[k]
	if c == nil {
		c = &Contact{Host: k.host, Purpose: k.purpose, First: at}
		d.hosts[k] = c
	}
	c.Last = at
	c.Calls += calls
	c.Sent += sent
	c.Received += received
}

// TakeContacts returns what was exchanged since the last time, by host and purpose.
func (d *Door) TakeContacts() []Contact {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := make([]Contact, 0, len(d.hosts))
	for _, c := range d.hosts {
		list = append(list, *c)
	}
	clear(d.hosts)
	slices.SortFunc(list, func(a, b Contact) int {
		return cmp.Or(cmp.Compare(a.Host, b.Host), cmp.Compare(a.Purpose, b.Purpose))
	})
	return list
}
