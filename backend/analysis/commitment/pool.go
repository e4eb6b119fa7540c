package commitment

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// Meter is what a usage line says of the machine that it is for.
type Meter struct {
	Provider, Service, Name, Subcategory, Description, Region string
}

// PlaceColumns are what PlaceOf reads, beside the provider.
var PlaceColumns = []string{
	"RegionId", "ServiceName", "ChargeDescription", "x_UsageType", "SkuMeter", "x_SkuMeterName", "x_SkuMeterSubcategory", "x_SkuDescription",
}

// PlaceOf says what usage is for, by what the columns of its line say; "" = nothing.
func PlaceOf(provider string, v func(column string) string) Place {
	m := Meter{
		Provider: provider, Service: v("ServiceName"), Region: v("RegionId"), Subcategory: v("x_SkuMeterSubcategory"),
		Name: cmp.Or(v("x_UsageType"), v("SkuMeter"), v("x_SkuMeterName"), v("ChargeDescription")), Description: cmp.Or(v("x_SkuDescription"), v("ChargeDescription")),
	}
	return Place{Region: m.Region, Family: m.Family(), Meter: m.Name}
}

var (
	awsMachine    = regexp.MustCompile(`(?:^|-)BoxUsage:([a-z0-9-]+)\.[a-z0-9-]+$`)
	azureMachine  = regexp.MustCompile(`^(?:Virtual Machines )?([A-Z]+[a-z]*) ?(v[0-9]+)? Series$`)
	googleMachine = regexp.MustCompile(`^([A-Z][0-9]+[A-Z]?)(?: AMD| Arm)?(?: Predefined| Custom)?(?: Instance)? (?:(?:Core|Ram) running in |[a-z][0-9a-z]+-[a-z]+-[0-9]+$)`)
	azureSize     = regexp.MustCompile(`^([A-Z]+)[0-9]+(?:-[0-9]+)?([a-z]*)(?:[ _](v[0-9]+))?(?:/.*)?$`) // D16s v5, E8-4s v5, B2ms
	azureVersion  = regexp.MustCompile(`^([A-Z]+[a-z]*)(v[0-9]+)$`)
)

// Family is the family of the machine as the price book names it, "" for what commitments for machines do not cover:
// spot and dedicated machines, licences, anything that is no machine.
func (m Meter) Family() string {
	switch pricebook.ProviderKey(m.Provider) {
	case "aws":
		if found := awsMachine.FindStringSubmatch(m.Name); found != nil {
			return found[1]
		}
	case "azure":
		if m.Service != "Virtual Machines" || strings.Contains(m.Name+m.Description, "Spot") || strings.Contains(m.Name+m.Description, "Low Priority") {
			return ""
		}
		return m.azureFamily()
	case "gcp":
		if found := googleMachine.FindStringSubmatch(m.Description); found != nil {
			return strings.ToLower(found[1])
		}
	}
	return ""
}

// azureFamily reads the series of a meter's subcategory ("Dsv5 Series"), or the size that is the meter's name ("D16s v5").
func (m Meter) azureFamily() string {
	family, version := "", ""
	if found := azureMachine.FindStringSubmatch(m.Subcategory); found != nil {
		family, version = found[1], found[2]
		if parts := azureVersion.FindStringSubmatch(family); parts != nil {
			family, version = parts[1], parts[2]
		}
	} else if found := azureSize.FindStringSubmatch(m.Name); m.Subcategory == "" && found != nil {
		family, version = found[1]+found[2], found[3]
	}
	if version == "" && family == "BS" {
		return "Bs"
	}
	if version != "" {
		family += "_" + version
	}
	return family
}

// Pool is usage that one commitment can cover.
type Pool struct {
	ID       string // such as aws-compute-savings-plan or aws-ec2-savings-plan:us-east-1:m5
	Provider string // of the price book
	Region   string // "" = every region
	Family   string // "" = every family
	Currency string
	OnDemand finops.Sum // cost in the days that were looked at, at on-demand prices
}

// Flexible reports whether the commitment is not bound to a family and region.
func (p Pool) Flexible() bool { return p.Family == "" }

var programs = map[string][2]string{ // by provider: bound to a family, flexible
	"aws":   {"aws-ec2-savings-plan", "aws-compute-savings-plan"},
	"azure": {"azure-vm-reservation", "azure-compute-savings-plan"},
	"gcp":   {"gcp-resource-cud", "gcp-flexible-cud"},
}

