package pricebook

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Kind is a part of a price list that is read, judged and kept apart from the others.
type Kind string

// The kinds of prices that are read.
const (
	Machines  Kind = "machines"
	Disks     Kind = "disks"     // block storage
	Objects   Kind = "objects"   // object storage
	Databases Kind = "databases" // managed databases with their storage
	Network   Kind = "network"   // load balancers, NAT, addresses and traffic
	Licences  Kind = "licences"  // of operating systems and of SQL Server on machines
)

// Kinds lists the kinds in the order in which they are shown.
func Kinds() []Kind { return []Kind{Machines, Disks, Objects, Databases, Network, Licences} }

// Words names a kind in a sentence.
func (k Kind) Words() string {
	return map[Kind]string{Machines: "machines", Disks: "block storage", Objects: "object storage", Databases: "databases", Network: "the network", Licences: "licences"}[k]
}

// Part is which price of a row a Rate is.
type Part string

// The parts, all in USD.
const (
	GBMonth      Part = "gb_month"      // of storage, or a GB of traffic
	DiskMonth    Part = "disk_month"    // a disk that is sold by size
	IOPSMonth    Part = "iops_month"    // each provisioned IOPS
	MBpsMonth    Part = "mbps_month"    // each provisioned MB/s
	Get1k        Part = "get_1k"        // a thousand reads
	Unit         Part = "unit"          // an hour or a GB of a small thing, as the book has it
	Hour         Part = "hour"          // a database class, licence included
	ComputeMonth Part = "compute_month" // a month of a database class without its licence
	LicenceMonth Part = "licence_month" // a month of the licence of a database class that is listed apart
)

// Rate is what a provider's own price list says of something that is no machine: one price of one row of the book. An unknown price is not listed.
type Rate struct {
	Provider string `json:"provider"`
	Region   string `json:"region"`
	Kind     Kind   `json:"kind"`
	Item     string `json:"item"` // a kind of block storage, class of object storage or small thing; Internet or BetweenZones; DatabaseItem of a database; LicenceItem
	Part     Part   `json:"part"`
	From     Number `json:"from,omitzero"` // of a step: from how many GB a month it holds
	USD      Number `json:"usd"`
	AsOf     string `json:"asOf"` // YYYY-MM-DD, the day on which the list was read
}

// The items of traffic.
const (
	Internet     = "internet"
	BetweenZones = "inter_zone"
)

// DatabaseItem is the Item of a database class.
func DatabaseItem(service, engine, deployment, class string) string {
	return strings.Join([]string{service, engine, deployment, class}, "|")
}

// Item names the class as a Rate does.
func (d *Database) Item() string { return DatabaseItem(d.Service, d.Engine, d.Deployment, d.Class) }

// sold are the items by provider that are asked for; databases are all that the book has.
var sold = map[string]map[Kind][]string{
	"aws": {
		Disks: {"gp3", "io2", "st1"}, Objects: {"standard", "standard_ia", "glacier_instant", "glacier_flexible"},
		Network: {"alb", "alb_lcu", "nat_gateway", "public_ipv4", Internet, BetweenZones},
	},
	"azure": {
		Disks:    strings.Fields("premium-ssd-P1 premium-ssd-P2 premium-ssd-P3 premium-ssd-P4 premium-ssd-P6 premium-ssd-P10 premium-ssd-P15 premium-ssd-P20 premium-ssd-P30 premium-ssd-P40 premium-ssd-P50 premium-ssd-P60 premium-ssd-P70 premium-ssd-P80 standard-hdd-S4 ultra-disk"),
		Objects:  {"hot_lrs", "cool_lrs", "cold_lrs", "archive_lrs"},
		Network:  {"application_gateway_v2", "application_gateway_v2_cu", "nat_gateway", "public_ipv4", Internet},
		Licences: {LicenceItem(SQLServer, SQLServerScope)},
	},
	"gcp": {
		Disks: {"pd-balanced", "pd-ssd", "pd-standard"}, Objects: {"standard", "nearline", "coldline", "archive"},
		Network:  {"public_ipv4_in_use", "forwarding_rule", "load_balancer_data", "cloud_nat_vm_first_32", "cloud_nat_gateway_over_32_vms", Internet, BetweenZones},
		Licences: {LicenceItem("windows", "*"), rhelOf(1), rhelOf(2), rhelOf(4), rhelOf(8), rhelOf(16), rhelOf(32), rhelOf(64), rhelOf(96)},
	},
}

