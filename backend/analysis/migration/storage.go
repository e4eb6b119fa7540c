package migration

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// disk is what one machine asks of block storage.
type disk struct{ gib, iops, mbps *big.Rat }

// kinds of block storage by provider: for ssd, fast_ssd and hdd.
var diskKinds = map[string]map[string]string{
	"aws":   {"ssd": "gp3", "fast_ssd": "gp3", "hdd": "st1"},
	"azure": {"ssd": "premium-ssd", "fast_ssd": "premium-ssd", "hdd": "standard-hdd-S4"},
	"gcp":   {"ssd": "pd-balanced", "fast_ssd": "pd-ssd", "hdd": "pd-standard"},
}

// blockCost is what the disk of one machine costs a month.
func (s *shelf) blockCost(kind string, d disk) cost {
	if d.gib.Sign() == 0 {
		return cost{}
	}
	name := diskKinds[s.provider][kind]
	switch s.provider {
	case "aws":
		return s.awsDisk(name, d)
	case "azure":
		return s.azureDisk(name, d)
	}
	return s.grownDisk(name, d)
}

// over reports whether a quantity is above a figure that is known.
func over(v *big.Rat, most pricebook.Number) bool {
	return most.Known() && v.Cmp(rat(most.Amount())) > 0
}

func above(v, base *big.Rat) *big.Rat { return maxOf(sub(v, base), new(big.Rat)) }

// awsDisk: gp3 charges what is above its included IOPS and throughput; what is beyond its limits is io2, which charges all IOPS.
func (s *shelf) awsDisk(kind string, d disk) cost {
	f := s.block(kind)
	if f.row == nil {
		return unpriced
	}
	base := f.price(f.row.GBMonth).times(d.gib)
	if over(d.iops, f.row.MaxIOPS) || over(d.mbps, f.row.MaxMBps) {
		if kind == "gp3" {
			return s.awsDisk("io2", d)
		}
		return unpriced
	}
	switch kind {
	case "io2":
		s.doubtfulIOPS = s.doubtfulIOPS || f.row.IOPSMonth == f.row.GBMonth
		return base.plus(f.price(f.row.IOPSMonth).times(d.iops))
	case "gp3":
		for _, extra := range []struct {
			included string
			asked    *big.Rat
			price    pricebook.Number
		}{{f.row.BaselineIOPS, d.iops, f.row.IOPSMonth}, {f.row.BaselineMBps, d.mbps, f.row.MBpsMonth}} {
			included, ok := leading(extra.included)
			if !ok {
				return unpriced
			}
			if more := above(extra.asked, included); more.Sign() > 0 {
				base = base.plus(f.price(extra.price).times(more))
			}
		}
	}
	return base
}

// tiers are the sizes of Azure's premium disks, the smallest first.
func (s *shelf) tiers() (list []found[pricebook.Block]) {
	for _, name := range words("P1 P2 P3 P4 P6 P10 P15 P20 P30 P40 P50 P60 P70 P80") {
		if f := s.block("premium-ssd-" + name); f.row != nil && f.row.SizeGiB.Known() {
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b found[pricebook.Block]) int { return a.row.SizeGiB.Amount().Cmp(b.row.SizeGiB.Amount()) })
	return list
}

// azureDisk: one premium disk of the smallest size that is enough, several of the largest for more; ultra disk beyond their performance.
func (s *shelf) azureDisk(kind string, d disk) cost {
	if kind != "premium-ssd" {
		return s.azureByGiB(kind, d)
	}
	tiers := s.tiers()
	if len(tiers) == 0 {
		return unpriced
	}
	largest := tiers[len(tiers)-1]
	if over(d.iops, largest.row.MaxIOPS) || over(d.mbps, largest.row.MaxMBps) {
		f := s.block("ultra-disk")
		if f.row == nil || over(d.iops, f.row.MaxIOPS) || over(d.mbps, f.row.MaxMBps) {
			return unpriced
		}
		return f.price(f.row.GBMonth).times(d.gib).plus(f.price(f.row.IOPSMonth).times(d.iops), f.price(f.row.MBpsMonth).times(d.mbps))
	}
	size := rat(largest.row.SizeGiB.Amount())
	full := 0
	rest := disk{d.gib, d.iops, d.mbps}
	if d.gib.Cmp(size) > 0 {
		full = floor(quo(d.gib, size))
		rest = disk{sub(d.gib, mul(size, whole(full))), new(big.Rat), new(big.Rat)} // the large disks carry the performance
	}
	all := largest.price(largest.row.DiskMonth).times(whole(full))
	if full == 0 {
		all = cost{}
	}
	if rest.gib.Sign() == 0 {
		return all
	}
	for _, t := range tiers {
		if !over(rest.gib, t.row.SizeGiB) && !over(rest.iops, t.row.MaxIOPS) && !over(rest.mbps, t.row.MaxMBps) {
			return all.plus(t.price(t.row.DiskMonth))
		}
	}
	return unpriced
}

