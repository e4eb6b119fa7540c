package migration

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

func (d *decoder) organization(o *Organization, n node) {
	*o = Organization{
		Name: n.text("name"), CompanySize: n.choice("company_size"), Industry: n.choice("industry"), IndustryOther: n.text("industry_other"),
		Countries: n.texts("countries"), Infrastructure: n.choice("current_infrastructure"), SourceProviders: n.texts("source_provider"),
		SourceRegion: n.text("source_region"), CurrentMonthlyCost: n.number("current_monthly_cost"),
	}
	for _, c := range n.objects("commitments_left") {
		left := Commitment{Kind: c.text("kind"), MonthlyUSD: c.quantity("monthly_usd")}
		if end := c.day("end_date"); end != nil {
			left.EndDate = *end
			if latest := yearsAfter(d.today, 5); *end <= d.today || *end > latest {
				d.fail(c.path+".end_date", "range", end, "must be after %s and at most five years ahead", d.today)
			}
		}
		o.Commitments = append(o.Commitments, left)
	}
	o.TeamSize, o.TeamShare, o.LabourRate = n.whole("team_size"), n.quantity("team_share"), n.quantity("labour_rate")
	o.Skill = map[string]int{}
	for _, provider := range pricebook.Providers() {
		o.Skill[provider] = n.whole("skill_" + provider)
	}
	o.Currency, o.CurrencyRate, o.CurrencyRateDate = n.text("currency"), n.number("currency_rate"), n.day("currency_rate_date")
	o.VMware, o.HardwareBookValue = n.bool("vmware"), n.quantity("hardware_book_value")
}

func yearsAfter(day finops.Day, years int) finops.Day {
	return finops.DayOfUnix(day.Time().AddDate(years, 0, 0).Unix())
}

func (d *decoder) workload(n node) Workload {
	w := Workload{
		Name: n.text("name"), Type: n.choice("type"), Environment: n.choice("environment"), Count: n.whole("count"), VCPU: n.whole("vcpu"),
		MemoryGiB: n.quantity("memory_gib"), CPUP95: n.number("cpu_p95"), MemP95: n.number("mem_p95"), Hours: n.quantity("hours_per_month"),
		OS: n.choice("os"), OSLicence: n.choice("os_licence"), Arch: n.choice("arch"), BlockGiB: n.quantity("block_gib"), BlockType: n.choice("block_type"),
		IOPS: n.quantity("iops"), MBps: n.quantity("mbps"), ObjectGiB: n.quantity("object_gib"), ObjectClass: n.choice("object_class"),
		RequestsK: n.quantity("requests_per_month_k"), Engine: n.choice("db_engine"), DBStorageGiB: n.quantity("db_storage_gib"), DBHA: n.bool("db_ha"),
		DBLicence: n.choice("db_licence"), EgressGB: n.quantity("egress_gb_month"), EastWestGB: n.quantity("eastwest_gb_month"), Growth: n.quantity("growth_pct_year"),
		Criticality: n.whole("criticality"), DependsOn: n.texts("depends_on"), Strategy: n.choice("strategy"), Services: n.levels("services"),
		DataChangeGBDay: n.number("data_change_gb_day"), GPUModel: n.text("gpu_model"), GPUCount: n.whole("gpu_count"), SourceCPUFamily: n.text("source_cpu_family"),
		EndOfLife: n.bool("end_of_life"), SaaSName: n.text("saas_name"), ChangeRate: n.whole("change_rate"), SharedState: n.bool("shared_state"),
		LicenceBound: n.bool("licence_hardware_bound"), PlantLatencyMs: n.number("plant_latency_ms"),
		storageGiven: n.given("block_gib") || n.given("db_storage_gib") || n.given("object_gib"), egressGiven: n.given("egress_gb_month"),
		depsGiven: n.given("depends_on"), osLicenceGiven: n.given("os_licence"), dbLicenceGiven: n.given("db_licence"),
	}
	d.line(&w, n)
	return w
}

