package document

import (
	"encoding/csv"
	"encoding/json"
	"math/big"
	"regexp"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// Price is a price of the client's own price sheet.
type Price struct {
	PriceOf
	Value *big.Rat // of one unit; never changed
	Unit  string   // as the sheet words it

	doc *Document
}

// Document is the price sheet.
func (p *Price) Document() *Document { return p.doc }

// Text is the price of one unit as a decimal, which is rounded where its decimals do not end.
func (p *Price) Text() string {
	if digits, ends := p.Value.FloatPrec(); ends {
		return p.Value.FloatString(digits)
	}
	return p.Value.FloatString(10)
}

// PriceOf says what a price is of.
type PriceOf struct {
	Provider  string // canonical
	Region    string // as bills name it; "" = every region
	Name      string // of the meter, of AWS without the region that it begins with, or what the price book calls it, such as m5.large or pd-standard
	Operation string // of AWS, or windows for a machine of Azure with its licence; "" = what differs by none
	Currency  string
}

// key is the same for names in any case.
func (of PriceOf) key() PriceOf {
	of.Region, of.Name, of.Operation = strings.ToLower(of.Region), strings.ToLower(of.Name), strings.ToLower(of.Operation)
	return of
}

// errNoPrice is the answer to a price sheet of which nothing can be used.
var errNoPrice = finops.Errorf(finops.CodeInvalid, "it is a price sheet without a price that can be read.")

// sheet collects prices: of what has several, none is taken.
type sheet struct {
	d         *Document
	at        map[PriceOf]*Price
	ambiguous map[PriceOf]bool
}

func (d *Document) priceSheet(provider string) *sheet {
	kinds := map[string]Kind{aws: AWSPrices, azure: AzurePrices, google: GooglePrices, "": PriceList}
	d.is(kinds[provider], provider)
	return &sheet{d, map[PriceOf]*Price{}, map[PriceOf]bool{}}
}

func (s *sheet) put(of PriceOf, value *big.Rat, unit string) {
	key := of.key()
	have := s.at[key]
	switch {
	case s.ambiguous[key] || (have != nil && have.Value.Cmp(value) == 0):
	case have != nil:
		s.ambiguous[key] = true
		delete(s.at, key)
	default:
		s.at[key] = &Price{PriceOf: of, Value: value, Unit: unit}
	}
}

// finish hands the prices to the document.
func (s *sheet) finish() {
	s.d.Entries = len(s.at)
	for _, p := range s.at {
		s.d.Prices = append(s.d.Prices, p)
		s.d.Regions = append(s.d.Regions, p.Region)
	}
}

// price reads a price above 0; nil = it is none.
func price(text string) *big.Rat {
	a, err := finops.ParseAmount([]byte(strings.TrimSpace(text)))
	if err != nil || a.Sign() <= 0 {
		return nil
	}
	var s finops.Sum
	s.Add(a)
	return s.Rat()
}

// awsRegionPrefix is how usage types of AWS begin outside us-east-1.
var awsRegionPrefix = regexp.MustCompile(`^[A-Z]{2,4}[0-9]?-`)

// awsProduct is what an offer says of a product; names of fields are read in any case.
type awsProduct struct {
	SKU        string
	Attributes struct {
		RegionCode, UsageType, Operation, Tenancy, CapacityStatus string
	}
}

// awsTerm is how a product is sold.
type awsTerm struct {
	SKU             string
	PriceDimensions map[string]struct {
		BeginRange, Unit string
		PricePerUnit     map[string]string
	}
}

// awsOffer reads an offer file of the price list of AWS.
func (d *Document) awsOffer(text []byte) error {
	var in struct {
		PublicationDate string
		Products        map[string]awsProduct
		Terms           struct {
			OnDemand map[string]map[string]awsTerm
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if in.Products == nil || in.Terms.OnDemand == nil {
		return errUnknown
	}
	s := d.priceSheet(aws)
	d.onTime(in.PublicationDate)
	for sku, terms := range in.Terms.OnDemand {
		if p, ok := in.Products[sku]; ok {
			s.awsTerms(&p, terms)
		}
	}
	s.finish()
	return nil
}

// awsProducts reads the answer of get-products, whose entries are texts of JSON.
func (d *Document) awsProducts(text []byte) error {
	var in struct{ PriceList []json.RawMessage }
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	s := d.priceSheet(aws)
	for _, raw := range in.PriceList {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			raw = json.RawMessage(text)
		}
		var one struct {
			PublicationDate string
			Product         awsProduct
			Terms           struct{ OnDemand map[string]awsTerm }
		}
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		d.onTime(one.PublicationDate)
		s.awsTerms(&one.Product, one.Terms.OnDemand)
	}
	s.finish()
	return nil
}

func (s *sheet) awsTerms(p *awsProduct, terms map[string]awsTerm) {
	for _, term := range terms {
		for _, step := range term.PriceDimensions {
			for currency, value := range step.PricePerUnit {
				s.awsPrice(p, step.BeginRange, value, currency, step.Unit)
			}
		}
	}
}

// awsPrice keeps the first step of a price on demand, of machines that are shared and run.
func (s *sheet) awsPrice(p *awsProduct, begin, value, currency, unit string) {
	a := &p.Attributes
	shared := a.Tenancy == "" || strings.EqualFold(a.Tenancy, "Shared") || strings.EqualFold(a.Tenancy, "NA")
	used := a.CapacityStatus == "" || strings.EqualFold(a.CapacityStatus, "Used") || strings.EqualFold(a.CapacityStatus, "NA")
	amount := price(value)
	if amount == nil || a.UsageType == "" || !shared || !used || (begin != "" && begin != "0") {
		return
	}
	of := PriceOf{Provider: aws, Region: a.RegionCode, Name: awsRegionPrefix.ReplaceAllString(a.UsageType, ""), Currency: currency}
	s.put(of, amount, unit)
	if of.Operation = a.Operation; of.Operation != "" {
		s.put(of, amount, unit)
	}
}

// awsOfferRow reads the offer file as a table.
func (s *sheet) awsOfferRow(t *table) {
	if !strings.EqualFold(t.field("termtype"), "OnDemand") {
		return
	}
	p := &awsProduct{}
	p.Attributes.RegionCode, p.Attributes.UsageType, p.Attributes.Operation = t.field("region code"), t.field("usagetype"), t.field("operation")
	p.Attributes.Tenancy, p.Attributes.CapacityStatus = t.field("tenancy"), t.field("capacitystatus")
	s.awsPrice(p, t.field("startingrange"), t.field("priceperunit"), t.field("currency"), t.field("unit"))
}

// azureSheetRow reads a price sheet of Azure: of an enterprise agreement, of a customer agreement, or of the public prices.
func (s *sheet) azureSheetRow(t *table) {
	kind := plain(t.field("pricetype", "price type", "type"))
	name := t.field("metername", "meter name")
	region := t.field("armregionname", "meterregion", "meter region")
	unit := t.field("unitofmeasure", "unit of measure")
	first := t.field("tierminimumunits", "tier minimum units")
	if (kind != "" && kind != "consumption") || name == "" || t.field("term") != "" || (first != "" && price(first) != nil) {
		return
	}
	times, per := unitOf(unit)
	value := price(t.field("unitprice", "unit price"))
	if value == nil || times == nil {
		return
	}
	s.d.onTime(t.field("effectivestartdate"))
	value.Quo(value, times)
	of := PriceOf{Provider: azure, Region: azureRegion(region), Currency: t.field("currency", "currencycode", "currency code", "billingcurrency")}
	product := t.field("metersubcategory", "meter sub-category", "productname", "product")
	if strings.Contains(product, "Windows") {
		of.Operation = "windows"
	}
	for alias := range strings.SplitSeq(name, "/") {
		of.Name = strings.TrimSpace(alias)
		s.put(of, value, per)
	}
}

var unitPattern = regexp.MustCompile(`^([0-9]+)([KM]?)\b[ /]*(.*)$`)

// unitOf divides a unit such as "100 Hours" or "10K" into the number and what it counts; nil = it is none.
func unitOf(text string) (times *big.Rat, per string) {
	m := unitPattern.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return big.NewRat(1, 1), text
	}
	times, _ = new(big.Rat).SetString(m[1]) // digits
	switch m[2] {
	case "K":
		times.Mul(times, big.NewRat(1_000, 1))
	case "M":
		times.Mul(times, big.NewRat(1_000_000, 1))
	}
	if times.Sign() == 0 {
		return nil, ""
	}
	return times, m[3]
}

// azurePlaces are how price sheets begin the names of regions; what the direction comes before is marked.
var azurePlaces = map[string]struct {
	name string
	last bool // the direction comes first: westeurope
}{
	"us": {"us", true}, "eu": {"europe", true}, "ap": {"asia", true}, "in": {"india", true}, "uk": {"uk", false}, "ca": {"canada", false}, "au": {"australia", false}, "ja": {"japan", false},
	"kr": {"korea", false}, "br": {"brazil", false}, "fr": {"france", false}, "de": {"germany", false}, "ch": {"switzerland", false}, "no": {"norway", false}, "ae": {"uae", false},
	"za": {"southafrica", false}, "se": {"sweden", false}, "pl": {"poland", false}, "it": {"italy", false}, "es": {"spain", false}, "il": {"israel", false}, "qa": {"qatar", false}, "mx": {"mexico", false}, "nz": {"newzealand", false},
}

// azureRegion is the name that bills have for a region of a price sheet: "EU West" is westeurope.
func azureRegion(text string) string {
	words := strings.Fields(strings.ToLower(text))
	place, known := azurePlaces[strings.Join(words[:min(len(words), 1)], "")]
	switch {
	case known && len(words) == 1 && place.name == "uk":
		return place.name
	case !known || len(words) < 2:
		if joined := strings.Join(words, ""); joined != "global" {
			return joined
		}
		return ""
	case !place.last:
		return place.name + strings.Join(words[1:], "")
	}
	number := ""
	if last := words[len(words)-1]; strings.Trim(last, "0123456789") == "" {
		number, words = last, words[:len(words)-1]
	}
	return strings.Join(words[1:], "") + place.name + number
}

// simpleRow reads a table that a person wrote: provider, region, name, unit, price, currency and perhaps operation and day.
func (s *sheet) simpleRow(t *table) {
	provider := pricebook.ProviderName(strings.ToLower(t.field("provider")))
	for _, key := range pricebook.Providers() {
		if strings.EqualFold(pricebook.ProviderName(key), t.field("provider")) || (key == "azure" && strings.EqualFold(t.field("provider"), "Azure")) {
			provider = pricebook.ProviderName(key)
		}
	}
	value, name := price(t.field("price")), t.field("name")
	times, per := unitOf(t.field("unit"))
	if provider == "" || value == nil || times == nil || name == "" || t.field("currency") == "" {
		return
	}
	s.d.onTime(t.field("day"))
	if s.d.Provider == "" {
		s.d.Provider = provider
	}
	of := PriceOf{Provider: provider, Region: t.field("region"), Name: name, Operation: t.field("operation"), Currency: strings.ToUpper(t.field("currency"))}
	if provider == aws {
		of.Name = awsRegionPrefix.ReplaceAllString(name, "")
	}
	s.put(of, value.Quo(value, times), per)
}

// sheetKinds are the columns by which a price sheet is known.
var sheetKinds = []struct {
	columns  []string
	provider string
	row      func(*sheet, *table)
}{
	{[]string{"termtype", "priceperunit", "usagetype"}, aws, (*sheet).awsOfferRow},
	{[]string{"metername", "unitprice", "unitofmeasure"}, azure, (*sheet).azureSheetRow},
	{[]string{"meter name", "unit price", "unit of measure"}, azure, (*sheet).azureSheetRow},
	{[]string{"provider", "name", "price", "currency"}, "", (*sheet).simpleRow},
}

// charged are columns that a bill has and a price sheet has not.
var charged = []string{"quantity", "usagequantity", "consumedquantity", "consumed quantity", "cost", "costinbillingcurrency", "extendedcost", "pretaxcost", "billedcost", "effectivecost", "resourceid", "instanceid", "instance id"}

// sheetHeadMost is how many lines may stand before the names of the columns.
const sheetHeadMost = 8

// sheetHead looks for the names of the columns of a price sheet; its first lines may say what it is.
func sheetHead(r *csv.Reader, first []string) (*table, func(*sheet, *table), string) {
	row := first
	for range sheetHeadMost {
		t := headTable(row)
		for _, k := range sheetKinds {
			if t.has(k.columns...) && !t.hasAny(charged...) {
				return t, k.row, k.provider
			}
		}
		var err error
		if row, err = r.Read(); err != nil {
			break
		}
	}
	return nil, nil, ""
}

// readSheet reads a table as a price sheet. It answers errUnknown where it is none.
func (d *Document) readSheet(r *csv.Reader, first []string) error {
	t, row, provider := sheetHead(r, first)
	if t == nil {
		return errUnknown
	}
	s := d.priceSheet(provider)
	err := d.rows(r, t, func(_ *Document, t *table) { row(s, t) })
	s.finish()
	if err == nil && len(d.Prices) == 0 {
		err = errNoPrice
	}
	return err
}

// azureRetail reads the public prices of Azure as their API answers them.
func (d *Document) azureRetail(text []byte) error {
	var in struct {
		Items []struct {
			Type, CurrencyCode, ArmRegionName, MeterName, ProductName, UnitOfMeasure, EffectiveStartDate string
			UnitPrice, TierMinimumUnits                                                                  json.Number
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if len(in.Items) == 0 || in.Items[0].MeterName == "" {
		return errUnknown
	}
	s := d.priceSheet(azure)
	names := []string{"type", "currencycode", "armregionname", "metername", "productname", "unitofmeasure", "effectivestartdate", "unitprice", "tierminimumunits"}
	t := headTable(names)
	for _, i := range in.Items {
		t.row = []string{i.Type, i.CurrencyCode, i.ArmRegionName, i.MeterName, i.ProductName, i.UnitOfMeasure, i.EffectiveStartDate, i.UnitPrice.String(), i.TierMinimumUnits.String()}
		s.azureSheetRow(t)
	}
	s.finish()
	if len(d.Prices) == 0 {
		return errNoPrice
	}
	return nil
}

// Price finds the price of something in the newest price sheet that has it: for its operation first, and in its region first; nil = none
// has it in the currency.
func (f *Facts) Price(of PriceOf) *Price {
	if f == nil || len(f.prices) == 0 {
		return nil
	}
	for _, operation := range []string{of.Operation, ""} {
		for _, region := range []string{of.Region, ""} {
			of.Operation, of.Region = operation, region
			if p := f.prices[of.key()]; p != nil {
				return p
			}
		}
	}
	return nil
}