// listed are the prices of an item in a list: by part, and for what has steps in their order.
type listed struct {
	parts map[Part]Number
	steps []Rate
}

// gathered puts rates together by item; items are in the order in which they are first met.
func gathered(rates []Rate) (items []string, by map[string]*listed) {
	by = map[string]*listed{}
	for _, r := range rates {
		l := by[r.Item]
		if l == nil {
			l = &listed{parts: map[Part]Number{}}
			by[r.Item] = l
			items = append(items, r.Item)
		}
		if r.From.Known() {
			l.steps = append(l.steps, r)
		} else {
			l.parts[r.Part] = r.USD
		}
	}
	for _, l := range by {
		slices.SortFunc(l.steps, func(a, b Rate) int { return a.From.Amount().Cmp(b.From.Amount()) })
	}
	return items, by
}

// has reports whether a part is listed wherever the row of the book has it.
func (l *listed) has(part Part, row Number) bool { return !row.Known() || l.parts[part].Known() }

// priced is one of the prices that a row has and a list gives anew.
type priced struct {
	part  Part
	price *Number
}

// prices are those of a disk that lists give. A disk that is sold by size has its price for a GB from that.
func (v *Block) prices() []priced {
	if v.SizeGiB.Known() && v.DiskMonth.Known() {
		return []priced{{DiskMonth, &v.DiskMonth}}
	}
	return []priced{{GBMonth, &v.GBMonth}, {IOPSMonth, &v.IOPSMonth}, {MBpsMonth, &v.MBpsMonth}}
}

func (d *Database) prices() []priced {
	return []priced{{Hour, &d.OnDemand}, {GBMonth, &d.StorageGBMonth}}
}

// renew puts listed prices in place of those of a row; false where one is missing that the row has, so that the row must stay as it is.
func (l *listed) renew(prices []priced) bool {
	for _, p := range prices {
		if !l.has(p.part, *p.price) {
			return false
		}
	}
	for _, p := range prices {
		*p.price = l.parts[p.part]
	}
	return true
}

// block is a disk with listed prices; ok is false where they are not whole, or nobody knows what the disk can do.
func (b *Book) block(provider, region, item string, l *listed) (v Block, ok bool) {
	have := b.Block(provider, region, item)
	if have == nil {
		at := slices.IndexFunc(b.blocks, func(o Block) bool { return o.Provider == provider && o.Kind == item })
		if at < 0 {
			return v, false
		}
		have = &b.blocks[at]
	}
	v = *have
	v.Region = region
	if !l.renew(v.prices()) {
		return v, false
	}
	if v.SizeGiB.Known() && v.DiskMonth.Known() {
		v.GBMonth, ok = quotient(v.DiskMonth, v.SizeGiB)
		return v, ok
	}
	return v, true
}

// quotient is a divided by b, with ten decimals, rounded down.
func quotient(a, b Number) (Number, bool) {
	const places = 10
	x, okA := a.Amount().Rescale(places)
	y, okB := b.Amount().Rescale(0)
	if !okA || !okB || y == 0 {
		return Number{}, false
	}
	return NewNumber(finops.NewAmount(x/y, places).Trim())
}

// object is a class of object storage with listed prices.
func (b *Book) object(provider, region, item string, l *listed) (v Object, ok bool) {
	at := slices.IndexFunc(b.objects, func(o Object) bool { return o.Provider == provider && o.Region == region && o.Class == item })
	if at < 0 {
		at = slices.IndexFunc(b.objects, func(o Object) bool { return o.Provider == provider && o.Class == item })
	}
	if at < 0 {
		return v, false
	}
	v = b.objects[at]
	v.Region, v.PutPer1k, v.RetrievalGB = region, Number{}, Number{}
	if !l.renew([]priced{{Get1k, &v.GetPer1k}}) {
		return v, false
	}
	v.GBMonth = [3]Number{l.parts[GBMonth]}
	for i, border := range []int64{0, 51_200, 512_000} {
		for _, step := range l.steps {
			if step.From.Amount().Cmp(finops.NewAmount(border, 0)) == 0 {
				v.GBMonth[i] = step.USD
			}
		}
	}
	return v, v.GBMonth[0].Known()
}