// line checks the rules of several fields of one line.
func (d *decoder) line(w *Workload, n node) {
	at := func(name string) string { return n.path + "." + name }
	if w.OS == "windows" && n.members["arch"] == "arm64" {
		d.failBoth("cross", at("arch"), w.Arch, at("os"), w.OS, "Windows runs on x86_64 only")
	}
	if w.OS == "windows" {
		w.Arch = "x86_64"
	}
	if w.OSLicence == "byol" && (w.OS == "linux" || w.OS == "other") {
		d.failBoth("cross", at("os_licence"), w.OSLicence, at("os"), w.OS, "byol is for windows, rhel and sles")
	}
	if w.Type == "database" && w.Engine == "none" {
		d.fail(at("db_engine"), "required", n.members["db_engine"], "must name an engine, since the type is database")
	}
	if w.Engine != "none" && w.Engine != "redis" && w.Engine != "" && !n.given("db_storage_gib") {
		d.fail(at("db_storage_gib"), "required", nil, "must be above 0, since there is a database engine")
	} else if w.Engine != "none" && w.Engine != "redis" && w.Engine != "" && n.given("db_storage_gib") && w.DBStorageGiB.Sign() == 0 && isZero(n.members["db_storage_gib"]) {
		d.fail(at("db_storage_gib"), "range", n.members["db_storage_gib"], "must be above 0, since there is a database engine")
	}
	if w.DBLicence == "byol" && w.Engine != "sqlserver" && w.Engine != "oracle" {
		d.failBoth("cross", at("db_licence"), w.DBLicence, at("db_engine"), w.Engine, "byol is for sqlserver and oracle")
	}
	if w.GPUCount > 0 && w.GPUModel == "" {
		d.fail(at("gpu_model"), "required", nil, "must name the model, since gpu_count is above 0")
	}
}

func isZero(v any) bool {
	a, err := finops.ParseAmount([]byte(fmt.Sprint(v)))
	return err == nil && a.Sign() == 0
}

func (d *decoder) requirements(r *Requirements, n node) {
	*r = Requirements{
		Candidates: n.texts("candidate_providers"), Residency: n.texts("residency"), LatencyMs: n.number("latency_ms"), Availability: n.quantity("availability"),
		RTOMinutes: n.whole("rto_minutes"), RPOMinutes: n.whole("rpo_minutes"), BudgetMonthly: n.number("budget_monthly"), BudgetOneOff: n.number("budget_one_off"),
		BudgetMonthlyHard: n.choice("budget_monthly_kind") == "hard", BudgetOneOffHard: n.choice("budget_one_off_kind") == "hard",
		Deadline: n.day("deadline"), DowntimeHours: n.quantity("downtime_window_h"), Preferred: n.levels("preferred_services"),
		LockIn: n.choice("lock_in_tolerance"), Term: n.choice("purchase_option"), Sizing: n.choice("sizing"), ComfortFactor: n.number("comfort_factor"),
		Horizon: n.whole("horizon_months"), WACC: n.quantity("wacc_pct"), LeavingSource: n.bool("leaving_source"), Weights: map[string]int{},
		AllowBurstable: n.bool("allow_burstable"), AcceptRestricted: n.bool("accept_restricted"), SupportPct: n.quantity("support_pct"),
		ObservabilityPct: n.quantity("observability_pct"), ContingencyPct: n.quantity("contingency_pct"),
		DiscountPct:          map[string]finops.Amount{"aws": n.quantity("discount_aws_pct"), "azure": n.quantity("discount_azure_pct"), "gcp": n.quantity("discount_gcp_pct")},
		TrainingUSDPerPerson: n.quantity("training_usd_per_person"),
		ToolingUSD:           n.quantity("tooling_usd"), PartnerUSD: n.quantity("partner_usd"), BufferPct: n.quantity("buffer_pct"),
	}
	if _, there := n.members["candidate_providers"]; !there {
		r.Candidates = pricebook.Providers()
	}
	slices.SortFunc(r.Candidates, func(a, b string) int { return rank(a) - rank(b) })
	for _, f := range n.objects("frameworks") {
		framework := Framework{Name: f.text("name"), Must: f.choice("level") == "must"}
		known := slices.ContainsFunc(d.book.Attestations(), func(a pricebook.Attestation) bool { return a.Framework == framework.Name })
		switch {
		case framework.Name != "" && !known:
			d.fail(f.path+".name", "oneOf", framework.Name, "is not a framework of the table of compliance")
		case slices.ContainsFunc(r.Frameworks, func(o Framework) bool { return o.Name == framework.Name }):
			d.fail(f.path+".name", "unique", framework.Name, "must not be given twice")
		default:
			r.Frameworks = append(r.Frameworks, framework)
		}
	}
	for i, j := range r.Residency {
		if !slices.Contains(words("EU EEA US-Gov GCC"), j) && !countryCodes[j] {
			d.fail(fmt.Sprintf("%s.residency[%d]", n.path, i), "oneOf", j, "must be a country code, EU, EEA, US-Gov or GCC")
		}
	}
	d.geo(r, n)
	d.locations(r, n)
	d.dates(r, n)
	weights, sum := n.object("weights"), 0
	for _, part := range Parts {
		r.Weights[part] = weights.whole(part)
		sum += r.Weights[part]
	}
	if sum != 100 && !slices.ContainsFunc(Parts, func(part string) bool { return d.failed(weights.path + "." + part) }) {
		d.fail(n.path+".weights", "sum", n.members["weights"], "must sum to 100, not %d", sum)
	}
}

