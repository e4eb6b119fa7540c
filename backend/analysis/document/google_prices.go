package document

import (
	"encoding/json"
	"regexp"
	"strings"
)

// googleNames are what else an article of Google's catalogue is called: a machine without the maker of its processor, which the articles of
// other families lack, and a disk or a class of storage as the price book has it.
var googleNames = []struct {
	article *regexp.Regexp
	name    string
}{
	{regexp.MustCompile(`^([A-Z]\d+[A-Z]?) (?:AMD|Arm|Predefined|Memory-optimized) (Instance (?:Core|Ram) running in .+)$`), "$1 $2"},
	{regexp.MustCompile(`^Balanced PD Capacity(?: in .*)?$`), "pd-balanced"},
	{regexp.MustCompile(`^SSD backed PD Capacity(?: in .*)?$`), "pd-ssd"},
	{regexp.MustCompile(`^Storage PD Capacity(?: in .*)?$`), "pd-standard"},
	{regexp.MustCompile(`^(Standard|Nearline|Coldline|Archive) Storage [^()]*$`), "$1"},
}

// severalRegions marks articles that are kept in several regions at once, whose prices are those of no single one.
var severalRegions = regexp.MustCompile(`(?i)dual-region|multi-region`)

// googleCatalogue reads articles of Google's Cloud Billing catalogue: those on demand that have one price.
func (d *Document) googleCatalogue(text []byte) error {
	var in struct {
		SKUs []struct {
			Description string
			Category    struct{ UsageType string }
			Regions     []string `json:"serviceRegions"`
			PricingInfo []struct {
				EffectiveTime     string
				PricingExpression struct {
					UsageUnit   string
					TieredRates []struct {
						StartUsageAmount json.Number
						UnitPrice        googleMoney
					}
				}
			}
		} `json:"skus"`
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	s := d.priceSheet(google)
	for i := range in.SKUs {
		one := &in.SKUs[i]
		if one.Category.UsageType != "OnDemand" || one.Description == "" || len(one.PricingInfo) == 0 {
			continue
		}
		newest := one.PricingInfo[len(one.PricingInfo)-1]
		d.onTime(newest.EffectiveTime)
		rates := newest.PricingExpression.TieredRates
		if len(rates) != 1 || price(rates[0].StartUsageAmount.String()) != nil {
			continue // what costs something else from a quantity on has no single price
		}
		amount := rates[0].UnitPrice.amount()
		if amount == nil || amount.Sign() < 0 {
			continue
		}
		value := Rat(*amount)
		for _, region := range one.Regions {
			if region == "global" {
				region = ""
			}
			of := PriceOf{Provider: google, Region: region, Currency: rates[0].UnitPrice.CurrencyCode}
			for _, of.Name = range namesOfArticle(one.Description) {
				s.put(of, value, newest.PricingExpression.UsageUnit)
			}
		}
	}
	s.finish()
	if len(d.Prices) == 0 {
		return errNoPrice
	}
	return nil
}

// namesOfArticle are the description of an article, by which bills call it, and what else it is called.
func namesOfArticle(description string) []string {
	names := []string{description}
	for _, n := range googleNames {
		if m := n.article.FindStringSubmatchIndex(description); m != nil && !severalRegions.MatchString(description) {
			name := string(n.article.ExpandString(nil, n.name, description, m))
			if !strings.Contains(name, " ") {
				name = strings.ToLower(name)
			}
			names = append(names, name)
		}
	}
	return names
}
