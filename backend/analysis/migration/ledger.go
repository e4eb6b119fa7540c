package migration

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"unicode"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// Usage is what one resource used of one meter in a month.
type Usage struct {
	Provider string // as finops names it
	Region   string
	Service  string
	Resource string // "" = the export names none
	Pool     string // what starts and ends the machine, such as an auto-scaling group; "" = not known
	Meter    string // everything that the export says of what was used
	Category string // FOCUS ChargeCategory
	Unit     string
	Currency string
	Cost     finops.Amount
	Quantity *finops.Amount
}

// ProviderMonth is a month of the charges of a provider.
type ProviderMonth struct {
	Provider string       `json:"provider"`       // as finops names it
	Month    finops.Month `json:"month,omitzero"` // zero = none
}

// Draft is a profile that was made of a ledger.
type Draft struct {
	Month      finops.Month    `json:"month"`             // the newest of Months
	Months     []ProviderMonth `json:"months,omitempty"`  // of which the lines are, in order of the providers; none in a profile from before there were several
	LeftOut    []ProviderMonth `json:"leftOut,omitempty"` // providers whose last complete month is too old to say what is there now, or that have none
	Lines      []LedgerLine    `json:"lines"`
	Unmapped   []Unmapped      `json:"unmapped"` // the most expensive first
	Providers  []string        `json:"providers"`
	Country    string          `json:"country"` // of the region with the highest cost; "" = not known
	Totals     []CurrencyTotal `json:"totals"`
	workloads  []DraftLine
	costByArea map[string]*finops.Sum
}

// CurrencyTotal is the cost of the month in one currency, mapped or not.
type CurrencyTotal struct {
	Currency string        `json:"currency"`
	Cost     finops.Amount `json:"cost"`
}

// LedgerLine says where a line comes from.
type LedgerLine struct {
	Name       string          `json:"name"`
	Resources  int             `json:"resources"`
	Costs      []CurrencyTotal `json:"costs"`
	Confidence Decimal         `json:"confidence" wire:"number"` // 1 = the same machine, 0.7 = with storage or traffic that was spread over lines, 0.5 = the average of a pool
	Month      finops.Month    `json:"month,omitzero"`           // zero = that of the draft
	Note       string          `json:"note"`                     // how the machines of a pool were counted; "" = each resource is a machine
}

// Workloads are the lines as a profile has them.
func (d *Draft) Workloads() []DraftLine { return d.workloads }

// found by the texts of a usage.
type machineUse struct {
	kind, family, engine, system string
	arch, gpu                    string
	vcpu, memory                 finops.Amount
	pair                         bool // two servers
}

// estateGroup are resources that are alike.
type estateGroup struct {
	provider, region string
	use              machineUse
	pool             string // its name; "" = none
	average          bool   // the machines are counted by their hours, see pooled
	resources        map[string]bool
	hours            finops.Sum
	costs            map[string]*finops.Sum
	month            finops.Month
	storage          *big.Rat // GiB of all
	object           *big.Rat
	egress           *big.Rat
	spread           bool
}

// FromLedger groups the usage of a month of each provider to lines: machines and database servers of one type, system and region are a line. Machines that come and go are a line for each pool, with as many machines as ran at
// once on average (see pooled). Storage and traffic, of which
// a bill does not say which machine has them, are spread over the lines of their region: block storage and database storage evenly, object storage and internet traffic to the
// line with the highest cost. What is none of these is listed with its money.
func FromLedger(book *pricebook.Book, months []ProviderMonth, usage []Usage) *Draft {
	l := &ledgerReading{
		book: book, draft: &Draft{Months: months, Lines: []LedgerLine{}, Unmapped: []Unmapped{}, Totals: []CurrencyTotal{}, costByArea: map[string]*finops.Sum{}}, groups: map[string]*estateGroup{}, known: map[string]*machineUse{},
		ran: map[string]*finops.Sum{}, months: map[string]finops.Month{},
		unmapped: map[[3]string]*finops.Sum{}, totals: map[string]*finops.Sum{},
	}
	for _, m := range months {
		l.months[m.Provider], l.draft.Month = m.Month, max(l.draft.Month, m.Month)
	}
	var machines, rest []Usage
	for i := range usage {
		u := &usage[i]
		l.count(u)
		if l.machine(u) == nil {
			rest = append(rest, *u)
			continue
		}
		machines = append(machines, *u)
		remembered(l.ran, u.Provider+"\x00"+u.Resource, func() *finops.Sum { return &finops.Sum{} }).Add(*u.Quantity)
	}
	for i := range machines {
		l.addMachine(&machines[i], l.machine(&machines[i]))
	}
	for i := range rest {
		if why := l.spread(&rest[i]); why != "" {
			l.leave(&rest[i], why)
		}
	}
	l.finish()
	return l.draft
}

