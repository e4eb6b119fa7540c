package pricebook

// Compute is what a virtual machine of one type costs in one region with one operating system.
type Compute struct {
	Provider   string // aws, azure or gcp
	Region     string
	Type       string // such as m5.large
	Family     string
	Category   string // general, compute, memory, storage, gpu, burstable …
	Generation int
	Arch       string // x86_64 or arm64
	VCPU       Number
	MemoryGiB  Number
	GPU        string // such as 1xT4, "" for none
	OS         string // linux or windows; of price lists rhel, sles and SQLServer, too

	OnDemand Number // USD per hour
	// With a commitment of one and three years, USD per hour: AWS standard RI without upfront payment, Google CUD of the
	// resource, Azure reservation; Flex for the AWS convertible RI.
	Commit1, Commit3, Flex1, Flex3 Number
	AutoDiscount                   Number // percent: Google's sustained use discount of a full month
	Origin
}

// MachineType is what does not depend on the region.
type MachineType struct {
	Provider    string
	Type        string
	Family      string
	Category    string
	Generation  int
	Lifecycle   string // current, previous or legacy
	Arch        string
	VCPU        Number
	MemoryGiB   Number
	GPU         string
	NetworkMbps Number // baseline
	StorageMbps Number // baseline
	Source      string
}

// Surcharge is the licence of an operating system on top of the Linux price.
type Surcharge struct {
	Provider string
	OS       string // windows, rhel, sles, sqlserver …
	Scope    string // a family, a size such as "4 vCPU machine", or * for all others
	Unit     string // vCPU-hour or instance-hour
	Price    Number
	Origin
}

// Discount is by how much a commitment is below the on-demand price.
type Discount struct {
	Provider string
	Kind     string // such as ec2_standard_ri, resource_cud
	Scope    string // a family, or * for all others
	Years    int
	Payment  string
	Percent  Number // the median; see Least and Most
	Least    Number
	Most     Number
	Origin
}

// Successor is a family that takes the place of an older one.
type Successor struct {
	Provider   string
	From, To   string
	ArchChange bool   // programs must be built for another processor
	Price      Number // To's price divided by From's, the median over the regions
	Speed      Number // To's CoreMark for each vCPU divided by From's; may be unknown
	Note       string
}

// Processor is how fast a family is.
type Processor struct {
	Provider, Family string
	Unit             string // what a vCPU is: core or hyperthread
	CoreMark         Number // for each vCPU
	Origin
}

type computeKey struct{ provider, region, kind, os string }

