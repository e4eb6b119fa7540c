package savings

import (
	"fmt"
	"math/big"
	"strings"

	"cloud-intelligence/backend/analysis/document"
)

const (
	high   = "high"
	medium = "medium"
	low    = "low"
)

// attachedDisk proves that a disk belongs to no machine.
func attachedDisk(t *trial) ruling {
	disk := t.thing(document.Disk, t.keys...)
	if disk == nil {
		return ruling{}
	}
	if len(disk.On) == 0 {
		switch disk.State {
		case "", "available", "unattached", "ready":
			return t.say(proven, high, "It is attached to no machine%s.", since(disk.Since))
		case "reserved", "attached", "in-use":
			return t.say(refuted, "", "Its state is %s: it has an owner.", disk.State)
		}
		return ruling{} // an upload, or a disk that is being made
	}
	m := t.thing(document.Machine, disk.On...)
	switch {
	case m == nil:
		return t.say(refuted, "", "It is attached to %s.", disk.On[0])
	case m.State == document.Running:
		return t.say(refuted, "", "It is attached to %s, which runs.", called(m))
	}
	return t.say(refuted, "", "It is attached to %s, whose state is %s.", called(m), m.State)
}

// diskOfStopped proves that a disk belongs to a machine that is stopped.
func diskOfStopped(t *trial) ruling {
	disk := t.thing(document.Disk, t.keys...)
	if disk == nil {
		return ruling{}
	}
	m := t.thing(document.Machine, disk.On...)
	switch {
	case m == nil:
		return ruling{outcome: unconcerned}
	case isStopped(m) && t.before(m):
		return t.say(proven, high, "It belongs to %s, which is %s%s.", called(m), m.State, since(m.Since))
	}
	return ruling{outcome: unconcerned}
}

// diskOfDeallocated proves that the machine of a disk has been deallocated.
func diskOfDeallocated(t *trial) ruling {
	disk := t.thing(document.Disk, t.keys...)
	if disk == nil {
		return ruling{}
	}
	m := t.thing(document.Machine, disk.On...)
	switch {
	case len(disk.On) == 0:
		return t.say(refuted, "", "It belongs to no machine; see Z-DSK-01.")
	case m == nil:
		return ruling{}
	case m.State == document.Deallocated:
		return t.say(proven, high, "It belongs to %s, which is deallocated and has no compute charges in the lookback.", called(m))
	}
	return t.say(refuted, "", "It belongs to %s, whose state is %s.", called(m), m.State)
}

func isStopped(m *document.Thing) bool {
	return m.State == document.Stopped || m.State == document.Deallocated || m.State == "terminated"
}

// before reports whether a machine has been in its state from before the lookback, as far as is known.
func (t *trial) before(m *document.Thing) bool { return m.Since == 0 || m.Since <= t.from }

// stoppedMachine proves that the machine, of which only volumes and addresses are left on the bill, is stopped.
func stoppedMachine(t *trial) ruling {
	name := t.byText(t.k.key)
	var found *document.Thing
	for _, m := range t.facts.Things(document.Machine) {
		if m.Name != name || m.Document().Provider != t.k.finding.Provider || !t.fresh(m.Document()) || (m.Account != "" && m.Account != t.k.finding.SubAccount) {
			continue
		}
		t.use(m.Document())
		if !isStopped(m) {
			return t.say(refuted, "", "%s is %s.", called(m), m.State)
		}
		found = m
	}
	if found == nil || !t.before(found) {
		return ruling{}
	}
	disks, addresses := t.facts.On(document.Disk, found.Key), t.facts.On(document.Address, found.Key)
	for _, x := range append(disks, addresses...) {
		t.use(x.Document())
	}
	r := t.say(proven, high, "%s is stopped%s, while %s and %s go on.", called(found), since(found.Since), counted(len(disks), "volume"), addressesText(len(addresses)))
	r.resource = found.Key
	return r
}

func addressesText(n int) string {
	if n == 1 {
		return "1 address"
	}
	return fmt.Sprintf("%d addresses", n)
}

