package migration

import "strings"

// Kind is the JSON type of a field and how its value is written.
type Kind string

// The kinds of fields.
const (
	Text     Kind = "text"
	Choice   Kind = "choice"
	Whole    Kind = "whole"  // a whole number
	Number   Kind = "number" // a decimal number
	Bool     Kind = "bool"
	Date     Kind = "date"
	Country  Kind = "country"
	Texts    Kind = "texts"     // a list of texts
	Choices  Kind = "choices"   // a list of choices, each once
	Nations  Kind = "countries" // a list of countries, each once
	Objects  Kind = "objects"   // a list of objects, whose fields have rules of their own
	Object   Kind = "object"
	Levels   Kind = "levels" // an object of service keys with must, should or nice
	GeoOrMap Kind = "geo"    // a place of the region map, or an object of provider and region
)

// Rule is what a field may be. One table of rules serves the command line, the window and the imports.
type Rule struct {
	Path     string   `json:"path"` // such as workloads[].vcpu
	Kind     Kind     `json:"kind"`
	Min      string   `json:"min,omitempty"` // the least number, length or count
	Max      string   `json:"max,omitempty"`
	Above    bool     `json:"above,omitempty"`    // Min itself is not allowed
	Decimals int      `json:"decimals,omitempty"` // of a Number; 0 = two
	Options  []string `json:"options,omitempty"`
	Default  string   `json:"default,omitempty"`
	Required bool     `json:"required,omitempty"`
	Empty    bool     `json:"empty,omitempty"` // null is allowed and means unknown or none
}

func words(text string) []string { return strings.Fields(text) }

// Rules is the table of rules, in the order of the wizard. Rules of several fields are in Decode.
func Rules() []Rule {
	return append(append(append([]Rule{}, organizationRules...), workloadRules...), requirementRules...)
}

// MaxWorkloads is the most lines that a profile may have.
const MaxWorkloads = 5000

var organizationRules = []Rule{
	{Path: "organization", Kind: Object, Required: true},
	{Path: "organization.name", Kind: Text, Min: "1", Max: "120", Required: true},
	{Path: "organization.company_size", Kind: Choice, Options: words("startup small medium large enterprise"), Default: "medium"},
	{Path: "organization.industry", Kind: Choice, Default: "technology", Options: []string{
		"finance", "insurance", "healthcare", "life sciences", "public sector", "defence", "education", "retail", "manufacturing", "automotive",
		"energy", "telecom", "media", "technology", "logistics", "non-profit", "other",
	}},
	{Path: "organization.industry_other", Kind: Text, Min: "2", Max: "60", Empty: true},
	{Path: "organization.countries", Kind: Nations, Min: "1", Max: "20", Required: true},
	{Path: "organization.current_infrastructure", Kind: Choice, Options: words("on_prem cloud hybrid"), Default: "on_prem"},
	{Path: "organization.source_provider", Kind: Choices, Options: words("aws azure gcp oci ibm alibaba other"), Max: "7", Empty: true},
	{Path: "organization.source_region", Kind: Text, Min: "1", Max: "60", Empty: true},
	{Path: "organization.current_monthly_cost", Kind: Number, Min: "0", Max: "1000000000", Empty: true},
	{Path: "organization.commitments_left", Kind: Objects, Max: "1000", Empty: true},
	{Path: "organization.commitments_left[].kind", Kind: Text, Min: "1", Max: "80", Required: true},
	{Path: "organization.commitments_left[].monthly_usd", Kind: Number, Min: "0", Max: "1000000000", Above: true, Required: true},
	{Path: "organization.commitments_left[].end_date", Kind: Date, Required: true},
	{Path: "organization.team_size", Kind: Whole, Min: "1", Max: "10000", Default: "5"},
	{Path: "organization.team_share", Kind: Number, Min: "5", Max: "100", Default: "50"},
	{Path: "organization.skill_aws", Kind: Whole, Min: "0", Max: "5", Default: "1"},
	{Path: "organization.skill_azure", Kind: Whole, Min: "0", Max: "5", Default: "1"},
	{Path: "organization.skill_gcp", Kind: Whole, Min: "0", Max: "5", Default: "1"},
	{Path: "organization.labour_rate", Kind: Number, Min: "10", Max: "500", Default: "100"},
	{Path: "organization.currency", Kind: Text, Min: "3", Max: "3", Default: "USD"},
	{Path: "organization.currency_rate", Kind: Number, Min: "0", Max: "1000000000", Above: true, Decimals: 10, Empty: true},
	{Path: "organization.currency_rate_date", Kind: Date, Empty: true},
	{Path: "organization.vmware", Kind: Bool, Default: "false"},
	{Path: "organization.hardware_book_value", Kind: Number, Min: "0", Max: "1000000000", Default: "0", Empty: true},
}

var strategies = words("auto retire retain rehost relocate replatform repurchase refactor")