// database is a class of a managed database with listed prices.
func (b *Book) database(provider, region, item string, l *listed) (v Database, ok bool) {
	same := func(o Database) bool { return o.Provider == provider && o.Item() == item }
	at := slices.IndexFunc(b.databases, func(o Database) bool { return o.Region == region && same(o) })
	if at < 0 {
		at = slices.IndexFunc(b.databases, same)
	}
	if at < 0 {
		return v, false
	}
	v = b.databases[at]
	v.Region, v.Commit1 = region, Number{}
	if strings.HasPrefix(v.Service, "rds") && v.Service != "rds_storage" {
		v.StorageGBMonth = Number{} // it is a row of its own
	}
	if !strings.HasPrefix(v.Extra, "compute ") {
		return v, l.renew(v.prices())
	}
	compute, licence := l.parts[ComputeMonth], l.parts[LicenceMonth]
	var month finops.Sum
	month.Add(compute.Amount())
	month.Add(licence.Amount())
	both, _ := NewNumber(month.Amount())
	hours, _ := NewNumber(finops.NewAmount(hoursInMonth, 0))
	v.OnDemand, ok = quotient(both, hours)
	v.Extra = "compute " + compute.String() + " + licence " + licence.String() + " per month"
	return v, ok && compute.Known() && licence.Known() && l.renew([]priced{{GBMonth, &v.StorageGBMonth}})
}

// SQLServer is the name of SQL Server Standard on a machine, as a licence. SQLServerScope is the one of its rows that prices it: the licence is sold for at least four vCPU, and each further one costs a quarter of it.
const (
	SQLServer      = "sqlserver-standard"
	SQLServerScope = "1-4 vCPU VM"
)

// LicenceItem names a licence of an operating system or of SQL Server in a list; scope is that of a Surcharge.
func LicenceItem(system, scope string) string { return system + "|" + scope }

// BySize is the scope of a licence that is listed by the size of a machine.
func BySize(vcpu int) string { return strconv.Itoa(vcpu) + " vCPU machine" }

func rhelOf(vcpu int) string { return LicenceItem("rhel", BySize(vcpu)) }

// licence is a listed licence.
func licence(provider, item string, l *listed) (v Surcharge, ok bool) {
	system, scope, ok := strings.Cut(item, "|")
	v = Surcharge{Provider: provider, OS: system, Scope: scope, Unit: "instance-hour", Price: l.parts[Unit]}
	if scope == "*" {
		v.Unit = "vCPU-hour"
	}
	return v, ok && v.Price.Known()
}

// hoursInMonth is a month of list prices.
const hoursInMonth = 730

// ladder are the steps of traffic with listed prices; nil where they do not begin with the first GB that costs something.
func ladder(provider, region, item string, l *listed) (rows []Egress) {
	row := func(from, to, usd Number) Egress {
		e := Egress{Provider: provider, Region: region, Traffic: item, Destination: "any", FromGB: from, ToGB: to, GB: usd}
		if provider == "gcp" && item == Internet {
			e.Destination = "worldwide (excl. China, Australia)"
		}
		return e
	}
	zero, _ := NewNumber(finops.Amount{})
	if len(l.steps) == 0 {
		if usd := l.parts[GBMonth]; usd.Known() {
			rows = append(rows, row(zero, Number{}, usd))
		}
		return rows
	}
	if l.steps[0].From.Amount().Cmp(finops.NewAmount(100, 0)) > 0 {
		return nil
	}
	for i, step := range l.steps {
		to := Number{}
		if i+1 < len(l.steps) {
			to = l.steps[i+1].From
		}
		rows = append(rows, row(step.From, to, step.USD))
	}
	return rows
}

// place puts a row where one of the same key stands, or at the end.
func placeRow[T any](rows []T, row T, same func(*T) bool) []T {
	for i := range rows {
		if same(&rows[i]) {
			rows[i] = row
			return rows
		}
	}
	return append(rows, row)
}