// PoolsOf are the pools of a machine's usage: the one of its family and region, and the flexible one.
func PoolsOf(provider, region, family string) (ids [2]string) {
	key := pricebook.ProviderKey(provider)
	return [2]string{programs[key][0] + ":" + region + ":" + family, programs[key][1]}
}

// ParsePool reads the id of a pool. It answers CodeInvalid for one that cannot exist.
func ParsePool(id string) (Pool, error) {
	program, rest, bound := strings.Cut(id, ":")
	region, family, _ := strings.Cut(rest, ":")
	for _, provider := range pricebook.Providers() {
		if program == programs[provider][0] && bound && region != "" && family != "" {
			return Pool{ID: id, Provider: provider, Region: region, Family: family}, nil
		}
		if program == programs[provider][1] && !bound {
			return Pool{ID: id, Provider: provider}, nil
		}
	}
	return Pool{}, finops.Errorf(finops.CodeInvalid, "There is no pool %q; `simulate` without --pool lists those of the workspace.", id)
}

// ProviderName is the provider as finops names it.
func (p Pool) ProviderName() string { return pricebook.ProviderName(p.Provider) }

// Covers reports whether the commitment covers a machine.
func (p Pool) Covers(provider, region, family string) bool {
	return pricebook.ProviderKey(provider) == p.Provider && family != "" && (p.Flexible() || p.Region == region && p.Family == family)
}

// Terms say which commitment is bought.
type Terms struct {
	Years    int // 1 or 3
	Payment  Payment
	Discount *string // percent off the on-demand price; nil = that of the price book
}

// payments are those that a provider sells, as the price book names them.
var payments = map[string]map[Payment]string{
	"aws":   {PayNone: "no_upfront", PayPartial: "partial_upfront", PayAll: "all_upfront"},
	"azure": {PayNone: "", PayAll: ""}, // a reservation costs the same, paid at once or by the month
	"gcp":   {PayNone: ""},
}

// Sold lists the terms that the provider of a pool sells.
func (p Pool) Sold() (all []Terms) {
	for _, years := range []int{1, 3} {
		for _, payment := range []Payment{PayNone, PayPartial, PayAll} {
			if _, sold := payments[p.Provider][payment]; sold {
				all = append(all, Terms{Years: years, Payment: payment})
			}
		}
	}
	return all
}

// Rate is what a commitment costs of the on-demand price of a family in thousandths; origin says where the discount comes from.
// ok is false where the price book knows no discount.
func (t Terms) Rate(book *pricebook.Book, p Pool, family string) (rate int, d *pricebook.Discount, ok bool) {
	payment, sold := payments[p.Provider][t.Payment]
	if !sold {
		return 0, nil, false
	}
	if d = book.DiscountOf(p.Provider, family, t.Years, p.Flexible(), payment); d == nil {
		return 0, nil, false
	}
	tenths, ok := d.Percent.Amount().Rescale(1)
	return 1000 - int(tenths), d, ok && tenths > 0 && tenths < 1000
}

// Given is the rate of a discount that a person gives, in thousandths.
func (t Terms) Given() (rate int, err error) {
	a, err := finops.ParseAmount([]byte(*t.Discount))
	if err == nil {
		if tenths, ok := a.Rescale(1); ok && tenths > 0 && tenths < 1000 {
			return 1000 - int(tenths), nil
		}
	}
	return 0, finops.Errorf(finops.CodeInvalid, "A discount is a percentage above 0 and below 100 with at most one decimal, not %q.", *t.Discount)
}

// Check answers CodeInvalid for terms that no provider sells.
func (t Terms) Check() error {
	if t.Years != 1 && t.Years != 3 {
		return finops.Errorf(finops.CodeInvalid, "A commitment runs for one or three years.")
	}
	if !slices.Contains([]Payment{PayNone, PayPartial, PayAll}, t.Payment) {
		return finops.Errorf(finops.CodeInvalid, "The upfront payment is none, partial or all, not %q.", t.Payment)
	}
	return nil
}

// SortPools orders pools by cost, the highest first.
func SortPools(pools []Pool) {
	slices.SortFunc(pools, func(a, b Pool) int {
		return cmp.Or(b.OnDemand.Cmp(a.OnDemand), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Currency, b.Currency))
	})
}