var workloadRules = []Rule{
	{Path: "workloads", Kind: Objects, Min: "1", Max: "5000", Required: true},
	{Path: "workloads[].name", Kind: Text, Min: "1", Max: "80", Required: true},
	{Path: "workloads[].type", Kind: Choice, Options: words("web api batch database analytics cache file vdi erp container ml other"), Default: "web"},
	{Path: "workloads[].environment", Kind: Choice, Options: words("prod stage test dev"), Default: "prod"},
	{Path: "workloads[].count", Kind: Whole, Min: "1", Max: "100000", Default: "1"},
	{Path: "workloads[].vcpu", Kind: Whole, Min: "1", Max: "448", Default: "2"},
	{Path: "workloads[].memory_gib", Kind: Number, Min: "0.5", Max: "24576", Default: "8"},
	{Path: "workloads[].cpu_p95", Kind: Number, Min: "0", Max: "100", Empty: true},
	{Path: "workloads[].mem_p95", Kind: Number, Min: "0", Max: "100", Empty: true},
	{Path: "workloads[].hours_per_month", Kind: Number, Min: "1", Max: "744", Default: "730"},
	{Path: "workloads[].os", Kind: Choice, Options: words("linux windows rhel sles other"), Default: "linux"},
	{Path: "workloads[].os_licence", Kind: Choice, Options: words("included byol"), Default: "included"},
	{Path: "workloads[].arch", Kind: Choice, Options: words("x86_64 arm64 any"), Default: "x86_64"},
	{Path: "workloads[].block_gib", Kind: Number, Min: "0", Max: "1000000", Default: "100"},
	{Path: "workloads[].block_type", Kind: Choice, Options: words("ssd fast_ssd hdd"), Default: "ssd"},
	{Path: "workloads[].iops", Kind: Number, Min: "0", Max: "256000", Default: "0"},
	{Path: "workloads[].mbps", Kind: Number, Min: "0", Max: "10000", Default: "0"},
	{Path: "workloads[].object_gib", Kind: Number, Min: "0", Max: "1000000000", Default: "0"},
	{Path: "workloads[].object_class", Kind: Choice, Options: words("hot cool cold archive"), Default: "hot"},
	{Path: "workloads[].requests_per_month_k", Kind: Number, Min: "0", Max: "1000000000", Default: "0"},
	{Path: "workloads[].db_engine", Kind: Choice, Options: words("none postgresql mysql mariadb sqlserver oracle mongodb redis cassandra other"), Default: "none"},
	{Path: "workloads[].db_storage_gib", Kind: Number, Min: "0", Max: "1000000", Default: "0", Empty: true},
	{Path: "workloads[].db_ha", Kind: Bool, Default: "false"},
	{Path: "workloads[].db_licence", Kind: Choice, Options: words("included byol"), Default: "included", Empty: true},
	{Path: "workloads[].egress_gb_month", Kind: Number, Min: "0", Max: "1000000000", Default: "0"},
	{Path: "workloads[].eastwest_gb_month", Kind: Number, Min: "0", Max: "1000000000", Default: "0"},
	{Path: "workloads[].growth_pct_year", Kind: Number, Min: "-50", Max: "300", Default: "10"},
	{Path: "workloads[].criticality", Kind: Whole, Min: "1", Max: "5", Default: "3"},
	{Path: "workloads[].depends_on", Kind: Texts, Min: "1", Max: "80", Empty: true},
	{Path: "workloads[].strategy", Kind: Choice, Options: strategies, Default: "auto"},
	{Path: "workloads[].services", Kind: Levels, Empty: true},
	{Path: "workloads[].data_change_gb_day", Kind: Number, Min: "0", Max: "1000000", Empty: true},
	{Path: "workloads[].gpu_model", Kind: Text, Min: "1", Max: "40", Empty: true},
	{Path: "workloads[].gpu_count", Kind: Whole, Min: "0", Max: "16", Default: "0"},
	{Path: "workloads[].source_cpu_family", Kind: Text, Min: "1", Max: "60", Empty: true},
	{Path: "workloads[].end_of_life", Kind: Bool, Default: "false"},
	{Path: "workloads[].saas_name", Kind: Text, Min: "1", Max: "80", Empty: true},
	{Path: "workloads[].change_rate", Kind: Whole, Min: "1", Max: "5", Default: "3"},
	{Path: "workloads[].shared_state", Kind: Bool, Default: "false"},
	{Path: "workloads[].licence_hardware_bound", Kind: Bool, Default: "false"},
	{Path: "workloads[].plant_latency_ms", Kind: Number, Min: "0", Max: "100000", Empty: true},
}

