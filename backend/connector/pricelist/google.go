package pricelist

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// sku is an article of Google's catalogue.
type sku struct {
	Description string `json:"description"`
	Category    struct {
		Usage string `json:"usageType"`
	} `json:"category"`
	Regions []string `json:"serviceRegions"`
	Pricing []struct {
		Expression struct {
			Unit  string `json:"usageUnit"`
			Rates []rate `json:"tieredRates"`
		} `json:"pricingExpression"`
	} `json:"pricingInfo"`
}

// rate is a price of an article from a quantity on.
type rate struct {
	From  json.Number `json:"startUsageAmount"`
	Price struct {
		Currency string `json:"currencyCode"`
		Units    string `json:"units"` // may be missing
		Nanos    int64  `json:"nanos"`
	} `json:"unitPrice"`
}

// amount is the price of a rate; ok is false where it cannot be read.
func (r *rate) amount() (price *big.Rat, ok bool) {
	price = new(big.Rat)
	if units := r.Price.Units; units != "" {
		if _, ok := price.SetString(units); !ok {
			return nil, false
		}
	}
	return price.Add(price, big.NewRat(r.Price.Nanos, 1_000_000_000)), true
}

// price is what a unit costs; ok is false where there is no single one in the currency.
func (s *sku) price(currency string) (price *big.Rat, ok bool) {
	if len(s.Pricing) == 0 {
		return nil, false
	}
	rates := s.Pricing[len(s.Pricing)-1].Expression.Rates // the newest comes last
	if len(rates) != 1 || rates[0].Price.Currency != currency {
		return nil, false
	}
	price, ok = rates[0].amount()
	return price, ok && price.Sign() > 0
}

// tier is a step of a price.
type tier struct{ from, price string }

// tiers are the steps of a price that cost something, and their unit; none where one cannot be read or is in another currency.
func (s *sku) tiers(currency string) (list []tier, unit string) {
	if len(s.Pricing) == 0 {
		return nil, ""
	}
	e := s.Pricing[len(s.Pricing)-1].Expression
	for i := range e.Rates {
		r := &e.Rates[i]
		price, ok := r.amount()
		if !ok || r.Price.Currency != currency {
			return nil, ""
		}
		if price.Sign() > 0 {
			list = append(list, tier{cmp.Or(r.From.String(), "0"), price.FloatString(pricePlaces)})
		}
	}
	return list, e.Unit
}

// catalogueOf lists the articles of a service of Google, in a currency.
func (l *Lists) catalogueOf(ctx context.Context, service, currency string) (all []sku, err error) {
	if l.key == "" {
		return nil, finops.Errorf(finops.CodeDenied, "Google shows its price list only to an API key. Enter one for a project in which the Cloud Billing API is switched on.")
	}
	header := http.Header{"X-Goog-Api-Key": {l.key}} // an address would be in logs of proxies
	number, err := l.googleService(ctx, service, header)
	if err != nil {
		return nil, err
	}
	query := url.Values{"currencyCode": {currency}, "pageSize": {"5000"}}
	for range pagesMax {
		var page struct {
			SKUs []sku  `json:"skus"`
			Next string `json:"nextPageToken"` // empty or missing on the last page
		}
		if err := get(ctx, l.gcp, l.at.Google+"/v1/services/"+url.PathEscape(number)+"/skus?"+query.Encode(), header, decodeInto(&page)); err != nil {
			return nil, err
		}
		all = append(all, page.SKUs...)
		if page.Next == "" {
			return all, nil
		}
		query.Set("pageToken", page.Next)
	}
	return nil, finops.Errorf(finops.CodeCorrupt, "The price list of Google has no end.")
}

// googleService finds the number of a service.
func (l *Lists) googleService(ctx context.Context, service string, header http.Header) (string, error) {
	if l.services == nil {
		services, query := map[string]string{}, url.Values{"pageSize": {"5000"}}
		for range pagesMax {
			var page struct {
				Services []struct {
					ID   string `json:"serviceId"`
					Name string `json:"displayName"`
				} `json:"services"`
				Next string `json:"nextPageToken"`
			}
			if err := get(ctx, l.gcp, l.at.Google+"/v1/services?"+query.Encode(), header, decodeInto(&page)); err != nil {
				return "", err
			}
			for _, s := range page.Services {
				services[s.Name] = s.ID
			}
			if page.Next == "" {
				break
			}
			query.Set("pageToken", page.Next)
		}
		l.services = services
	}
	if l.services[service] == "" {
		return "", finops.Errorf(finops.CodeCorrupt, "Google lists no service %s. Look for a newer version of the program.", service)
	}
	return l.services[service], nil
}

