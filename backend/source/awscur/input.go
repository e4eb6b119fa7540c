package awscur

import (
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// input is a column of the report that the mapping reads.
type input int

const (
	inType input = iota
	inUnblended
	inBlended
	inNetUnblended
	inPublicCost
	inPublicRate
	inUnblendedRate
	inNetUnblendedRate
	inCurrency
	inPricingCurrency
	inPayerID
	inPayerName
	inUsageAccountID
	inUsageAccountName
	inPeriodStart
	inPeriodEnd
	inUsageStart
	inUsageEnd
	inInvoiceID
	inInvoicingEntity
	inBillingEntity
	inLegalEntity
	inDescription
	inProductCode
	inProductName
	inProductMap
	inUsageType
	inUsageAmount
	inUnit
	inZone
	inResourceID
	inSKU
	inRateCode
	inRateID
	inRegionCode
	inRegion
	inLocation
	inProductFamily
	inCapacityStatus
	inInstanceType
	inVCPU
	inMemory
	inOperatingSystem
	inStorageClass
	inGPU
	inStorageMedia
	inMaxIops
	inCapacityARN
	inCapacityState
	inPlanARN
	inPlanEffective
	inPlanNetEffective
	inPlanTotal
	inPlanUsed
	inReservationARN
	inReservationEffective
	inReservationNetEffective
	inUnusedQuantity
	inUnusedUpfront
	inNetUnusedUpfront
	inUnusedRecurring
	inNetUnusedRecurring
	inTagMap
	inAllTagMap
	inCostMap
	inInterval
	inOperation
	inSplitParent
	inTotalUnits
	inPaymentOption
	inPlanShare
	inPlanRecurring
	inNetPlanShare
	inNetPlanRecurring
	inputCount
)

// inputs lists the columns by their folded names, the preferred one first. whole marks
// those that a FOCUS column repeats as they are: they are not kept a second time.
var inputs = [inputCount]struct {
	names []string
	whole bool
	total string
}{
	inType:                    {names: []string{"lineitemlineitemtype"}},
	inUnblended:               {names: []string{"lineitemunblendedcost"}, total: "unblended"},
	inBlended:                 {names: []string{"lineitemblendedcost"}, total: "blended"},
	inNetUnblended:            {names: []string{"lineitemnetunblendedcost"}, total: "net_unblended"},
	inPublicCost:              {names: []string{"pricingpublicondemandcost"}, total: "public_on_demand"},
	inPublicRate:              {names: []string{"pricingpublicondemandrate"}, whole: true},
	inUnblendedRate:           {names: []string{"lineitemunblendedrate"}},
	inNetUnblendedRate:        {names: []string{"lineitemnetunblendedrate"}},
	inCurrency:                {names: []string{"lineitemcurrencycode"}, whole: true},
	inPricingCurrency:         {names: []string{"pricingcurrency"}, whole: true},
	inPayerID:                 {names: []string{"billpayeraccountid"}, whole: true},
	inPayerName:               {names: []string{"billpayeraccountname"}, whole: true},
	inUsageAccountID:          {names: []string{"lineitemusageaccountid"}, whole: true},
	inUsageAccountName:        {names: []string{"lineitemusageaccountname"}, whole: true},
	inPeriodStart:             {names: []string{"billbillingperiodstartdate"}, whole: true},
	inPeriodEnd:               {names: []string{"billbillingperiodenddate"}, whole: true},
	inUsageStart:              {names: []string{"lineitemusagestartdate"}, whole: true},
	inUsageEnd:                {names: []string{"lineitemusageenddate"}, whole: true},
	inInvoiceID:               {names: []string{"billinvoiceid"}, whole: true},
	inInvoicingEntity:         {names: []string{"billinvoicingentity"}, whole: true},
	inBillingEntity:           {names: []string{"billbillingentity"}},
	inLegalEntity:             {names: []string{"lineitemlegalentity"}, whole: true},
	inDescription:             {names: []string{"lineitemlineitemdescription"}, whole: true},
	inProductCode:             {names: []string{"lineitemproductcode"}},
	inProductName:             {names: []string{"productproductname"}, whole: true},
	inProductMap:              {names: []string{"product"}},
	inUsageType:               {names: []string{"lineitemusagetype"}, whole: true},
	inUsageAmount:             {names: []string{"lineitemusageamount"}, whole: true},
	inUnit:                    {names: []string{"pricingunit"}, whole: true},
	inZone:                    {names: []string{"lineitemavailabilityzone"}, whole: true},
	inResourceID:              {names: []string{"lineitemresourceid"}, whole: true},
	inSKU:                     {names: []string{"productsku"}, whole: true},
	inRateCode:                {names: []string{"pricingratecode"}, whole: true},
	inRateID:                  {names: []string{"pricingrateid"}},
	inRegionCode:              {names: []string{"productregioncode"}, whole: true},
	inRegion:                  {names: []string{"productregion"}},
	inLocation:                {names: []string{"productlocation"}},
	inProductFamily:           {names: []string{"productproductfamily"}},
	inCapacityStatus:          {names: []string{"productcapacitystatus"}},
	inInstanceType:            {names: []string{"productinstancetype"}},
	inVCPU:                    {names: []string{"productvcpu"}},
	inMemory:                  {names: []string{"productmemory"}},
	inOperatingSystem:         {names: []string{"productoperatingsystem"}},
	inStorageClass:            {names: []string{"productstorageclass"}},
	inGPU:                     {names: []string{"productgpu"}},
	inStorageMedia:            {names: []string{"productstoragemedia"}},
	inMaxIops:                 {names: []string{"productmaxiopsvolume"}},
	inCapacityARN:             {names: []string{"capacityreservationcapacityreservationarn"}},
	inCapacityState:           {names: []string{"capacityreservationcapacityreservationstatus"}},
	inPlanARN:                 {names: []string{"savingsplansavingsplanarn"}, whole: true},
	inPlanEffective:           {names: []string{"savingsplansavingsplaneffectivecost"}},
	inPlanNetEffective:        {names: []string{"savingsplannetsavingsplaneffectivecost"}},
	inPlanTotal:               {names: []string{"savingsplantotalcommitmenttodate"}},
	inPlanUsed:                {names: []string{"savingsplanusedcommitment"}},
	inReservationARN:          {names: []string{"reservationreservationarn"}},
	inReservationEffective:    {names: []string{"reservationeffectivecost"}},
	inReservationNetEffective: {names: []string{"reservationneteffectivecost"}},
	inUnusedQuantity:          {names: []string{"reservationunusedquantity"}},
	inUnusedUpfront:           {names: []string{"reservationunusedamortizedupfrontfeeforbillingperiod"}},
	inNetUnusedUpfront:        {names: []string{"reservationnetunusedamortizedupfrontfeeforbillingperiod"}},
	inUnusedRecurring:         {names: []string{"reservationunusedrecurringfee"}},
	inNetUnusedRecurring:      {names: []string{"reservationnetunusedrecurringfee"}},
	inTagMap:                  {names: []string{"resourcetags"}, whole: true},
	inAllTagMap:               {names: []string{"tags"}, whole: true},
	inCostMap:                 {names: []string{"costcategory"}, whole: true},
	inInterval:                {names: []string{"identitytimeinterval"}, whole: true},
	inOperation:               {names: []string{"lineitemoperation"}},
	inSplitParent:             {names: []string{"splitlineitemparentresourceid"}},
	inTotalUnits:              {names: []string{"reservationtotalreservedunits"}},
	inPlanShare:               {names: []string{"savingsplanamortizedupfrontcommitmentforbillingperiod"}},
	inPlanRecurring:           {names: []string{"savingsplanrecurringcommitmentforbillingperiod"}},
	inNetPlanShare:            {names: []string{"savingsplannetamortizedupfrontcommitmentforbillingperiod"}},
	inNetPlanRecurring:        {names: []string{"savingsplannetrecurringcommitmentforbillingperiod"}},
	inPaymentOption:           {names: []string{"savingsplanpaymentoption"}},
}

// foldName brings the spellings of a column name together: lineItem/UnblendedCost and
// line_item_unblended_cost.
func foldName(name string) string {
	return source.Fold(name, "/_: ")
}

// plan says where the columns of one file go.
type plan struct {
	names   []string // of the file, unique
	raw     []string
	at      [inputCount]int // -1 where the file has no such column
	tags    []tagColumn
	rest    []int // columns of the file that are kept under their own name
	columns []source.Column
	gross   bool // the amortized cost has a column of its own, since EffectiveCost may be net

	facts     []int // columns that facts depend on
	tagFields []int // columns that hold tags and cost categories
}

// tagColumn is a column of the file that holds the values of one tag.
type tagColumn struct {
	field int
	key   string // as FOCUS wants it: without the prefix "user:", with the prefix "aws:"
}

func newPlan(names, raw []string) *plan {
	p := &plan{names: names, raw: raw}
	position := make(map[string]int, len(names))
	for i, name := range names {
		if _, ok := position[foldName(name)]; !ok {
			position[foldName(name)] = i
		}
	}
	left := make(map[int]bool)
	for i := range p.at {
		p.at[i] = -1
		for _, name := range inputs[i].names {
			if field, ok := position[name]; ok {
				p.at[i] = field
				left[field] = inputs[i].whole
				break
			}
		}
	}
	for i, name := range names {
		if key, ok := tagKey(name); ok && !p.hasTag(key) {
			p.tags = append(p.tags, tagColumn{i, key})
		} else if !left[i] {
			p.rest = append(p.rest, i)
		}
	}
	p.gross = p.at[inNetUnblended] >= 0
	for _, i := range factInputs {
		if p.at[i] >= 0 {
			p.facts = append(p.facts, p.at[i])
		}
	}
	for _, t := range p.tags {
		p.tagFields = append(p.tagFields, t.field)
	}
	for _, i := range []input{inAllTagMap, inTagMap, inCostMap} {
		if p.at[i] >= 0 {
			p.tagFields = append(p.tagFields, p.at[i])
		}
	}
	p.columns = p.output()
	return p
}

func (p *plan) hasTag(key string) bool {
	return slices.ContainsFunc(p.tags, func(t tagColumn) bool { return t.key == key })
}

func (p *plan) has(all ...input) bool {
	for _, i := range all {
		if p.at[i] < 0 {
			return false
		}
	}
	return true
}

// output lists the columns of the records: FOCUS, then the amortized cost and the time
// interval where they are columns of their own, then what is left of the file.
func (p *plan) output() []source.Column {
	out := make([]source.Column, 0, len(focusNames)+2+len(p.rest))
	taken := make(map[string]bool)
	add := func(c source.Column) {
		for taken[c.Name] {
			c.Name += "_"
		}
		taken[c.Name] = true
		out = append(out, c)
	}
	for i, name := range focusNames {
		c := source.Column{Name: name, Focus: true}
		if from := focusFrom[i]; from >= 0 && p.at[from] >= 0 {
			c.Raw = p.raw[p.at[from]]
		}
		if name == "EffectiveCost" && !p.gross {
			c.Total = "amortized"
		}
		add(c)
	}
	if p.gross {
		add(source.Column{Name: "x_AmortizedCost", Total: "amortized"})
	}
	if field := p.at[inInterval]; field >= 0 {
		add(source.Column{Name: p.ownName(field), Raw: p.raw[field]})
	}
	totals := make(map[int]string)
	for i, in := range inputs {
		if in.total != "" && p.at[i] >= 0 {
			totals[p.at[i]] = in.total
		}
	}
	for _, field := range p.rest {
		add(source.Column{Name: p.ownName(field), Raw: p.raw[field], Total: totals[field]})
	}
	return out
}

// ownName is the name of a column that FOCUS does not have.
func (p *plan) ownName(field int) string {
	name := p.names[field]
	if _, focus := finops.ColumnByName(name); focus || name == "" {
		return "x_" + name
	}
	return name
}

// tagKey returns the key of the tag or cost category that a column holds:
// resourceTags/user:team of a CSV, resource_tags_user_team of Athena and Parquet, whose
// keys AWS has already spelled in lower case.
func tagKey(name string) (string, bool) {
	for _, prefix := range []string{"resourceTags/", "resource_tags_", "resourceTags_"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			return focusTagKey(rest), true
		}
	}
	for _, prefix := range []string{"costCategory/", "cost_category_", "costCategory_"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			return costCategory + rest, true
		}
	}
	return "", false
}

func focusTagKey(key string) string {
	for _, prefix := range []string{"user:", "user_"} {
		if rest, ok := strings.CutPrefix(key, prefix); ok && rest != "" {
			return rest
		}
	}
	if rest, ok := strings.CutPrefix(key, "aws_"); ok && rest != "" {
		return "aws:" + rest
	}
	return key
}
