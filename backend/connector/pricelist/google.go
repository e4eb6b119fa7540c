package pricelist

import (
	"context"
	"fmt"
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
			Rates []struct {
				Price struct {
					Currency string `json:"currencyCode"`
					Units    string `json:"units"` // may be missing
					Nanos    int64  `json:"nanos"`
				} `json:"unitPrice"`
			} `json:"tieredRates"`
		} `json:"pricingExpression"`
	} `json:"pricingInfo"`
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
	price = new(big.Rat)
	if units := rates[0].Price.Units; units != "" {
		if _, ok := price.SetString(units); !ok {
			return nil, false
		}
	}
	price.Add(price, big.NewRat(rates[0].Price.Nanos, 1_000_000_000))
	return price, price.Sign() > 0
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
	query := url.Values{"pageSize": {"5000"}}
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
			if s.Name == service {
				return s.ID, nil
			}
		}
		if page.Next == "" {
			break
		}
		query.Set("pageToken", page.Next)
	}
	return "", finops.Errorf(finops.CodeCorrupt, "Google lists no service %s. Look for a newer version of the program.", service)
}

// Articles are known by their wording, such as "N2D AMD Instance Core running in Frankfurt" and "Commitment v1: N2D AMD Ram in Frankfurt for 1 Year".
// Custom, sole-tenant, spot and reserved machines are worded otherwise.
var (
	runningSKU   = regexp.MustCompile(`^(?:([A-Z]\d+[A-Z]?)(?: (?:AMD|Arm|Predefined|Memory-optimized))? Instance|(Compute optimized)(?: Instance)?) (Core|Ram) running in `)
	committedSKU = regexp.MustCompile(`^Commitment v1: (?:([A-Z]\d+[A-Z]?) |(Compute optimized) )?(?:AMD |Arm |Memory-optimized )?(Cpu|Core|Ram) in .* for ([13]) [Yy]ears?$`)
)

// article is what a SKU prices: a part of the machines of a family.
type article struct{ family, part, name string }

func articleOf(s *sku) (a article, ok bool) {
	family := func(named, c2 string) string {
		if c2 != "" {
			return "c2"
		}
		return strings.ToLower(named)
	}
	if m := runningSKU.FindStringSubmatch(s.Description); m != nil && s.Category.Usage == "OnDemand" {
		return article{family(m[1], m[2]), m[3], onDemand}, true
	}
	m := committedSKU.FindStringSubmatch(s.Description)
	if m == nil {
		return a, false
	}
	a = article{family(m[1], m[2]), m[3], commitOne}
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

// readGoogle makes the prices of machine types of those of their cores and memory.
func (l *Lists) readGoogle(ctx context.Context, s *sheet) (err error) {
	if !l.catalogueWasRead {
		if l.catalogue, err = l.catalogueOf(ctx, "Compute Engine", "USD"); err != nil {
			return err
		}
		l.catalogueWasRead = true
	}
	units := map[string]string{"Core": "h", "Ram": "GiBy.h"}
	prices, twice := map[article]*big.Rat{}, map[article]bool{}
	for i := range l.catalogue {
		one := &l.catalogue[i]
		a, ok := articleOf(one)
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
			core, memory := article{t.Family, "Core", name}, article{t.Family, "Ram", name}
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