// Articles are known by their wording, such as "N2D AMD Instance Core running in Frankfurt" and "Commitment v1: N2D AMD Ram in Frankfurt for 1 Year".
// Custom, sole-tenant, spot and reserved machines are worded otherwise.
var (
	runningSKU   = regexp.MustCompile(`^(?:([A-Z]\d+[A-Z]?)(?: (?:AMD|Arm|Predefined|Memory-optimized))? Instance|(Compute optimized)(?: Instance)?) (Core|Ram) running in `)
	committedSKU = regexp.MustCompile(`^Commitment v1: (?:([A-Z]\d+[A-Z]?) |(Compute optimized) )?(?:AMD |Arm |Memory-optimized )?(Cpu|Core|Ram) in .* for ([13]) [Yy]ears?$`)
)

// machinePart is what a SKU prices: cores or memory of the machines of a family.
type machinePart struct{ family, part, name string }

func partOf(s *sku) (a machinePart, ok bool) {
	family := func(named, c2 string) string {
		if c2 != "" {
			return "c2"
		}
		return strings.ToLower(named)
	}
	if m := runningSKU.FindStringSubmatch(s.Description); m != nil && s.Category.Usage == "OnDemand" {
		return machinePart{family(m[1], m[2]), m[3], onDemand}, true
	}
	m := committedSKU.FindStringSubmatch(s.Description)
	if m == nil {
		return a, false
	}
	a = machinePart{family(m[1], m[2]), m[3], commitOne}
	if a.family == "" {
		a.family = "n1"
	}
	if a.part == "Cpu" {
		a.part = "Core"
	}
	if m[4] == "3" {
		a.name = commitThree
	}
	return a, s.Category.Usage == map[string]string{commitOne: "Commit1Yr", commitThree: "Commit3Yr"}[a.name]
}

// stepsOfGoogle are one for each service, whose catalogue is for all regions.
func (l *Lists) stepsOfGoogle() (steps []step) {
	for _, one := range []struct {
		service string
		kinds   []pricebook.Kind
	}{
		{"Compute Engine", []pricebook.Kind{pricebook.Machines, pricebook.Disks, pricebook.Network, pricebook.Licences}},
		{"Networking", []pricebook.Kind{pricebook.Network}},
		{"Cloud Storage", []pricebook.Kind{pricebook.Objects}},
		{"Cloud SQL", []pricebook.Kind{pricebook.Databases}},
		{"Cloud Memorystore for Redis", []pricebook.Kind{pricebook.Databases}},
	} {
		steps = append(steps, step{one.kinds, func(ctx context.Context, s *sheet) (err error) {
			if l.catalogues[one.service] == nil {
				list, err := l.catalogueOf(ctx, one.service, "USD")
				if err != nil {
					return err
				}
				if l.catalogues == nil {
					l.catalogues = map[string][]sku{}
				}
				l.catalogues[one.service] = list
			}
			if one.service == "Compute Engine" {
				err = s.makeMachines(l.catalogues[one.service])
			}
			s.noteArticles(one.service, l.catalogues[one.service])
			return err
		}})
	}
	return steps
}

// googleUnit says which SKUs of a service are which price of the book.
type googleUnit struct {
	service, words, unit string // words is a regular expression of the whole description; what it catches is filled in below
	kind                 pricebook.Kind
	item                 string // with $1 and $2 for what was caught
	part                 pricebook.Part
	factor               *big.Rat
	pattern              *regexp.Regexp
}

