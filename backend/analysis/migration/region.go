package migration

import (
	"cmp"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// rank is the order of providers where nothing else decides.
func rank(provider string) int { return slices.Index(pricebook.Providers(), provider) }

// place is where a candidate would run; region is nil where residency leaves none.
type place struct {
	region *pricebook.Region
	why    string
}

// seatGeo is the first place of the region map in a country.
func seatGeo(book *pricebook.Book, country string) *pricebook.Geo {
	geos := book.Geos()
	if i := slices.IndexFunc(geos, func(g pricebook.Geo) bool { return g.Country == country }); i >= 0 {
		return &geos[i]
	}
	return nil
}

// targetGeo is the place that is asked for, else that of the seat.
func targetGeo(book *pricebook.Book, p *Profile) *pricebook.Geo {
	geos := book.Geos()
	if i := slices.IndexFunc(geos, func(g pricebook.Geo) bool { return g.ID == p.Requirements.TargetGeo }); i >= 0 {
		return &geos[i]
	}
	return seatGeo(book, p.Organization.Seat())
}

// allowed reports whether a region has prices and lies in an allowed jurisdiction; US-Gov only when it is named.
func allowed(r *pricebook.Region, residency []string) bool {
	if r == nil || !r.HasCompute || slices.Contains(r.Jurisdictions, "US-Gov") && !slices.Contains(residency, "US-Gov") {
		return false
	}
	return len(residency) == 0 || slices.ContainsFunc(r.Jurisdictions, func(j string) bool { return slices.Contains(residency, j) })
}

// chooseRegion is the region of a provider: the one asked for, that of the place, or the nearest that is allowed.
func chooseRegion(book *pricebook.Book, p *Profile, provider string) place {
	r := &p.Requirements
	if name := r.TargetRegions[provider]; name != "" {
		return place{book.Region(provider, name), "chosen"}
	}
	geo := targetGeo(book, p)
	if geo == nil {
		return place{}
	}
	own := book.Region(provider, geo.Regions[provider])
	if allowed(own, r.Residency) {
		return place{own, "region of " + geo.Name}
	}
	var best *pricebook.Region
	all := book.Regions()
	for i := range all {
		if region := &all[i]; region.Provider == provider && allowed(region, r.Residency) && (best == nil || nearer(region, best, geo)) {
			best = region
		}
	}
	if best == nil {
		return place{}
	}
	return place{best, "nearest allowed region to " + geo.Name}
}

func nearer(a, b *pricebook.Region, geo *pricebook.Geo) bool {
	far := func(r *pricebook.Region) int {
		switch {
		case r.Country == geo.Country:
			return 0
		case r.Group == geo.Group:
			return 1
		}
		return 2
	}
	// A region with prices has an index; one without comes last.
	index := func(r *pricebook.Region) finops.Amount {
		if !r.PriceIndex.Known() {
			return finops.NewAmount(1_000_000, 0)
		}
		return r.PriceIndex.Amount()
	}
	return cmp.Or(far(a)-far(b), index(a).Cmp(index(b)), cmp.Compare(a.Name, b.Name)) < 0
}