type ledgerReading struct {
	book     *pricebook.Book
	draft    *Draft
	groups   map[string]*estateGroup
	known    map[string]*machineUse
	unmapped map[[3]string]*finops.Sum
	totals   map[string]*finops.Sum

	ran    map[string]*finops.Sum  // hours of a resource, by provider and name
	months map[string]finops.Month // by provider
}

// hoursOfMonth is how many hours a month has.
func hoursOfMonth(m finops.Month) *big.Rat { return whole(24 * int(m.Last()-m.First()+1)) }

func (l *ledgerReading) count(u *Usage) {
	remembered(l.totals, u.Currency, func() *finops.Sum { return &finops.Sum{} }).Add(u.Cost)
	key := pricebook.ProviderKey(u.Provider)
	if key != "" && !slices.Contains(l.draft.Providers, key) {
		l.draft.Providers = append(l.draft.Providers, key)
	}
	if region := l.book.Region(key, u.Region); region != nil {
		remembered(l.draft.costByArea, region.Country, func() *finops.Sum { return &finops.Sum{} }).Add(u.Cost)
	}
}

// leave lists usage that became no line.
func (l *ledgerReading) leave(u *Usage, why string) {
	remembered(l.unmapped, [3]string{u.Provider + ": " + cmp.Or(u.Service, "no service"), why, u.Currency}, func() *finops.Sum { return &finops.Sum{} }).Add(u.Cost)
}

// feeServices are parts of the names of services whose hours are a fee for machines that are charged elsewhere.
var feeServices = []string{"MapReduce", "EMR"}

// besideMachines are parts of meters that name a type of machine and count its hours, but are none: they are charged beside it, or for a place without one.
var besideMachines = []string{"EBSOptimized:", "UnusedBox:", "UnusedDed:"}

// machine finds the type of machine or database class that a usage of hours names; nil where it names none.
func (l *ledgerReading) machine(u *Usage) *machineUse {
	beside := func(part string) bool { return strings.Contains(u.Meter, part) }
	fee := func(part string) bool { return strings.Contains(u.Service, part) }
	if u.Category != "Usage" || u.Quantity == nil || u.Quantity.Sign() <= 0 || !inHours(u.Unit) || slices.ContainsFunc(besideMachines, beside) || slices.ContainsFunc(feeServices, fee) {
		return nil
	}
	return remembered(l.known, u.Provider+"\x00"+u.Meter+"\x00"+u.Service, func() *machineUse {
		for token := range strings.FieldsFuncSeq(u.Meter, func(c rune) bool { return strings.ContainsRune(" :\"{},;()/\t", c) }) {
			if use := l.named(pricebook.ProviderKey(u.Provider), token, u.Meter+" "+u.Service); use != nil {
				return use
			}
		}
		return nil
	})
}

func inHours(unit string) bool {
	unit = strings.ToLower(unit)
	return strings.HasPrefix(unit, "hour") || strings.HasPrefix(unit, "hrs") || unit == "h" || unit == "1 hour"
}

// named finds a type or class by its name.
func (l *ledgerReading) named(provider, token, text string) *machineUse {
	lower := strings.ToLower(text)
	for _, name := range []string{token, "Standard_" + token} {
		if t := l.book.MachineType(provider, name); t != nil && !strings.HasPrefix(token, "db.") {
			use := &machineUse{kind: name, family: provider + "/" + t.Family, engine: "none", system: "linux", arch: t.Arch, gpu: t.GPU, vcpu: t.VCPU.Amount(), memory: t.MemoryGiB.Amount()}
			if strings.Contains(lower, "windows") {
				use.system = "windows"
			}
			return use
		}
	}
	if !strings.HasPrefix(token, "db.") && !strings.HasPrefix(token, "cache.") {
		return nil
	}
	service, engine := "rds", ""
	for _, one := range []string{"postgresql", "mysql", "mariadb", "oracle"} {
		if strings.Contains(lower, one) {
			engine = one
		}
	}
	switch {
	case strings.Contains(lower, "sql server"), strings.Contains(lower, "sqlserver"):
		engine = "sqlserver"
	case strings.HasPrefix(token, "cache."):
		service, engine = "elasticache", "redis"
	}
	for _, d := range l.book.Databases(provider, pricebook.Reference(provider), service) {
		if d.Class == token && engine != "" && d.VCPU.Known() && d.MemoryGiB.Known() {
			return &machineUse{kind: token, engine: engine, system: "linux", arch: "x86_64", vcpu: d.VCPU.Amount(), memory: d.MemoryGiB.Amount(), pair: strings.Contains(lower, "multi-az")}
		}
	}
	return nil
}

// shortLived is the part of a month below which a machine is taken for one that came and went.
var shortLived = fraction(1, 10)