var googleUnits = func() []googleUnit {
	const sql = `Cloud SQL for (?:PostgreSQL|MySQL): `
	zonal, regional := "zonal", "regional (HA)"
	core := func(deployment, class string) string {
		return pricebook.DatabaseItem("cloud_sql", "mysql/postgresql", deployment, class)
	}
	room := func(deployment string) string {
		return pricebook.DatabaseItem("cloud_sql_storage", "ssd", deployment, "GB-month")
	}
	redis := func(deployment string) string {
		return pricebook.DatabaseItem("memorystore", "redis", deployment, "$1 per GB")
	}
	list := []googleUnit{
		{service: "Compute Engine", words: `Balanced PD Capacity(?: in .*)?`, unit: "GiBy.mo", kind: pricebook.Disks, item: "pd-balanced", part: pricebook.GBMonth},
		{service: "Compute Engine", words: `SSD backed PD Capacity(?: in .*)?`, unit: "GiBy.mo", kind: pricebook.Disks, item: "pd-ssd", part: pricebook.GBMonth},
		{service: "Compute Engine", words: `Storage PD Capacity(?: in .*)?`, unit: "GiBy.mo", kind: pricebook.Disks, item: "pd-standard", part: pricebook.GBMonth},
		{service: "Compute Engine", words: `External IP Charge on a Standard VM`, unit: "h", kind: pricebook.Network, item: "public_ipv4_in_use", part: pricebook.Unit},
		{service: "Compute Engine", words: `Network Inter Zone Data Transfer Out`, unit: "GiBy", kind: pricebook.Network, item: pricebook.BetweenZones, part: pricebook.GBMonth},
		{service: "Networking", words: `Cloud Load Balancer Forwarding Rule Minimum Global`, unit: "h", kind: pricebook.Network, item: "forwarding_rule", part: pricebook.Unit},
		{service: "Networking", words: `Global External Application Load Balancer Outbound Data Processing for .*`, unit: "GiBy", kind: pricebook.Network, item: "load_balancer_data", part: pricebook.Unit},
		// One price for each machine, and that of 32 of them for more.
		{service: "Networking", words: `Networking Cloud Nat Gateway Uptime`, unit: "h", kind: pricebook.Network, item: "cloud_nat_vm_first_32", part: pricebook.Unit},
		{service: "Networking", words: `Networking Cloud Nat Gateway Uptime`, unit: "h", kind: pricebook.Network, item: "cloud_nat_gateway_over_32_vms", part: pricebook.Unit, factor: big.NewRat(32, 1)},
		{service: "Cloud SQL", words: sql + `Zonal - vCPU in .*`, unit: "h", kind: pricebook.Databases, item: core(zonal, "vCPU"), part: pricebook.Hour},
		{service: "Cloud SQL", words: sql + `Zonal - RAM in .*`, unit: "GiBy.h", kind: pricebook.Databases, item: core(zonal, "GB RAM"), part: pricebook.Hour},
		{service: "Cloud SQL", words: sql + `Zonal - Standard storage in .*`, unit: "GiBy.mo", kind: pricebook.Databases, item: room(zonal), part: pricebook.GBMonth},
		{service: "Cloud SQL", words: sql + `Regional - vCPU in .*`, unit: "h", kind: pricebook.Databases, item: core(regional, "vCPU"), part: pricebook.Hour},
		{service: "Cloud SQL", words: sql + `Regional - RAM in .*`, unit: "GiBy.h", kind: pricebook.Databases, item: core(regional, "GB RAM"), part: pricebook.Hour},
		{service: "Cloud SQL", words: sql + `Regional - Standard storage in .*`, unit: "GiBy.mo", kind: pricebook.Databases, item: room(regional), part: pricebook.GBMonth},
		{service: "Cloud Memorystore for Redis", words: `Redis Capacity Basic (M[1-5])(?: .*)?`, unit: "GiBy.h", kind: pricebook.Databases, item: redis("basic"), part: pricebook.Hour},
		{service: "Cloud Memorystore for Redis", words: `Redis Capacity Standard (M[1-5])(?: .*)?`, unit: "GiBy.h", kind: pricebook.Databases, item: redis("standard (HA)"), part: pricebook.Hour},
	}
	// Licences of every version have one price; that of Red Hat is for a vCPU and falls with the size, that of SUSE is for a machine of any
	// size, whatever its article is called.
	licence := func(words, system, scope string, factor int64) {
		list = append(list, googleUnit{service: "Compute Engine", words: `Licensing Fee for ` + words, unit: "h", kind: pricebook.Licences, item: pricebook.LicenceItem(system, scope), part: pricebook.Unit, factor: big.NewRat(factor, 1)})
	}
	licence(`Windows Server 20[0-9]{2} Datacenter Edition (?:on VM|\(CPU cost\))`, "windows", "*", 1)
	licence(`SQL Server 20[0-9]{2} Standard (?:on Linux )?on VM with up to 4 VCPU`, pricebook.SQLServer, pricebook.SQLServerScope, 1)
	for _, vcpu := range []int{1, 2, 4, 8, 16, 32, 64, 96} {
		band := "9 to 127 VCPU"
		if vcpu <= 8 {
			band = "up to 8 VCPU"
		}
		licence(`Red Hat Enterprise Linux [0-9]+ on VM with `+band, "rhel", pricebook.BySize(vcpu), int64(vcpu))
		licence(`SUSE Linux Enterprise Server [0-9]+ (?:on VM|\(CPU cost\))`, "sles", pricebook.BySize(vcpu), 1)
	}
	for _, class := range []string{"Standard", "Nearline", "Coldline", "Archive"} {
		item := strings.ToLower(class)
		list = append(list,
			googleUnit{service: "Cloud Storage", words: class + ` Storage [^()]*`, unit: "GiBy.mo", kind: pricebook.Objects, item: item, part: pricebook.GBMonth},
			googleUnit{service: "Cloud Storage", words: `Regional ` + class + ` (?:Storage )?Class B (?:Operations|Request)`, unit: "count", kind: pricebook.Objects, item: item, part: pricebook.Get1k, factor: perThousand})
	}
	for i := range list {
		list[i].pattern = regexp.MustCompile("^" + list[i].words + "$")
		list[i].factor = cmp.Or(list[i].factor, one)
	}
	return list
}()