// azureByGiB: standard disks are listed in one size only; others are estimated by its price for a GiB.
func (s *shelf) azureByGiB(kind string, d disk) cost {
	f := s.block(kind)
	if f.row == nil || over(d.iops, f.row.MaxIOPS) || over(d.mbps, f.row.MaxMBps) {
		return unpriced
	}
	c := f.price(f.row.GBMonth).times(d.gib)
	c.estimated = c.usd
	return c
}

// grownDisk: a disk of Google Cloud grows until its size carries the IOPS and the throughput.
func (s *shelf) grownDisk(kind string, d disk) cost {
	f := s.block(kind)
	if f.row == nil || over(d.iops, f.row.MaxIOPS) || over(d.mbps, f.row.MaxMBps) {
		return unpriced
	}
	size := d.gib
	for _, by := range []struct {
		asked *big.Rat
		rule  string
	}{{d.iops, f.row.BaselineIOPS}, {d.mbps, f.row.BaselineMBps}} {
		if by.asked.Sign() == 0 {
			continue
		}
		each, ok := leading(by.rule)
		if !ok || each.Sign() == 0 {
			return unpriced
		}
		size = maxOf(size, quo(by.asked, each))
	}
	return f.price(f.row.GBMonth).times(size)
}

// classes of object storage by provider.
var objectClasses = map[string]map[string]string{
	"aws":   {"hot": "standard", "cool": "standard_ia", "cold": "glacier_instant", "archive": "glacier_flexible"},
	"azure": {"hot": "hot_lrs", "cool": "cool_lrs", "cold": "cold_lrs", "archive": "archive_lrs"},
	"gcp":   {"hot": "standard", "cool": "nearline", "cold": "coldline", "archive": "archive"},
}

// objectTiers are where the second and the third tier of object storage begin, in GiB.
var objectTiers = [2]*big.Rat{whole(51_200), whole(512_000)}

// requestCost is what the requests of a line cost a month; all are reads.
func (s *shelf) requestCost(w *Workload) cost {
	if w.RequestsK.Sign() == 0 {
		return cost{}
	}
	f := s.object(objectClasses[s.provider][w.ObjectClass])
	if f.row == nil {
		return unpriced
	}
	return f.price(f.row.GetPer1k).times(rat(w.RequestsK))
}

// objectCost is what so much of a class costs a month.
func (s *shelf) objectCost(class string, gib *big.Rat) cost {
	if gib.Sign() == 0 {
		return cost{}
	}
	f := s.object(objectClasses[s.provider][class])
	if f.row == nil {
		return unpriced
	}
	all, price := cost{}, f.row.GBMonth[0]
	from := new(big.Rat)
	for i, listed := range f.row.GBMonth {
		if listed.Known() {
			price = listed
		}
		to := gib
		if i < len(objectTiers) {
			to = minOf(gib, objectTiers[i])
		}
		if part := sub(to, from); part.Sign() > 0 {
			all = all.plus(f.price(price).times(part))
			from = to
		}
	}
	return all
}

// gib prints a quantity for a reason.
func gib(r *big.Rat) string { return grouped(finops.RoundHalfEven(r, 2)) + " GiB" }

// grouped separates the thousands of a decimal number that is not below zero.
func grouped(number string) string {
	whole, rest, _ := strings.Cut(number, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if rest == "" {
		return whole
	}
	return whole + "." + rest
}

// size names a target.
func size(vcpu int, memory *big.Rat) string { return fmt.Sprintf("%d vCPU and %s", vcpu, gib(memory)) }