// put puts the prices of one item of a region into the book. It answers the first of them, which is unknown where they were not whole and the book stays as it was.
func (b *Book) put(provider, region string, kind Kind, item string, l *listed, from Origin) (first Number) {
	switch kind {
	case Disks:
		v, ok := b.block(provider, region, item, l)
		if v.Origin = from; ok {
			b.blocks, first = placeRow(b.blocks, v, func(o *Block) bool { return o.Provider == provider && o.Region == region && o.Kind == item }), v.first()
		}
		return first
	case Objects:
		v, ok := b.object(provider, region, item, l)
		if v.Origin = from; ok {
			b.objects, first = placeRow(b.objects, v, func(o *Object) bool { return o.Provider == provider && o.Region == region && o.Class == item }), v.GBMonth[0]
		}
		return first
	case Databases:
		v, ok := b.database(provider, region, item, l)
		if v.Origin = from; ok {
			b.databases, first = placeRow(b.databases, v, func(o *Database) bool { return o.Provider == provider && o.Region == region && o.Item() == item }), v.first()
		}
		return first
	}
	if kind == Licences {
		if v, ok := licence(provider, item, l); ok {
			v.Origin, first = from, v.Price
			b.surcharges = placeRow(b.surcharges, v, func(o *Surcharge) bool { return o.Provider == provider && o.OS == v.OS && o.Scope == v.Scope })
		}
		return first
	}
	if item != Internet && item != BetweenZones {
		if first = l.parts[Unit]; first.Known() {
			b.items = placeRow(b.items, Item{Provider: provider, Region: region, Name: item, Price: first, Origin: from}, func(o *Item) bool { return o.Provider == provider && o.Region == region && o.Name == item })
		}
		return first
	}
	rows := ladder(provider, region, item, l)
	if len(rows) == 0 {
		return first
	}
	b.egress = slices.DeleteFunc(b.egress, func(e Egress) bool {
		return e.Provider == provider && e.Region == region && e.Traffic == item && (e.Destination == rows[0].Destination || provider != "gcp")
	})
	for _, row := range rows {
		row.Origin = from
		b.egress = append(b.egress, row)
	}
	return rows[0].GB
}

// renewed puts rates into a book whose rows may be changed.
func (b *Book) renewed(rates []Rate) {
	type list struct {
		provider, region string
		kind             Kind
		asOf             string
	}
	var order []list
	byList := map[list][]Rate{}
	for _, r := range rates {
		key := list{r.Provider, r.Region, r.Kind, r.AsOf}
		if byList[key] == nil {
			order = append(order, key)
		}
		byList[key] = append(byList[key], r)
	}
	for _, key := range order {
		items, by := gathered(byList[key])
		for _, item := range items {
			b.put(key.provider, key.region, key.kind, item, by[item], Origin{Basis: Listed, Source: live[key.provider].ID, AsOf: key.asOf})
		}
	}
}

// first is the price of a disk or a GB of it.
func (v *Block) first() Number { return cmp.Or(v.DiskMonth, v.GBMonth) }

func (d *Database) first() Number { return cmp.Or(d.OnDemand, d.StorageGBMonth) }

// expected is what the book has for the first price of an item in a region: its own, else that of the reference region times the price index.
func (b *Book) expected(provider, region string, kind Kind, item string) (usd Number, own bool) {
	at := func(region string) Number {
		switch kind {
		case Disks:
			if v := b.Block(provider, region, item); v != nil {
				return v.first()
			}
		case Objects:
			for _, v := range b.Objects(provider, region) {
				if v.Class == item {
					return v.GBMonth[0]
				}
			}
		case Databases:
			service, _, _ := strings.Cut(item, "|")
			for _, v := range b.Databases(provider, region, service) {
				if v.Item() == item {
					return v.first()
				}
			}
		case Licences:
			system, scope, _ := strings.Cut(item, "|")
			for _, v := range b.Surcharges(provider, system) {
				if v.Scope == scope {
					return v.Price
				}
			}
		case Network:
			if v := b.Item(provider, region, item); v != nil {
				return v.Price
			}
			for _, v := range b.Egress(provider, region, item) {
				if v.GB.Amount().Sign() > 0 && (provider != "gcp" || item != Internet || strings.HasPrefix(v.Destination, "worldwide")) {
					return v.GB
				}
			}
		}
		return Number{}
	}
	if usd = at(region); usd.Known() {
		return usd, true
	}
	from, to := b.Region(provider, Reference(provider)), b.Region(provider, region)
	if usd = at(Reference(provider)); !usd.Known() || from == nil || to == nil || !to.PriceIndex.Known() {
		return Number{}, false
	}
	product, ok := usd.Amount().Mul(to.PriceIndex.Amount())
	if !ok {
		return Number{}, false
	}
	usd, _ = NewNumber(product.Trim())
	return usd, false
}