// internetSKU is traffic to a part of the world over Google's own network.
var internetSKU = regexp.MustCompile(`^Network Internet Data Transfer Out from .* to (.+)$`)

// noteArticles notes what is no machine of a catalogue: what is sold in the region, or everywhere.
func (s *sheet) noteArticles(service string, catalogue []sku) {
	ladders := map[string]int{} // of internet traffic, by how many destinations have them
	steps := map[string][]tier{}
	for i := range catalogue {
		one := &catalogue[i]
		if one.Category.Usage != "OnDemand" || !slices.Contains(one.Regions, s.Region) && !slices.Contains(one.Regions, "global") || strings.Contains(one.Description, "Dual-region") || strings.Contains(one.Description, "Multi-region") {
			continue
		}
		tiers, unit := one.tiers("USD")
		if m := internetSKU.FindStringSubmatch(one.Description); m != nil && service == "Compute Engine" && unit == "GiBy" && m[1] != "China" && m[1] != "Australia" && len(tiers) > 0 {
			key := fmt.Sprint(tiers)
			ladders[key]++
			steps[key] = tiers
		}
		for n := range googleUnits {
			u := &googleUnits[n]
			m := u.pattern.FindStringSubmatchIndex(one.Description)
			if u.service != service || u.unit != unit || m == nil || len(tiers) != 1 {
				continue
			}
			item := string(u.pattern.ExpandString(nil, u.item, one.Description, m))
			s.rate(u.kind, item, u.part, "", tiers[0].price, u.factor)
		}
	}
	// The world without China and Australia has one price in the book: that of most destinations, the lowest among equals.
	best := ""
	for _, key := range slices.Sorted(maps.Keys(ladders)) {
		if ladders[key] > ladders[best] {
			best = key
		}
	}
	for _, t := range steps[best] {
		s.rate(pricebook.Network, pricebook.Internet, pricebook.GBMonth, t.from, t.price, one)
	}
}

// makeMachines makes the prices of machine types of those of their cores and memory.
func (s *sheet) makeMachines(catalogue []sku) error {
	units := map[string]string{"Core": "h", "Ram": "GiBy.h"}
	prices, twice := map[machinePart]*big.Rat{}, map[machinePart]bool{}
	for i := range catalogue {
		one := &catalogue[i]
		a, ok := partOf(one)
		if !ok || !slices.Contains(one.Regions, s.Region) || len(one.Pricing) == 0 || one.Pricing[len(one.Pricing)-1].Expression.Unit != units[a.part] {
			continue
		}
		price, ok := one.price("USD")
		switch {
		case !ok:
		case prices[a] != nil && prices[a].Cmp(price) != 0:
			twice[a] = true // which one it is cannot be known
		default:
			prices[a] = price
		}
	}
	for _, t := range s.Types {
		for _, name := range []string{onDemand, commitOne, commitThree} {
			core, memory := machinePart{t.Family, "Core", name}, machinePart{t.Family, "Ram", name}
			if prices[core] == nil || prices[memory] == nil || twice[core] || twice[memory] {
				continue
			}
			price, err := machinePrice(t, prices[core], prices[memory])
			if err != nil {
				return err
			}
			s.set(t.Type, "linux", name, price, 1)
		}
	}
	return nil
}

func machinePrice(t *pricebook.MachineType, core, memory *big.Rat) (string, error) {
	sum := new(big.Rat)
	for _, part := range []struct {
		quantity pricebook.Number
		price    *big.Rat
	}{{t.VCPU, core}, {t.MemoryGiB, memory}} {
		quantity, ok := new(big.Rat).SetString(part.quantity.String())
		if !ok {
			return "", fmt.Errorf("the price book does not know the size of %s", t.Type)
		}
		sum.Add(sum, quantity.Mul(quantity, part.price))
	}
	return sum.FloatString(pricePlaces), nil
}