func (d *decoder) geo(r *Requirements, n node) {
	v, path, _, ok := n.value("target_geo")
	if !ok {
		return
	}
	switch v := v.(type) {
	case string:
		if r.TargetGeo = v; !slices.ContainsFunc(d.book.Geos(), func(g pricebook.Geo) bool { return g.ID == v }) {
			d.fail(path, "oneOf", v, "is not a place of the region map")
		}
	case map[string]any:
		r.TargetRegions = map[string]string{}
		for _, provider := range slices.Sorted(maps.Keys(v)) {
			name, _ := v[provider].(string)
			region := d.book.Region(provider, name)
			switch {
			case !slices.Contains(pricebook.Providers(), provider):
				d.fail(path+"."+provider, "unknown", v[provider], "is not a provider")
			case region == nil || !region.HasCompute:
				d.fail(path+"."+provider, "oneOf", v[provider], "is not a region of the provider with prices")
			default:
				r.TargetRegions[provider] = name
			}
		}
	default:
		d.fail(path, "type", v, "must be a place of the region map or an object of provider and region")
	}
}

func (d *decoder) locations(r *Requirements, n node) {
	var sum finops.Sum
	list := n.objects("user_locations")
	for _, l := range list {
		location := Location{Country: l.country("country"), Share: l.quantity("share")}
		r.Locations = append(r.Locations, location)
		sum.Add(location.Share)
	}
	if len(list) > 0 && sum.Amount().Cmp(finops.NewAmount(100, 0)) != 0 {
		d.fail(n.path+".user_locations", "sum", sum, "must have shares that sum to 100, not %s", sum)
	}
}

func (d *decoder) dates(r *Requirements, n node) {
	r.Start = d.today + 14
	start := n.day("start_date")
	if start != nil {
		if r.Start = *start; *start < d.today {
			d.fail(n.path+".start_date", "range", start, "must not be before %s", d.today)
		}
	}
	if r.Deadline != nil && (*r.Deadline < r.Start+14 || *r.Deadline > yearsAfter(r.Start, 5)) {
		d.failBoth("cross", n.path+".deadline", r.Deadline, n.path+".start_date", start, "the deadline must be 14 days to five years after the start")
	}
	for _, f := range n.objects("freeze_periods") {
		from, to := f.day("start"), f.day("end")
		if from == nil || to == nil {
			continue
		}
		switch {
		case *to < *from:
			d.failBoth("cross", f.path+".start", from, f.path+".end", to, "the end must not be before the start")
		case *from < r.Start:
			d.fail(f.path+".start", "range", from, "must not be before the start %s", r.Start)
		case r.Deadline != nil && *to > *r.Deadline:
			d.fail(f.path+".end", "range", to, "must not be after the deadline %s", r.Deadline)
		default:
			r.Freezes = append(r.Freezes, Span{*from, *to})
		}
	}
	slices.SortFunc(r.Freezes, func(a, b Span) int { return int(a.Start - b.Start) })
}

