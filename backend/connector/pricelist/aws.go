package pricelist

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"

	"cloud-intelligence/backend/finops"
)

// product is what a unit of usage is.
type product struct {
	Family     string            `json:"productFamily"`
	Attributes map[string]string `json:"attributes"`
}

// offerTerm is at which price, and under which agreement.
type offerTerm struct {
	Attributes map[string]string `json:"termAttributes"`
	Rates      map[string]struct {
		Unit  string            `json:"unit"`
		Begin string            `json:"beginRange"`
		Price map[string]string `json:"pricePerUnit"` // by currency
	} `json:"priceDimensions"`
}

// offerFile finds the newest file of an offer for a region.
func (l *Lists) offerFile(ctx context.Context, offer, region string) (address string, err error) {
	if l.offers == nil {
		var index struct {
			Offers map[string]struct {
				Regions string `json:"currentRegionIndexUrl"`
			} `json:"offers"`
		}
		if err := get(ctx, l.aws, l.at.AWS+"/offers/v1.0/aws/index.json", nil, decodeInto(&index)); err != nil {
			return "", err
		}
		l.offers = map[string]string{}
		for name, o := range index.Offers {
			l.offers[name] = o.Regions
		}
	}
	var regions struct {
		Regions map[string]struct {
			File string `json:"currentVersionUrl"`
		} `json:"regions"`
	}
	if address, err = below(l.at.AWS, l.offers[offer]); err != nil {
		return "", err
	}
	if err := get(ctx, l.aws, address, nil, decodeInto(&regions)); err != nil {
		return "", err
	}
	if regions.Regions[region].File == "" {
		return "", finops.Errorf(finops.CodeNotFound, "AWS lists no prices of %s for %s.", offer, region)
	}
	return below(l.at.AWS, regions.Regions[region].File)
}

// below is an address of a list that names it, which must stay on the same host.
func below(base, link string) (string, error) {
	to, err := url.Parse(base)
	if err == nil {
		var next *url.URL
		if next, err = to.Parse(link); err == nil && link != "" && next.Host == to.Host && next.Scheme == to.Scheme {
			next.RawQuery = next.Query().Encode()
			return next.String(), nil
		}
	}
	return "", finops.Errorf(finops.CodeCorrupt, "A price list does not say where it goes on. Look for a newer version of the program.")
}

// readOffer reads an offer file while it arrives, since it is larger than memory should be. Products come before terms.
func readOffer(r io.Reader, wanted func(product) bool, found func(agreement string, p product, t offerTerm)) error {
	d := json.NewDecoder(r)
	kept := map[string]product{} // by the number of the article
	skip := func() error {
		var value json.RawMessage
		return d.Decode(&value)
	}
	return eachField(d, func(part string) error {
		switch part {
		case "products":
			return eachField(d, func(sku string) error {
				var p product
				if err := d.Decode(&p); err != nil {
					return fmt.Errorf("read a product: %w", err)
				}
				if wanted(p) {
					kept[sku] = p
				}
				return nil
			})
		case "terms":
			return eachField(d, func(agreement string) error {
				return eachField(d, func(sku string) error {
					p, ok := kept[sku]
					if !ok {
						return skip()
					}
					var terms map[string]offerTerm
					if err := d.Decode(&terms); err != nil {
						return fmt.Errorf("read a term: %w", err)
					}
					for _, t := range terms {
						found(agreement, p, t)
					}
					return nil
				})
			})
		}
		return skip()
	})
}

// awsSystems are the operating systems as AWS calls them.
var awsSystems = map[string]string{"Linux": "linux", "Windows": "windows"}

// readAWS reads the machines of a region: shared ones that are used as they run, without other software.
func (l *Lists) readAWS(ctx context.Context, s *sheet) error {
	address, err := l.offerFile(ctx, "AmazonEC2", s.Region)
	if err != nil {
		return err
	}
	wanted := func(p product) bool {
		a := p.Attributes
		return strings.HasPrefix(p.Family, "Compute Instance") && s.types[a["instanceType"]] != nil && awsSystems[a["operatingSystem"]] != "" && a["preInstalledSw"] == "NA" &&
			a["tenancy"] == "Shared" && a["capacitystatus"] == "Used" && a["licenseModel"] != "Bring your own license"
	}
	return get(ctx, l.aws, address, nil, func(r io.Reader) error {
		s.clear()
		return readOffer(r, wanted, func(agreement string, p product, t offerTerm) {
			name := awsPrice(agreement, t.Attributes)
			for _, rate := range t.Rates {
				if name != "" && rate.Unit == "Hrs" {
					s.set(p.Attributes["instanceType"], awsSystems[p.Attributes["operatingSystem"]], name, rate.Price["USD"], 1)
				}
			}
		})
	})
}

// awsPrice is what a term prices; "" = nothing that the price book has.
func awsPrice(agreement string, a map[string]string) string {
	if agreement == "OnDemand" {
		return onDemand
	}
	if agreement != "Reserved" || a["PurchaseOption"] != "No Upfront" {
		return ""
	}
	return map[[2]string]string{
		{"standard", "1yr"}: commitOne, {"standard", "3yr"}: commitThree, {"convertible", "1yr"}: flexOneYear, {"convertible", "3yr"}: flexThreeYrs,
	}[[2]string{a["OfferingClass"], a["LeaseContractLength"]}]
}
