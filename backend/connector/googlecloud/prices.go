package googlecloud

import (
	"context"
	"encoding/json"
	"io"
	"net/url"
	"regexp"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

const optPriceRegions = "price_regions"

// callCatalogue reads the catalogue, which is public: it needs no permission where the service account is of the project that pays for its calls.
var callCatalogue = Call{Permissions: []string{"serviceusage.services.use"}, Role: "Service Usage Consumer"}

// listed are the services whose prices the savings checks use.
var listed = []string{"Compute Engine", "Cloud Storage"}

var regionName = regexp.MustCompile(`^[a-z]+-[a-z]+[0-9]+$`)

// article is what is kept of a SKU: what a price sheet is read from.
type article struct {
	Description string `json:"description"`
	Category    struct {
		Usage string `json:"usageType"`
	} `json:"category"`
	Regions []string          `json:"serviceRegions"`
	Pricing []json.RawMessage `json:"pricingInfo"` // the newest comes last
}

// setPrices reads of which regions and in which currency prices are read. It answers CodeInvalid.
func (b *besides) setPrices(values map[string]string) (err error) {
	b.regions = source.NameSet(values[optPriceRegions])
	for region := range b.regions {
		if !regionName.MatchString(region) {
			return finops.Errorf(finops.CodeInvalid, "Regions of list prices must be names of regions with commas between, such as europe-west3, us-central1.")
		}
	}
	if source.SwitchedOn(values, source.OptPrices) && len(b.regions) == 0 {
		return finops.Errorf(finops.CodeInvalid, "Regions of list prices is missing: name the regions whose list prices are read.")
	}
	b.currency, err = source.PriceCurrency(values)
	return err
}

// prices reads what Google lists on demand in the regions that a person named, or for all regions alike. The whole catalogue is larger than a
// document may be.
func (b *besides) prices(ctx context.Context, w io.Writer, probe bool) error {
	numbers := map[string]string{}
	err := b.eachPage(ctx, "/v1/services", url.Values{"pageSize": {"5000"}}, func(text json.RawMessage) error {
		var service struct {
			ID   string `json:"serviceId"`
			Name string `json:"displayName"`
		}
		if json.Unmarshal(text, &service) == nil {
			numbers[service.Name] = service.ID
		}
		return nil
	})
	if err != nil {
		return err
	}
	out := &source.Array{W: w}
	out.Open(`{"skus":[`)
	for _, name := range listed {
		if numbers[name] == "" {
			return finops.Errorf(finops.CodeUnavailable, "Google lists no service %s. Look for a newer version of the program.", name)
		}
		if probe {
			return nil
		}
		query := url.Values{"currencyCode": {b.currency}, "pageSize": {"5000"}}
		err := b.eachPage(ctx, "/v1/services/"+url.PathEscape(numbers[name])+"/skus", query, func(text json.RawMessage) error {
			var a article
			if json.Unmarshal(text, &a) != nil || a.Category.Usage != "OnDemand" || len(a.Pricing) == 0 {
				a.Regions = nil // of another form than a price is read from
			}
			a.Regions = slices.DeleteFunc(a.Regions, func(region string) bool { return region != "global" && !b.regions[region] })
			if len(a.Regions) == 0 {
				return nil
			}
			a.Pricing = a.Pricing[len(a.Pricing)-1:]
			return out.Add(a)
		})
		if err != nil {
			return err
		}
	}
	out.Close("]}")
	return nil
}

// pagesMost ends a catalogue that leads in circles.
const pagesMost = 500

// eachPage calls found for each entry of a list of the catalogue.
func (b *besides) eachPage(ctx context.Context, path string, query url.Values, found func(json.RawMessage) error) error {
	for range pagesMost {
		var page struct {
			Services []json.RawMessage `json:"services"`
			SKUs     []json.RawMessage `json:"skus"`
			Next     string            `json:"nextPageToken"` // empty or missing on the last page
		}
		if err := b.get(ctx, b.catalogue, callCatalogue, "the price list", "cloudbilling", path, query, &page); err != nil {
			return err
		}
		for _, entry := range append(page.Services, page.SKUs...) {
			if err := found(entry); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		query.Set("pageToken", page.Next)
	}
	return finops.Errorf(finops.CodeUnavailable, "The price list of Google has no end.")
}