// spotMeters are parts of meters, in small letters, of machines that the provider can take back.
var spotMeters = []string{"spotusage", " spot", "low priority", "preemptible"}

// pooled names the pool of a machine, and reports whether its hours say how many there were: machines of a pool, spot machines, those that ran less than a tenth of the month, and resources that
// are no single machine, since they have no name or more hours than the month.
func (l *ledgerReading) pooled(u *Usage, use *machineUse) (pool string, average bool) {
	ran, all := l.ran[u.Provider+"\x00"+u.Resource].Rat(), hoursOfMonth(l.months[u.Provider])
	meter := strings.ToLower(u.Meter)
	spot := func(part string) bool { return strings.Contains(meter, part) }
	switch {
	case use.engine != "none":
		return "", u.Resource == ""
	case u.Pool != "":
		return u.Pool, true
	case slices.ContainsFunc(spotMeters, spot):
		return "spot", true
	case u.Resource == "", ran.Cmp(all) > 0:
		return "", true
	case ran.Cmp(mul(all, shortLived)) < 0:
		return "short-lived", true
	}
	return "", false
}

func (l *ledgerReading) addMachine(u *Usage, use *machineUse) {
	provider := pricebook.ProviderKey(u.Provider)
	pool, average := l.pooled(u, use)
	key := strings.Join([]string{provider, u.Region, use.kind, use.system, use.engine, fmt.Sprint(use.pair), pool, fmt.Sprint(average)}, "\x00")
	g := remembered(l.groups, key, func() *estateGroup {
		return &estateGroup{
			provider: provider, region: u.Region, use: *use, pool: pool, average: average, month: l.months[u.Provider], resources: map[string]bool{}, costs: map[string]*finops.Sum{}, storage: new(big.Rat), object: new(big.Rat), egress: new(big.Rat),
		}
	})
	g.resources[u.Resource] = true
	g.hours.Add(*u.Quantity)
	remembered(g.costs, u.Currency, func() *finops.Sum { return &finops.Sum{} }).Add(u.Cost)
}

// spread gives storage and traffic to the lines of their provider and region; it answers why that cannot be.
func (l *ledgerReading) spread(u *Usage) string {
	unit, text := strings.ToLower(u.Unit), strings.ToLower(u.Meter+" "+u.Service)
	has := func(list ...string) bool {
		return slices.ContainsFunc(list, func(one string) bool { return strings.Contains(text, one) })
	}
	months := slices.Contains([]string{"gb-months", "gb-month", "gib-month", "gibibyte month", "gb-mo", "gibibyte-months"}, unit)
	database := has("rds", "aurora", "cloud sql")
	var into func(*estateGroup) **big.Rat
	evenly := true
	switch {
	case u.Category != "Usage":
		return "not usage: " + cmp.Or(u.Category, "no category")
	case u.Quantity == nil || u.Quantity.Sign() <= 0:
		return "no quantity"
	case has("snapshot", "backup"):
		return "the planner has no field for snapshots and backups"
	case months && has("s3", "cloud storage", "storage accounts", "timedstorage"):
		into, evenly = func(g *estateGroup) **big.Rat { return &g.object }, false
	case months && has("volume", "ebs", "disk", "pd capacity", "rds", "storage"):
		into = func(g *estateGroup) **big.Rat { return &g.storage }
	case (unit == "gb" || unit == "gibibyte") && has("data transfer out", "datatransfer-out", "internet"):
		into, evenly = func(g *estateGroup) **big.Rat { return &g.egress }, false
	case inHours(u.Unit) && has("mapreduce", "emr"):
		return "a fee of the service for machines that are charged elsewhere"
	case inHours(u.Unit) && has(":db.", ":cache."):
		return "the price book has no such database class with this engine"
	default:
		return "the planner has no field for this usage"
	}
	var near []*estateGroup
	for _, key := range slices.Sorted(maps.Keys(l.groups)) {
		g := l.groups[key]
		if g.provider == pricebook.ProviderKey(u.Provider) && g.region == u.Region && (!months || !evenly || (g.use.engine != "none") == database && g.use.engine != "redis") {
			near = append(near, g)
		}
	}
	if len(near) == 0 {
		return "no machine in the same region"
	}
	if !evenly {
		near = []*estateGroup{slices.MaxFunc(near, func(a, b *estateGroup) int { return a.hours.Cmp(b.hours) })}
	}
	servers := 0
	for _, g := range near {
		servers += l.machines(g)
	}
	for _, g := range near {
		field := into(g)
		*field = add(*field, mul(rat(*u.Quantity), fraction(int64(l.machines(g)), int64(servers))))
		g.spread = true
	}
	first := near[0] // the money follows the line that takes most of it; several share it by their machines
	for _, g := range near[1:] {
		if l.machines(g) > l.machines(first) {
			first = g
		}
	}
	remembered(first.costs, u.Currency, func() *finops.Sum { return &finops.Sum{} }).Add(u.Cost)
	return ""
}