var requirementRules = []Rule{
	{Path: "requirements", Kind: Object},
	{Path: "requirements.candidate_providers", Kind: Choices, Options: words("aws azure gcp"), Min: "1", Max: "3"},
	{Path: "requirements.frameworks", Kind: Objects, Max: "100", Empty: true},
	{Path: "requirements.frameworks[].name", Kind: Text, Min: "1", Max: "80", Required: true},
	{Path: "requirements.frameworks[].level", Kind: Choice, Options: words("must should"), Default: "must"},
	{Path: "requirements.residency", Kind: Texts, Min: "1", Max: "10", Empty: true},
	{Path: "requirements.target_geo", Kind: GeoOrMap, Empty: true},
	{Path: "requirements.user_locations", Kind: Objects, Max: "10", Empty: true},
	{Path: "requirements.user_locations[].country", Kind: Country, Required: true},
	{Path: "requirements.user_locations[].share", Kind: Number, Min: "0", Max: "100", Required: true},
	{Path: "requirements.latency_ms", Kind: Number, Min: "1", Max: "1000", Empty: true},
	{Path: "requirements.availability", Kind: Number, Options: words("99.0 99.5 99.9 99.95 99.99 99.999"), Decimals: 3, Default: "99.9"},
	{Path: "requirements.rto_minutes", Kind: Whole, Min: "0", Max: "43200", Default: "240"},
	{Path: "requirements.rpo_minutes", Kind: Whole, Min: "0", Max: "43200", Default: "60"},
	{Path: "requirements.budget_monthly", Kind: Number, Min: "0", Max: "1000000000000", Above: true, Empty: true},
	{Path: "requirements.budget_monthly_kind", Kind: Choice, Options: words("hard soft"), Default: "soft"},
	{Path: "requirements.budget_one_off", Kind: Number, Min: "0", Max: "1000000000000", Above: true, Empty: true},
	{Path: "requirements.budget_one_off_kind", Kind: Choice, Options: words("hard soft"), Default: "soft"},
	{Path: "requirements.start_date", Kind: Date, Empty: true},
	{Path: "requirements.deadline", Kind: Date, Empty: true},
	{Path: "requirements.freeze_periods", Kind: Objects, Max: "100", Empty: true},
	{Path: "requirements.freeze_periods[].start", Kind: Date, Required: true},
	{Path: "requirements.freeze_periods[].end", Kind: Date, Required: true},
	{Path: "requirements.downtime_window_h", Kind: Number, Min: "0", Max: "168", Default: "4"},
	{Path: "requirements.preferred_services", Kind: Levels, Empty: true},
	{Path: "requirements.lock_in_tolerance", Kind: Choice, Options: words("low medium high"), Default: "medium"},
	{Path: "requirements.purchase_option", Kind: Choice, Options: words("on_demand 1yr 3yr flex_1yr flex_3yr"), Default: "1yr"},
	{Path: "requirements.sizing", Kind: Choice, Options: words("as_is performance aggressive"), Default: "performance"},
	{Path: "requirements.comfort_factor", Kind: Number, Min: "1", Max: "3", Empty: true},
	{Path: "requirements.horizon_months", Kind: Whole, Min: "12", Max: "60", Default: "36"},
	{Path: "requirements.wacc_pct", Kind: Number, Min: "0", Max: "30", Default: "8"},
	{Path: "requirements.leaving_source", Kind: Bool, Default: "false"},
	{Path: "requirements.weights", Kind: Object},
	{Path: "requirements.weights.cost", Kind: Whole, Min: "0", Max: "100", Default: "40"},
	{Path: "requirements.weights.services", Kind: Whole, Min: "0", Max: "100", Default: "30"},
	{Path: "requirements.weights.compliance", Kind: Whole, Min: "0", Max: "100", Default: "20"},
	{Path: "requirements.weights.performance", Kind: Whole, Min: "0", Max: "100", Default: "10"},
	{Path: "requirements.allow_burstable", Kind: Bool, Default: "false"},
	{Path: "requirements.accept_restricted", Kind: Bool, Default: "false"},
	{Path: "requirements.support_pct", Kind: Number, Min: "0", Max: "100", Default: "0"},
	{Path: "requirements.observability_pct", Kind: Number, Min: "0", Max: "100", Default: "0"},
	{Path: "requirements.discount_aws_pct", Kind: Number, Min: "0", Max: "90", Default: "0"},
	{Path: "requirements.discount_azure_pct", Kind: Number, Min: "0", Max: "90", Default: "0"},
	{Path: "requirements.discount_gcp_pct", Kind: Number, Min: "0", Max: "90", Default: "0"},
	{Path: "requirements.contingency_pct", Kind: Number, Min: "10", Max: "30", Default: "15"},
	{Path: "requirements.training_usd_per_person", Kind: Number, Min: "0", Max: "1000000", Default: "1000"},
	{Path: "requirements.tooling_usd", Kind: Number, Min: "0", Max: "1000000000", Default: "0"},
	{Path: "requirements.partner_usd", Kind: Number, Min: "0", Max: "1000000000", Default: "0"},
	{Path: "requirements.buffer_pct", Kind: Number, Min: "0", Max: "50", Default: "20"},
}

// countryCodes are the officially assigned two-letter codes of ISO 3166-1.
var countryCodes = codeSet(`AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF
CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT
GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF
MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU
RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN
VU WF WS YE YT ZA ZM ZW`)

// unionCodes are the members of the European Union.
var unionCodes = codeSet("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE")

func codeSet(text string) map[string]bool {
	m := map[string]bool{}
	for _, code := range words(text) {
		m[code] = true
	}
	return m
}