// together checks the rules of fields of several steps.
func (d *decoder) together(p *Profile, top node) {
	o, r := &p.Organization, &p.Requirements
	if o.Industry == "other" && o.IndustryOther == "" {
		d.fail("organization.industry_other", "required", nil, "must be given, since the industry is other")
	}
	if o.Infrastructure == "cloud" || o.Infrastructure == "hybrid" {
		if len(o.SourceProviders) == 0 && !d.failed("organization.source_provider") {
			d.fail("organization.source_provider", "required", nil, "must be given, since there is a cloud today")
		}
	}
	if o.Infrastructure == "cloud" && o.CurrentMonthlyCost == nil && !d.failed("organization.current_monthly_cost") {
		d.fail("organization.current_monthly_cost", "required", nil, "must be given, since the workloads are in a cloud")
	}
	d.currency(o)
	names := map[string]bool{}
	for i := range p.Workloads {
		if w := &p.Workloads[i]; w.Name != "" {
			if names[w.Name] {
				d.fail(fmt.Sprintf("workloads[%d].name", i), "unique", w.Name, "must differ from the names of the other lines")
			}
			names[w.Name] = true
		}
	}
	for i := range p.Workloads {
		w := &p.Workloads[i]
		for j, name := range w.DependsOn {
			switch path := fmt.Sprintf("workloads[%d].depends_on[%d]", i, j); {
			case name == w.Name:
				d.fail(path, "reference", name, "must not be the line itself")
			case !names[name]:
				d.fail(path, "reference", name, "is not the name of a line")
			}
		}
		if w.Strategy == "relocate" && !o.VMware {
			d.failBoth("cross", fmt.Sprintf("workloads[%d].strategy", i), w.Strategy, "organization.vmware", o.VMware, "relocate needs a VMware estate")
		}
	}
	if len(o.Countries) > 0 && len(r.Candidates) > 0 && !d.placesFailed() {
		d.places(p, top.members["requirements"])
	}
}

// placesFailed reports whether something is wrong that decides about the regions.
func (d *decoder) placesFailed() bool {
	return slices.ContainsFunc(d.errors, func(e FieldError) bool {
		return slices.ContainsFunc(words("organization.countries requirements.candidate_providers requirements.residency requirements.target_geo"), func(field string) bool {
			return strings.HasPrefix(e.Path, field)
		})
	})
}

func (d *decoder) failed(path string) bool {
	return slices.ContainsFunc(d.errors, func(e FieldError) bool { return e.Path == path })
}

func (d *decoder) currency(o *Organization) {
	letters := len(o.Currency) == 3
	for _, c := range o.Currency {
		letters = letters && c >= 'A' && c <= 'Z'
	}
	if o.Currency != "" && !letters {
		d.fail("organization.currency", "format", o.Currency, "must be a currency code such as EUR")
	}
	if !letters || o.Currency == "USD" {
		return
	}
	if o.CurrencyRate == nil && !d.failed("organization.currency_rate") {
		d.fail("organization.currency_rate", "required", nil, "must be given, since the currency is not USD")
	}
	if o.CurrencyRateDate == nil && !d.failed("organization.currency_rate_date") {
		d.fail("organization.currency_rate_date", "required", nil, "must be given, since the currency is not USD")
	}
}

// places checks that the workloads have somewhere to go.
func (d *decoder) places(p *Profile, requirements any) {
	r := &p.Requirements
	value := func(name string) any {
		m, _ := requirements.(map[string]any)
		return m[name]
	}
	if r.TargetGeo == "" && len(r.TargetRegions) < len(r.Candidates) && seatGeo(d.book, p.Organization.Seat()) == nil {
		if r.TargetRegions == nil {
			d.fail("requirements.target_geo", "required", nil, "must be given, since no place of the region map is in %s", p.Organization.Seat())
			return
		}
		for _, provider := range r.Candidates {
			if r.TargetRegions[provider] == "" {
				d.fail("requirements.target_geo."+provider, "required", nil, "must be given, since no place of the region map is in %s", p.Organization.Seat())
			}
		}
		return
	}
	kept := false
	for _, provider := range r.Candidates {
		if name := r.TargetRegions[provider]; name != "" && !allowed(d.book.Region(provider, name), r.Residency) {
			d.failBoth("cross", "requirements.target_geo", value("target_geo"), "requirements.residency", value("residency"),
				""+name+" of "+provider+" is outside the allowed jurisdictions")
			return
		}
		kept = kept || chooseRegion(d.book, p, provider).region != nil
	}
	if !kept {
		d.fail("requirements.residency", "range", value("residency"), "leaves no region of any provider")
	}
}