func (b *Book) readMachines(in *reading) {
	b.compute = readTable(in, "compute_prices", []string{"provider", "region", "instance_type", "os", "on_demand_hourly_usd"}, func(r *row) Compute {
		return Compute{
			Provider: r.text("provider"), Region: r.text("region"), Type: r.text("instance_type"), Family: r.text("family"), Category: r.text("category"),
			Generation: r.whole("generation"), Arch: r.text("arch"), VCPU: r.number("vcpu"), MemoryGiB: r.number("memory_gib"), GPU: r.text("gpu"), OS: r.text("os"),
			OnDemand: r.number("on_demand_hourly_usd"), Commit1: r.number("commit_1yr_hourly_usd"), Commit3: r.number("commit_3yr_hourly_usd"),
			Flex1: r.number("flex_1yr_hourly_usd"), Flex3: r.number("flex_3yr_hourly_usd"), AutoDiscount: r.number("auto_discount_pct"), Origin: r.origin(),
		}
	})
	b.types = readTable(in, "instance_types", []string{"provider", "instance_type", "family"}, func(r *row) MachineType {
		return MachineType{
			Provider: r.text("provider"), Type: r.text("instance_type"), Family: r.text("family"), Category: r.text("category"), Generation: r.whole("generation"),
			Lifecycle: r.text("lifecycle"), Arch: r.text("arch"), VCPU: r.number("vcpu"), MemoryGiB: r.number("memory_gib"), GPU: r.text("gpu"),
			NetworkMbps: r.number("network_mbps_baseline"), StorageMbps: r.number("storage_mbps_baseline"), Source: r.text("source_id"),
		}
	})
	b.surcharges = readTable(in, "os_surcharges", []string{"provider", "os", "scope", "unit", "price_usd"}, func(r *row) Surcharge {
		o := r.origin()
		o.Basis = Listed
		return Surcharge{Provider: r.text("provider"), OS: r.text("os"), Scope: r.text("scope"), Unit: r.text("unit"), Price: r.number("price_usd"), Origin: o}
	})
	b.discounts = readTable(in, "commitment_discounts", []string{"provider", "commitment_type", "scope", "term_years", "discount_pct"}, func(r *row) Discount {
		o := r.origin()
		o.Basis = Basis(r.text("basis"))
		return Discount{
			Provider: r.text("provider"), Kind: r.text("commitment_type"), Scope: r.text("scope"), Years: r.whole("term_years"), Payment: r.text("payment_option"),
			Percent: r.number("discount_pct"), Least: r.number("min_pct"), Most: r.number("max_pct"), Origin: o,
		}
	})
	b.successors = readTable(in, "successor_families", []string{"provider", "from_family", "to_family", "price_ratio_median"}, func(r *row) Successor {
		return Successor{
			Provider: r.text("provider"), From: r.text("from_family"), To: r.text("to_family"), ArchChange: r.text("arch_change") == "yes",
			Price: r.number("price_ratio_median"), Speed: r.number("coremark_per_vcpu_ratio"), Note: r.text("note"),
		}
	})
	b.processors = readTable(in, "cpu_performance", []string{"provider", "family", "coremark_per_vcpu"}, func(r *row) Processor {
		o := r.origin()
		o.Basis = Listed
		return Processor{Provider: r.text("provider"), Family: r.text("family"), Unit: r.text("vcpu_is"), CoreMark: r.number("coremark_per_vcpu"), Origin: o}
	})
}

// Compute is the price of a virtual machine: a row of the table for this operating system, nil
// where there is none. The licence of another system is in Surcharge.
func (b *Book) Compute(provider, region, kind, os string) *Compute {
	return b.computeAt[computeKey{provider, region, kind, os}]
}

// ComputeIn lists the prices of a region in the order of the table.
func (b *Book) ComputeIn(provider, region string) []*Compute {
	return b.computeIn[place{provider, region}]
}

// MachineType is nil for a type that is not known.
func (b *Book) MachineType(provider, kind string) *MachineType {
	return b.typeAt[place{provider, kind}]
}

// Surcharge is the licence of an operating system for a machine of a family: its own row, else
// that for all others; nil where neither is known.
func (b *Book) Surcharge(provider, os, family string) *Surcharge {
	var other *Surcharge
	for i := range b.surcharges {
		s := &b.surcharges[i]
		if s.Provider != provider || s.OS != os {
			continue
		}
		switch s.Scope {
		case family:
			return s
		case "*":
			other = s
		}
	}
	return other
}

// Surcharges lists the licence rows of an operating system in the order of the table.
func (b *Book) Surcharges(provider, os string) (list []*Surcharge) {
	for i := range b.surcharges {
		if s := &b.surcharges[i]; s.Provider == provider && s.OS == os {
			list = append(list, s)
		}
	}
	return list
}

func (b *Book) discount(provider, kind, scope string, years int, payment string) *Discount {
	for i := range b.discounts {
		d := &b.discounts[i]
		if d.Provider == provider && d.Kind == kind && d.Scope == scope && d.Years == years && (payment == "" || d.Payment == payment) {
			return d
		}
	}
	return nil
}

// Successors lists the families that take the place of a family, in the order of the table.
func (b *Book) Successors(provider, family string) (list []*Successor) {
	for i := range b.successors {
		if s := &b.successors[i]; s.Provider == provider && s.From == family {
			list = append(list, s)
		}
	}
	return list
}

// Processor is how fast a family is, nil where that is not known.
func (b *Book) Processor(provider, family string) *Processor {
	for i := range b.processors {
		if p := &b.processors[i]; p.Provider == provider && p.Family == family {
			return p
		}
	}
	return nil
}
