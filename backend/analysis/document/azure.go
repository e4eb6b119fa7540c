package document

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

const azure = "Microsoft Azure"

// azureGraph reads the answer of Azure Resource Graph: `az graph query`, or the data of its REST interface.
func (d *Document) azureGraph(text []byte) error {
	var in struct {
		Data         json.RawMessage
		Count        *int `json:"count"`
		TotalRecords *int `json:"total_records"`
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if len(in.Data) == 0 || in.Data[0] != '[' {
		return errUnknown
	}
	if in.Count != nil && in.TotalRecords != nil && *in.Count < *in.TotalRecords {
		d.Whole = false
	}
	return d.azureResources(in.Data)
}

// azureResource is a row of Resource Graph. Queries choose their columns, so that only the id is sure to be there.
type azureResource struct {
	ID             string `json:"id"`
	Name           string
	Type           string
	Location       string
	SubscriptionID string `json:"subscriptionId"`
	ManagedBy      string
	Properties     json.RawMessage
	VMSize         string `json:"vmSize"`
	PowerState     string
}

func (d *Document) azureResources(text []byte) error {
	var rows []azureResource
	if err := json.Unmarshal(text, &rows); err != nil {
		return err
	}
	for i := range rows {
		if rows[i].ID != "" && !strings.HasPrefix(strings.ToLower(rows[i].ID), "/subscriptions/") {
			return errUnknown
		}
		d.azureThing(&rows[i])
	}
	d.is(AzureInventory, azure)
	return nil
}

// ref names another resource.
type ref struct {
	ID string `json:"id"`
}

// azureProperties are the fields of several types that matter.
type azureProperties struct {
	TimeCreated     string
	HardwareProfile struct {
		VMSize string `json:"vmSize"`
	}
	Extended struct {
		InstanceView struct{ PowerState struct{ Code string } }
	}
	DiskState               string
	LastOwnershipUpdateTime string `json:"LastOwnershipUpdateTime"`
	CreationData            struct {
		SourceResourceID string `json:"sourceResourceId"`
	}
	IPConfiguration     *ref `json:"ipConfiguration"`
	NatGateway          *ref
	NumberOfSites       *int
	BackendAddressPools []backends
}

type backends struct {
	Properties struct {
		BackendIPConfigurations    []ref `json:"backendIPConfigurations"`
		LoadBalancerBackendAddress []ref `json:"loadBalancerBackendAddresses"`
		BackendAddresses           []json.RawMessage
	}
}

// azureTypes are the types of things by the types of Azure.
var azureTypes = map[string]Type{
	"microsoft.compute/virtualmachines": Machine, "microsoft.compute/disks": Disk, "microsoft.compute/snapshots": Snapshot,
	"microsoft.network/publicipaddresses": Address, "microsoft.web/serverfarms": Plan, "microsoft.network/loadbalancers": Balancer,
	"microsoft.network/applicationgateways": Gateway,
}

// typeOfID is the type in the id of a resource, in lower case.
func typeOfID(id string) string {
	_, after, ok := strings.Cut(strings.ToLower(id), "/providers/")
	if !ok {
		return ""
	}
	const parts = 3 // namespace, type, name
	of := strings.SplitN(after, "/", parts)
	if len(of) < parts {
		return ""
	}
	return of[0] + "/" + of[1]
}

func (d *Document) azureThing(r *azureResource) {
	kind := azureTypes[firstOf(strings.ToLower(r.Type), typeOfID(r.ID))]
	if kind == "" {
		d.Entries++
		return
	}
	var p azureProperties
	if len(r.Properties) > 0 && json.Unmarshal(r.Properties, &p) != nil {
		p = azureProperties{} // properties in a form of another version say nothing
		r.Properties = nil
	}
	t := &Thing{
		Type: kind, Key: Key(r.ID), Name: r.Name, Account: r.SubscriptionID, Region: r.Location, Made: dayOf(p.TimeCreated),
		Since: dayOf(p.LastOwnershipUpdateTime),
	}
	switch kind {
	case Machine:
		t.Size = firstOf(p.HardwareProfile.VMSize, r.VMSize)
		t.State = strings.TrimPrefix(strings.ToLower(firstOf(p.Extended.InstanceView.PowerState.Code, r.PowerState)), "powerstate/")
	case Disk:
		t.State = p.DiskState
		if r.ManagedBy != "" {
			t.On = []string{Key(r.ManagedBy)}
		}
	case Snapshot:
		t.From = Key(p.CreationData.SourceResourceID)
	case Address:
		t.azureAddress(&p, len(r.Properties) > 0)
	case Plan:
		if p.NumberOfSites != nil {
			t.Count, t.State = *p.NumberOfSites, "listed"
		}
	case Balancer, Gateway:
		t.azureBackends(&p, len(r.Properties) > 0)
	default:
	}
	d.add(t)
}

func (t *Thing) azureAddress(p *azureProperties, said bool) {
	if !said {
		return
	}
	t.State = "free"
	for _, on := range []*ref{p.IPConfiguration, p.NatGateway} {
		if on != nil && on.ID != "" {
			t.On, t.State = append(t.On, Key(on.ID)), "associated"
		}
	}
}

// azureBackends counts what stands behind a balancer or gateway.
func (t *Thing) azureBackends(p *azureProperties, said bool) {
	if !said {
		return
	}
	t.State = "listed"
	for _, pool := range p.BackendAddressPools {
		b := pool.Properties
		t.Count += len(b.BackendIPConfigurations) + len(b.LoadBalancerBackendAddress) + len(b.BackendAddresses)
	}
}

// azureMetrics reads `az monitor metrics list` for one resource.
func (d *Document) azureMetrics(text []byte) error {
	var in struct {
		Interval       string
		Timespan       string
		ResourceRegion string `json:"resourceregion"`
		Value          json.RawMessage
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if len(in.Value) == 0 {
		return errUnknown
	}
	d.Regions = append(d.Regions, in.ResourceRegion)
	return d.azureMetricList(in.Value, in.Interval)
}

type azurePoint struct {
	TimeStamp                        string
	Average, Minimum, Maximum, Total json.Number
}

func (d *Document) azureMetricList(text []byte, interval string) error {
	var list []struct {
		ID         string `json:"id"`
		Name       struct{ Value string }
		Timeseries []struct{ Data []azurePoint }
	}
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	d.is(AzureMetrics, azure)
	period := periodOf(interval)
	for _, m := range list {
		resource, _, ok := strings.Cut(strings.ToLower(m.ID), "/providers/microsoft.insights/")
		if !ok {
			continue
		}
		for _, s := range m.Timeseries {
			d.Entries += len(s.Data)
			if d.Entries > entriesMost {
				return finops.Errorf(finops.CodeInvalid, "it has more than %d points.", entriesMost)
			}
			d.azureSeries(resource, m.Name.Value, period, s.Data)
		}
	}
	d.azureAccounts()
	return nil
}

// azureAccounts notes the subscriptions of the series.
func (d *Document) azureAccounts() {
	for _, s := range d.Series {
		d.Accounts = append(d.Accounts, subscriptionOf(s.Key))
	}
}

func subscriptionOf(id string) string {
	after, ok := strings.CutPrefix(strings.ToLower(id), "/subscriptions/")
	if !ok {
		return ""
	}
	account, _, _ := strings.Cut(after, "/")
	return account
}

// azureMetricNames are the metrics of Azure Monitor.
var azureMetricNames = map[string]Metric{
	"percentage cpu": CPU, "cpu_percent": CPU, "cpupercentage": CPU, "network in total": NetworkIn, "network out total": NetworkOut, "network in": NetworkIn,
	"network out": NetworkOut, "available memory bytes": MemoryFree, "memory_percent": Memory, "memorypercentage": Memory,
	"active_connections": Connections, "connection_successful": Connections, "sessions_count": Connections, "connectedclients": Connections,
	"requests": Requests, "packetcount": Requests, "transactions": Requests,
}

func (d *Document) azureSeries(resource, metric string, period int64, points []azurePoint) {
	name := azureMetricNames[strings.ToLower(metric)]
	if name == "" {
		return
	}
	for _, stat := range []Stat{Average, Minimum, Maximum, Total} {
		s := &Series{Key: Key(resource), Metric: name, Stat: stat, Period: period}
		for _, p := range points {
			value := map[Stat]json.Number{Average: p.Average, Minimum: p.Minimum, Maximum: p.Maximum, Total: p.Total}[stat]
			s.point(p.TimeStamp, value.String())
		}
		d.series(s)
	}
}

// periods are the intervals of Azure Monitor in seconds: as ISO 8601, and as older versions of its tool print them.
var periods = map[string]int64{
	"pt1m": 60, "pt5m": 300, "pt15m": 900, "pt30m": 1800, "pt1h": 3600, "pt6h": 21600, "pt12h": 43200, "p1d": 86400, "1 day, 0:00:00": 86400, "1:00:00": 3600, "0:15:00": 900, "0:05:00": 300,
}

const aDay = 86400

func periodOf(interval string) int64 {
	if p := periods[strings.ToLower(strings.TrimSpace(interval))]; p != 0 {
		return p
	}
	return aDay
}

func (d *Document) azureAdvisorPage(text []byte) error {
	var in struct{ Value []json.RawMessage }
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if len(in.Value) == 0 {
		return errUnknown
	}
	return d.readItems(in.Value)
}

func (d *Document) azureAdvisorList(text []byte) error {
	var rows []struct {
		Category           string
		ID                 string         `json:"id"`
		ExtendedProperties map[string]any `json:"extendedProperties"`
		LastUpdated        string
		ResourceMetadata   struct {
			ResourceID string `json:"resourceId"`
		}
		ShortDescription struct{ Problem, Solution string }
	}
	if err := json.Unmarshal(text, &rows); err != nil {
		return err
	}
	d.is(AzureAdvisor, azure)
	for _, r := range rows {
		d.onTime(r.LastUpdated)
		if r.Category != "" && !strings.EqualFold(r.Category, "Cost") {
			d.Entries++
			continue
		}
		property := func(name string) string { text, _ := r.ExtendedProperties[name].(string); return text }
		resource := r.ResourceMetadata.ResourceID
		if resource == "" {
			resource, _, _ = strings.Cut(strings.ToLower(r.ID), "/providers/microsoft.advisor/")
		}
		d.Accounts = append(d.Accounts, subscriptionOf(resource))
		a := &Advice{Key: Key(resource), Said: firstOf(r.ShortDescription.Solution, r.ShortDescription.Problem), Currency: property("savingsCurrency"), Target: property("targetSku")}
		switch strings.ToLower(property("recommendationType")) {
		case "shutdown":
			a.Action, a.Target, a.Said = ActionStop, "", "Shut down"
		case "skuchange":
			a.Action, a.Said = ActionResize, "Change "+property("currentSku")+" to "+a.Target
		default:
			if property("term") != "" || property("reservedResourceType") != "" {
				a.Action = ActionReserve
				a.Purchase = (&reservation{
					account: firstOf(property("subId"), subscriptionOf(resource)), scope: property("scope"), of: property("reservedResourceType"), region: property("region"),
					sku: firstOf(property("displaySKU"), property("vmSize")), term: property("term"), quantity: firstOf(property("displayQty"), property("qty")), lookBack: property("lookbackPeriod"),
				}).purchase()
			}
		}
		a.Monthly = aTwelfth(property("annualSavingsAmount"))
		if a.Monthly == nil {
			a.Monthly = money(property("savingsAmount"))
		}
		d.advise(a)
	}
	return nil
}

// aTwelfth is the month of an amount of a year, rounded to hundredths.
func aTwelfth(year string) *finops.Amount {
	a, ok := measured(year)
	if !ok {
		return nil
	}
	const decimals = 2
	return money(new(big.Rat).Quo(Rat(a), big.NewRat(12, 1)).FloatString(decimals))
}

// azureAmount is an amount that older agreements write as a number, and newer ones with its currency.
type azureAmount struct {
	Value    json.Number
	Currency string
}

// UnmarshalJSON reads both.
func (a *azureAmount) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '{' {
		type plain azureAmount
		return json.Unmarshal(text, (*plain)(a))
	}
	return json.Unmarshal(text, &a.Value)
}

// azureReservations reads the reservation recommendations of the Consumption API: of enterprise agreements, and of customer agreements.
func (d *Document) azureReservations(text []byte) error {
	var rows []struct {
		ID         string `json:"id"`
		Location   string
		SKU        json.RawMessage `json:"sku"`
		Properties struct {
			Location, SKUName, NormalizedSize, Term string
			RecommendedQuantity                     json.Number
			NetSavings                              azureAmount
			LookBackPeriod, FirstUsageDate          string
			Scope, ResourceType                     string
		}
	}
	if err := json.Unmarshal(text, &rows); err != nil {
		return err
	}
	d.is(AzureReservations, azure)
	for i := range rows {
		r := &rows[i]
		var sku string
		if json.Unmarshal(r.SKU, &sku) != nil {
			sku = ""
		}
		p := r.Properties
		d.advise(d.reservation(&reservation{
			account: subscriptionOf(r.ID), scope: p.Scope, of: p.ResourceType, region: firstOf(r.Location, p.Location), sku: firstOf(p.SKUName, sku, p.NormalizedSize),
			term: p.Term, quantity: p.RecommendedQuantity.String(), lookBack: p.LookBackPeriod, first: p.FirstUsageDate, saving: p.NetSavings.Value.String(), currency: p.NetSavings.Currency,
		}))
	}
	return nil
}

// azureMonth are the days that recommendations look back at whose savings are those of a month.
const azureMonth = 30

// azureTerms are the terms of reservations as a person writes them.
var azureTerms = map[string]string{"P1Y": "1 year", "P3Y": "3 years", "P5Y": "5 years"}

// reservation is what Azure says of a reservation that it recommends.
type reservation struct {
	account, scope, of, region, sku, term, quantity, lookBack, first, saving, currency string
}

// reservation is the advice to reserve something.
func (d *Document) reservation(r *reservation) *Advice {
	d.Regions, d.Accounts = append(d.Regions, r.region), append(d.Accounts, r.account)
	a := &Advice{
		Key: strings.ToLower("reservation:" + r.region + "/" + r.sku), Action: ActionReserve, Target: r.term, Currency: r.currency,
		Said: "Reserve " + r.quantity + " × " + r.sku + " for " + firstOf(azureTerms[strings.ToUpper(r.term)], r.term), Purchase: r.purchase(),
	}
	if days := a.Purchase.LookBack; days == 0 || days == azureMonth {
		a.Monthly = money(r.saving) // else it is for another time than a month
	}
	return a
}

// purchase is what is to be bought. What names no type of resource is taken by its size: machines have one that begins with Standard_ or Basic_.
func (r *reservation) purchase() *Purchase {
	p := &Purchase{Of: ProgramOther, Region: strings.ToLower(r.region), Machine: r.sku, Quantity: r.quantity, From: dayOf(r.first), Years: map[string]int{"P1Y": 1, "P3Y": 3}[strings.ToUpper(r.term)]}
	machine := strings.HasPrefix(r.sku, "Standard_") || strings.HasPrefix(r.sku, "Basic_")
	if strings.EqualFold(r.of, "virtualmachines") || r.of == "" && machine {
		p.Of = ProgramReservation
	}
	p.LookBack, _ = strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(r.lookBack), "last"), "days"))
	if strings.EqualFold(r.scope, "Single") {
		p.Account = r.account
	}
	return p
}