// machines is how many machines a group is: its resources, or those that ran at once on average, rounded up.
func (l *ledgerReading) machines(g *estateGroup) int {
	if !g.average {
		return len(g.resources)
	}
	return max(1, ceil(quo(g.hours.Rat(), hoursOfMonth(g.month))))
}

// finish makes lines of the groups and lists of what is left.
func (l *ledgerReading) finish() {
	d, used := l.draft, map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(l.groups)) {
		g := l.groups[key]
		line, workload := g.line(l.machines(g), used)
		d.Lines, d.workloads = append(d.Lines, line), append(d.workloads, workload)
	}
	for key, sum := range l.unmapped {
		provider, _, _ := strings.Cut(key[0], ": ")
		d.Unmapped = append(d.Unmapped, Unmapped{Service: key[0], Reason: key[1], Monthly: sum.Amount(), Currency: key[2], Month: l.months[provider]})
	}
	slices.SortFunc(d.Unmapped, func(a, b Unmapped) int {
		return cmp.Or(b.Monthly.Cmp(a.Monthly), cmp.Compare(a.Service, b.Service), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Currency, b.Currency))
	})
	d.Totals = currencyTotals(l.totals)
	slices.SortFunc(d.Providers, func(a, b string) int { return rank(a) - rank(b) })
	var most *finops.Sum
	for _, country := range slices.Sorted(maps.Keys(d.costByArea)) {
		if sum := d.costByArea[country]; most == nil || sum.Cmp(*most) > 0 {
			most, d.Country = sum, country
		}
	}
}

func currencyTotals(sums map[string]*finops.Sum) []CurrencyTotal {
	list := []CurrencyTotal{}
	for _, currency := range slices.Sorted(maps.Keys(sums)) {
		list = append(list, CurrencyTotal{currency, sums[currency].Amount()})
	}
	return list
}

// line is the group as n machines, under a name that no other line has.
func (g *estateGroup) line(n int, used map[string]bool) (LedgerLine, DraftLine) {
	name := g.name("")
	for more := 2; used[name]; more++ {
		name = g.name(fmt.Sprint(more))
	}
	used[name] = true
	number := func(r *big.Rat) json.Number { return json.Number(finops.RoundHalfEven(r, 2)) }
	hours := quo(g.hours.Rat(), whole(n))
	w := DraftLine{
		"name": name, "type": "other", "count": n, "vcpu": json.Number(g.use.vcpu.String()), "memory_gib": json.Number(g.use.memory.String()), "os": g.use.system, "arch": g.use.arch,
		"hours_per_month": number(minOf(maxOf(hours, whole(1)), whole(744))), "egress_gb_month": number(g.egress), "object_gib": number(g.object),
	}
	each := number(quo(g.storage, whole(n)))
	if g.use.engine != "none" {
		w["type"], w["db_engine"], w["db_ha"], w["block_gib"] = "database", g.use.engine, g.use.pair, 0
		if w["db_storage_gib"] = each; each == "0" && g.use.engine != "redis" {
			w["db_storage_gib"] = 20
		}
	} else {
		w["block_gib"], w["source_cpu_family"] = each, g.use.family
	}
	if count, model, ok := strings.Cut(g.use.gpu, "x"); ok {
		w["gpu_count"], w["gpu_model"] = json.Number(count), model
	}
	confidence, note := fraction(1, 1), ""
	switch {
	case g.average:
		confidence = fraction(1, 2)
		note = fmt.Sprintf("Machines in the month: %d. At once on average: %d, rounded up. A bill does not show peaks.", len(g.resources), n)
		if g.resources[""] {
			note = fmt.Sprintf("The bill does not name single machines. At once on average: %d, rounded up. A bill does not show peaks.", n)
		}
	case g.spread:
		confidence = fraction(7, 10)
	}
	return LedgerLine{Name: name, Resources: len(g.resources), Costs: currencyTotals(g.costs), Confidence: decimalOf(confidence), Month: g.month, Note: note}, w
}

// nameMax is how long the name of a line may be.
const nameMax = 80

// name is that of the line, cut before what makes it different from others; more is that.
func (g *estateGroup) name(more string) string {
	what := g.use.system
	if g.use.engine != "none" {
		what = g.use.engine
	}
	parts := []string{g.use.kind, what, g.region}
	if g.use.pair {
		parts = append(parts, "HA")
	}
	if g.pool == "" && g.average {
		parts = append(parts, "average")
	}
	clean := strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(strings.Join(append(parts, g.pool), " "), ""))
	name := []rune(strings.Join(words(clean), " "))
	if more != "" {
		more = " " + more
	}
	name = name[:min(len(name), nameMax-len(more))]
	return strings.TrimSpace(string(name)) + more
}