// asked lists the items of a kind that the book has for a region; databases are classes that it has there.
func (b *Book) asked(provider, region string, kind Kind) (items []string) {
	if kind != Databases {
		for _, item := range sold[provider][kind] {
			if _, own := b.expected(provider, region, kind, item); own {
				items = append(items, item)
			}
		}
		return items
	}
	for i := range b.databases {
		if d := &b.databases[i]; d.Provider == provider && d.Region == region && slices.Contains(databaseServices[provider], d.Service+" "+d.Engine) {
			items = append(items, d.Item())
		}
	}
	return items
}

// Sold lists the database classes whose prices a price list can be asked for, each once, of any region.
func (b *Book) Sold(provider string) (classes []*Database) {
	seen := map[string]bool{}
	for i := range b.databases {
		if d := &b.databases[i]; d.Provider == provider && !seen[d.Item()] && slices.Contains(databaseServices[provider], d.Service+" "+d.Engine) {
			seen[d.Item()] = true
			classes = append(classes, d)
		}
	}
	return classes
}

// databaseServices are the services and engines by provider whose classes are read.
var databaseServices = map[string][]string{
	"aws":   {"rds mysql", "rds postgresql", "rds sqlserver-se", "rds_storage gp2/gp3", "elasticache redis"},
	"azure": {"flexible_server postgresql", "flexible_server mysql", "cache_for_redis redis", "sql_database sqlserver"},
	"gcp":   {"cloud_sql mysql/postgresql", "cloud_sql_storage ssd", "memorystore redis"},
}

// CheckRates judges the rates of one kind in a region of a provider. It returns those that the book can use, and how many items have another first price than the book has for the region. It answers CodeCorrupt where
// none can be used, where they leave out more than a fifth of what the book has for the region, or where their median is moved by more than half.
func (b *Book) CheckRates(provider, region string, kind Kind, rates []Rate) (usable []Rate, changed int, err error) {
	trial := b.copied()
	items, by := gathered(rates)
	whole := map[string]bool{}
	var ratios []finops.Amount
	for _, item := range items {
		first := trial.put(provider, region, kind, item, by[item], Origin{})
		if !first.Known() {
			continue
		}
		whole[item] = true
		expected, own := b.expected(provider, region, kind, item)
		if !own || expected.Amount().Cmp(first.Amount()) != 0 {
			changed++
		}
		if ratio, ok := percentOf(first.Amount(), expected.Amount()); ok {
			ratios = append(ratios, ratio)
		}
	}
	asked := b.asked(provider, region, kind)
	lost := slices.DeleteFunc(slices.Clone(asked), func(item string) bool { return whole[item] })
	switch median, moved := movedTooFar(ratios); {
	case len(whole) == 0:
		return nil, 0, finops.Errorf(finops.CodeCorrupt, "The price list of %s for %s has no prices of %s that are known. The prices stay as they were.", ProviderName(provider), region, kind.Words())
	case len(lost)*100 > len(asked)*lostMost:
		return nil, 0, finops.Errorf(finops.CodeCorrupt, "The price list of %s for %s lacks %d of %d prices of %s, which is more than a price list leaves out. The prices stay as they were.", ProviderName(provider), region, len(lost), len(asked), kind.Words())
	case moved:
		return nil, 0, finops.Errorf(finops.CodeCorrupt, "The price list of %s for %s moves the prices of %s to %s %% of what they were, which is more than prices change. The prices stay as they were.", ProviderName(provider), region, kind.Words(), median)
	}
	for _, r := range rates {
		if whole[r.Item] {
			usable = append(usable, r)
		}
	}
	return usable, changed, nil
}

// copied is the book with rows of its own for what rates change.
func (b *Book) copied() *Book {
	next := *b
	next.blocks, next.objects, next.egress = slices.Clone(b.blocks), slices.Clone(b.objects), slices.Clone(b.egress)
	next.items, next.databases, next.surcharges = slices.Clone(b.items), slices.Clone(b.databases), slices.Clone(b.surcharges)
	return &next
}
