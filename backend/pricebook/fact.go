package pricebook

// Region is a region of a provider.
type Region struct {
	Provider, Name string
	Location       string
	Country        string // ISO 3166, two letters
	Jurisdictions  []string
	Group          string // a part of the world, for grouping
	// What computing costs here beside the provider's reference region, the median over the types; unknown where the region
	// has no prices.
	PriceIndex Number
	HasCompute bool // there are prices of virtual machines
}

// Geo is a place and the region of each provider that is nearest to it.
type Geo struct {
	ID, Name      string
	Country       string
	Jurisdictions []string
	Group         string
	Regions       map[string]string // by provider; none where it has no region
	Note          string            // how close they are
}

// Service says which services of the three providers do the same.
type Service struct {
	Key         string
	Category    string            // FOCUS ServiceCategory
	Subcategory string            // FOCUS ServiceSubcategory
	Capability  string            // in words
	Names       map[string]string // by provider
	Fit         map[string]Number // by provider: 1 = the same, 0 = nothing like it
	LockIn      string            // low, medium or high
	Note        string
}

// Attestation says whether a provider meets a framework.
type Attestation struct {
	Framework    string
	Kind         string // certification, law, regulator …
	Jurisdiction string
	Provider     string
	Status       string // attested, contract, supported, restricted, partner, none or unknown
	RegionScope  string
	Evidence     string // A = the provider's documentation, B = another document, C = to be verified
	URL          string
	Note         string
}

// Source is where figures come from.
type Source struct {
	ID         string
	Repository string // or an address
	Path       string
	Commit     string
	AsOf       string
	Licence    string
	UsedFor    string
	Note       string
}

// Providers are the providers of the book, in its order.
func Providers() []string { return []string{"aws", "azure", "gcp"} }

func (r *row) byProvider(suffix string) map[string]string {
	m := map[string]string{}
	for _, p := range Providers() {
		if v := r.text(p + suffix); v != "" {
			m[p] = v
		}
	}
	return m
}

func (b *Book) readFacts(in *reading) {
	b.regions = readTable(in, "regions", []string{"provider", "region", "country", "jurisdictions", "compute_price_index"}, func(r *row) Region {
		return Region{
			Provider: r.text("provider"), Name: r.text("region"), Location: r.text("location"), Country: r.text("country"), Jurisdictions: r.list("jurisdictions"),
			Group: r.text("region_group"), PriceIndex: r.number("compute_price_index"), HasCompute: r.text("has_compute_prices") == "yes",
		}
	})
	b.geos = readTable(in, "region_map", []string{"geo_id", "country", "jurisdictions", "aws_region", "azure_region", "gcp_region"}, func(r *row) Geo {
		return Geo{
			ID: r.text("geo_id"), Name: r.text("name"), Country: r.text("country"), Jurisdictions: r.list("jurisdictions"), Group: r.text("region_group"),
			Regions: r.byProvider("_region"), Note: r.text("match_note"),
		}
	})
	b.services = readTable(in, "service_map", []string{"service_key", "aws_fit", "azure_fit", "gcp_fit", "lock_in"}, func(r *row) Service {
		s := Service{
			Key: r.text("service_key"), Category: r.text("focus_service_category"), Subcategory: r.text("focus_service_subcategory"), Capability: r.text("capability"),
			Names: r.byProvider("_service"), Fit: map[string]Number{}, LockIn: r.text("lock_in"), Note: r.text("note"),
		}
		for _, p := range Providers() {
			s.Fit[p] = r.number(p + "_fit")
		}
		return s
	})
	b.attestations = readTable(in, "compliance", []string{"framework", "kind", "provider", "status", "region_scope"}, func(r *row) Attestation {
		return Attestation{
			Framework: r.text("framework"), Kind: r.text("kind"), Jurisdiction: r.text("jurisdiction"), Provider: r.text("provider"), Status: r.text("status"),
			RegionScope: r.text("region_scope"), Evidence: r.text("evidence"), URL: r.text("url"), Note: r.text("note"),
		}
	})
	b.sources = readTable(in, "sources", []string{"source_id", "repository_or_url", "as_of"}, func(r *row) Source {
		return Source{
			ID: r.text("source_id"), Repository: r.text("repository_or_url"), Path: r.text("path"), Commit: r.text("commit"), AsOf: r.text("as_of"),
			Licence: r.text("licence"), UsedFor: r.text("used_for"), Note: r.text("note"),
		}
	})
}

// Regions lists all regions in the order of the table.
func (b *Book) Regions() []Region { return b.regions }

// Region is nil for a region that is not known.
func (b *Book) Region(provider, name string) *Region { return b.regionAt[place{provider, name}] }

// Geos lists the places with the nearest region of each provider, in the order of the table.
func (b *Book) Geos() []Geo { return b.geos }

// Services lists the equivalent services in the order of the table.
func (b *Book) Services() []Service { return b.services }

// Attestations lists what is known of each framework and provider, in the order of the table.
func (b *Book) Attestations() []Attestation { return b.attestations }

// Sources lists where the figures come from.
func (b *Book) Sources() []Source { return b.sources }

// Source is nil for an id that is not known.
func (b *Book) Source(id string) *Source {
	for i := range b.sources {
		if b.sources[i].ID == id {
			return &b.sources[i]
		}
	}
	return nil
}

// Reference is the region of a provider whose PriceIndex is 1: where a region has no price of
// its own, that of the reference region times the index is the estimate.
func Reference(provider string) string {
	switch provider {
	case "aws":
		return "us-east-1"
	case "azure":
		return "eastus"
	case "gcp":
		return "us-central1"
	}
	return ""
}

var providerNames = map[string]string{"aws": "AWS", "azure": "Microsoft Azure", "gcp": "Google Cloud"}

// ProviderName is the name that finops gives a provider of the book.
func ProviderName(key string) string { return providerNames[key] }

// ProviderKey is the book's name of a provider as finops names it, "" for one without prices.
func ProviderKey(name string) string {
	for _, key := range Providers() {
		if providerNames[key] == name {
			return key
		}
	}
	return ""
}