// notDeallocated proves that a machine is stopped and charged.
func notDeallocated(t *trial) ruling {
	m := t.thing(document.Machine, t.keys...)
	switch {
	case m == nil || m.State == "":
		return ruling{}
	case m.State == document.Stopped:
		return t.say(proven, high, "It is stopped and not deallocated, so that its compute is still charged.")
	}
	return t.say(refuted, "", "Its state is %s.", m.State)
}

// freeAddress proves that an address belongs to nothing.
func freeAddress(t *trial) ruling {
	a := t.thing(document.Address, t.keys...)
	switch {
	case a == nil || a.State == "":
		return ruling{}
	case a.State == "free" || a.State == "reserved":
		return t.say(proven, high, "It is associated with nothing.")
	}
	return t.say(refuted, "", "It is associated with %s.", strings.Join(a.On[:min(1, len(a.On))], ""))
}

// idleAddress confirms what the meter of the bill proves already.
func idleAddress(t *trial) ruling {
	a := t.thing(document.Address, t.keys...)
	switch {
	case a == nil:
		return ruling{}
	case len(a.On) == 0:
		return t.say(proven, high, "It is associated with nothing.")
	}
	if m := t.thing(document.Machine, a.On...); m != nil && isStopped(m) {
		return t.say(proven, high, "It is associated with %s, which is %s: it is charged as idle.", called(m), m.State)
	}
	return t.say(proven, medium, "The bill charges it as idle, and %s lists it as associated: it may be in use again.", a.Document().Name)
}

// idleBalancer confirms that nothing stands behind a balancer that processes nothing.
func idleBalancer(t *trial) ruling {
	b := t.thing(document.Balancer, t.keys...)
	if b == nil {
		return ruling{}
	}
	healthy, known := t.healthy(b)
	switch {
	case !known:
		return t.say(proven, "", "Its state is %s.", b.State)
	case healthy == 0:
		return t.say(proven, high, "Its state is %s, and no target is registered or healthy.", b.State)
	}
	return t.say(proven, medium, "It processes nothing, though %s behind it: it may wait.", healthyText(healthy))
}

func healthyText(n int) string {
	if n == 1 {
		return "1 healthy target is"
	}
	return fmt.Sprintf("%d healthy targets are", n)
}

// healthy counts the healthy targets of a balancer. known is false where a document that would say it is missing.
func (t *trial) healthy(b *document.Thing) (n int, known bool) {
	groups := t.facts.On(document.TargetGroup, b.Key)
	if len(groups) == 0 {
		return 0, t.covers(document.AWSTargetGroups, b)
	}
	for _, g := range groups {
		health := t.thing(document.Target, document.TargetsOf(g))
		if health == nil || !t.fresh(g.Document()) {
			return 0, false
		}
		t.use(g.Document())
		n += health.Count
	}
	return n, true
}

// covers reports whether a whole document of a kind lists the account and region of a thing, so that what it does not list is not there.
func (t *trial) covers(kind document.Kind, x *document.Thing) bool {
	for _, d := range t.facts.Documents() {
		if d.Kind != kind || !d.Whole || !t.fresh(d) {
			continue
		}
		for _, other := range d.Things {
			if other.Account == x.Account && other.Region == x.Region {
				t.use(d)
				return true
			}
		}
	}
	return false
}

// noHealthyTarget proves that a balancer that has some traffic has nothing healthy behind it.
func noHealthyTarget(t *trial) ruling {
	b := t.thing(document.Balancer, t.keys...)
	if b == nil {
		return ruling{}
	}
	if t.k.cell.base.rat().Sign() == 0 {
		return ruling{outcome: unconcerned} // A-NET-05 finds what processes nothing
	}
	healthy, known := t.healthy(b)
	switch {
	case !known:
		return ruling{}
	case healthy == 0:
		return t.say(proven, high, "None of its targets is healthy.")
	}
	return t.say(refuted, "", "%s behind it.", healthyText(healthy))
}

