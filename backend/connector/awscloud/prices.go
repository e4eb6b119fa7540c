package awscloud

import (
	"context"
	"encoding/json"
	"io"

	"cloud-intelligence/backend/source"
)

// signPrices is the name that requests to the price list are signed for.
const signPrices = "pricing"

var callPrices = Call{Action: "pricing:GetProducts", Resource: "*"}

type priceFilter struct{ Type, Field, Value string }

func match(field, value string) priceFilter { return priceFilter{"TERM_MATCH", field, value} }

// priceLists are what is asked of the price list for a region: machines with Linux on demand, and volumes. All of EC2 would be hundreds of MB.
var priceLists = [][]priceFilter{
	{match("tenancy", "Shared"), match("capacitystatus", "Used"), match("operatingSystem", "Linux"), match("preInstalledSw", "NA")},
	{match("productFamily", "Storage")},
}

// pricesMost is how many prices AWS gives at a time at most.
const pricesMost = 100

// prices is one document for each region that a person named.
func (b *beside) prices() []source.Extra {
	var extras []source.Extra
	for _, region := range b.wanted {
		extras = append(extras, source.Extra{Switch: source.ListPrices, DataSet: "List prices " + region, File: "prices-" + region + ".json", Holds: source.Documents, Needs: []string{callPrices.Action}, Ask: func(ctx context.Context, w io.Writer, probe bool) error {
			return b.pricesOf(ctx, region, w, probe)
		}})
	}
	return extras
}

func (b *beside) pricesOf(ctx context.Context, of string, w io.Writer, probe bool) error {
	type question struct {
		ServiceCode   string
		FormatVersion string
		Filters       []priceFilter
		MaxResults    int
		NextToken     string `json:",omitempty"`
	}
	type answer struct {
		PriceList []json.RawMessage
		NextToken string
	}
	to := b.at(signPrices, region)
	if b.endpoint == "" {
		to.Endpoint = "https://api.pricing." + region + ".amazonaws.com"
	}
	to.Target = "AWSPriceListService."
	out := &source.Array{W: w}
	out.Open(`{"PriceList":[`)
	for _, filters := range priceLists {
		q := question{ServiceCode: "AmazonEC2", FormatVersion: "aws_v1", Filters: append([]priceFilter{match("regionCode", of)}, filters...), MaxResults: pricesMost}
		for {
			page, err := Ask[answer](ctx, b.session, b.lane(signPrices), to, "GetProducts", q, func(err error) error { return b.session.Explain(callPrices, err) })
			if err != nil {
				return err
			}
			for _, product := range page.PriceList {
				if err := out.Add(product); err != nil {
					return err
				}
			}
			if probe {
				return nil
			}
			if q.NextToken = page.NextToken; q.NextToken == "" {
				break
			}
		}
	}
	out.Close("]}")
	return nil
}