// noBackend proves that nothing is behind a balancer or a gateway.
func noBackend(of document.Type) func(*trial) ruling {
	return func(t *trial) ruling {
		b := t.thing(of, t.keys...)
		switch {
		case b == nil || b.State == "":
			return ruling{}
		case b.Count == 0:
			return t.say(proven, high, "Its backend pools are empty.")
		}
		return t.say(refuted, "", "It has %s.", counted(b.Count, "backend"))
	}
}

// emptyPlan proves that a plan has no sites.
func emptyPlan(t *trial) ruling {
	p := t.thing(document.Plan, t.keys...)
	switch {
	case p == nil || p.State == "":
		return ruling{}
	case p.Count == 0:
		return t.say(proven, high, "It has no sites.")
	}
	return t.say(refuted, "", "It has %s.", counted(p.Count, "site"))
}

// orphanedSnapshot proves that the disk of a snapshot is gone, and that no image is made of it.
func orphanedSnapshot(t *trial) ruling {
	s := t.thing(document.Snapshot, t.keys...)
	if s == nil || s.From == "" {
		return ruling{}
	}
	if disk := t.thing(document.Disk, s.From); disk != nil {
		return t.say(refuted, "", "Its source %s exists.", called(disk))
	}
	if images := t.facts.On(document.Image, s.Key); len(images) > 0 {
		t.use(images[0].Document())
		return t.say(refuted, "", "Its source is gone, but the image %s is made of it.", called(images[0]))
	}
	if !t.listsDisks(s) || (s.Document().Provider == "AWS" && !t.listsImages(s)) {
		return ruling{}
	}
	return t.say(proven, high, "Its source is not in the inventory, and no image is made of it.")
}

// listsDisks reports whether a whole document lists the disks of the account and region of a snapshot. Lists of volumes name no
// account: one is of an account if a volume in it is attached to a machine that an inventory of the account lists.
func (t *trial) listsDisks(s *document.Thing) bool {
	for _, d := range t.facts.Documents() {
		if !d.Whole || !t.fresh(d) || d.Provider != s.Document().Provider {
			continue
		}
		for _, x := range d.Things {
			if x.Type != document.Disk {
				continue
			}
			account := x.Account
			if account == "" && len(d.Accounts) == 1 {
				account = d.Accounts[0]
			}
			region := x.Region == t.k.finding.Region || t.k.finding.Region == "" || s.Region == ""
			if m := t.facts.Thing(document.Machine, x.On...); account == "" && m != nil {
				account = m.Account
			}
			if account == s.Account && account != "" && (region || d.Kind == document.GoogleAssets) {
				t.use(d)
				return true
			}
		}
	}
	return false
}

// listsImages reports whether a whole document lists the images of the account of a snapshot.
func (t *trial) listsImages(s *document.Thing) bool {
	for _, d := range t.facts.Documents() {
		if d.Kind == document.AWSImages && d.Whole && t.fresh(d) && (len(d.Accounts) == 0 || d.Accounts[0] == s.Account) {
			t.use(d)
			return true
		}
	}
	return false
}

// oldSnapshot proves the age of a snapshot.
func oldSnapshot(t *trial) ruling {
	limit := t.limit(ageAbove)
	s := t.thing(document.Snapshot, t.keys...)
	if s == nil || s.Made == 0 {
		if t.historyAbove(limit) {
			return ruling{}
		}
		return ruling{outcome: unconcerned}
	}
	if days := int64(t.to - s.Made); daysRat(days).Cmp(limit) > 0 {
		return t.say(proven, medium, "It was made on %s, %d days before the last day counted.", s.Made.Words(), days)
	}
	return t.say(refuted, "", "It was made on %s.", s.Made.Words())
}

// historyAbove reports whether the bill itself shows that something is older than a number of days.
func (t *trial) historyAbove(limit *big.Rat) bool {
	return daysRat(int64(t.to-t.k.cell.first)).Cmp(limit) > 0
}
