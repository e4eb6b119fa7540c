package pricelist

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

// retailItem is a price of Azure.
type retailItem struct {
	Currency    string      `json:"currencyCode"`
	From        json.Number `json:"tierMinimumUnits"`
	Price       json.Number `json:"retailPrice"`
	Meter       string      `json:"meterName"`
	Product     string      `json:"productName"`
	SKU         string      `json:"skuName"`
	Unit        string      `json:"unitOfMeasure"`
	Type        string      `json:"type"`
	Primary     bool        `json:"isPrimaryMeterRegion"`
	Machine     string      `json:"armSkuName"`
	Reserved    string      `json:"reservationTerm"`
	SavingsPlan []struct {
		Price json.Number `json:"retailPrice"`
		Term  string      `json:"term"`
	} `json:"savingsPlan"`
}

// fullPage is how many items a page of Azure has; an older answer had a tenth of it.
const fullPage = 1000

// pagesMax ends a list that leads in circles.
const pagesMax = 2000

// retail calls found with each price that a filter finds. An empty link after a full page is a fault of Azure that was seen: then
// the next page is asked for by its place.
func (l *Lists) retail(ctx context.Context, currency, filter string, found func(retailItem)) error {
	query := url.Values{"api-version": {"2023-01-01-preview"}, "currencyCode": {"'" + currency + "'"}, "$filter": {filter}}
	address, got := l.at.Azure+"/api/retail/prices?"+query.Encode(), 0
	for range pagesMax {
		var page struct {
			Items []json.RawMessage
			Next  string `json:"NextPageLink"`
			Count int
		}
		if err := get(ctx, l.azure, address, nil, decodeInto(&page)); err != nil {
			return err
		}
		for _, text := range page.Items {
			var item retailItem
			if json.Unmarshal(text, &item) != nil {
				continue // what is no price of the known form is not listed
			}
			if item.Currency != currency {
				return finops.Errorf(finops.CodeCorrupt, "Azure answered in %q in place of %s.", item.Currency, currency)
			}
			found(item)
		}
		got += page.Count
		switch {
		case page.Next != "":
			var err error
			if address, err = below(l.at.Azure, page.Next); err != nil {
				return err
			}
		case page.Count >= fullPage:
			query.Set("$skip", strconv.Itoa(got))
			address = l.at.Azure + "/api/retail/prices?" + query.Encode()
		default:
			return nil
		}
	}
	return finops.Errorf(finops.CodeCorrupt, "The price list of Azure has no end.")
}

// azureTerms are the terms as Azure calls them, with their hours.
var azureTerms = map[string]struct {
	hours          int64
	bound, movable string
}{"1 Year": {8_760, commitOne, flexOneYear}, "3 Years": {26_280, commitThree, flexThreeYrs}}

// readAzure reads the machines of a region: usage with its savings plans, then reservations, whose price is for the whole term.
func (l *Lists) readAzure(ctx context.Context, s *sheet) error {
	where := "serviceName eq 'Virtual Machines' and armRegionName eq '" + s.Region + "' and priceType eq "
	err := l.retail(ctx, "USD", where+"'Consumption'", func(i retailItem) {
		if i.Type != "Consumption" || i.Unit != "1 Hour" || !i.Primary || !zero(i.From) || reduced(i) {
			return
		}
		os := "linux"
		if strings.Contains(i.Product, "Windows") {
			os = "windows"
		}
		s.set(i.Machine, os, onDemand, i.Price.String(), 1)
		for _, plan := range i.SavingsPlan {
			if term, ok := azureTerms[plan.Term]; ok && os == "linux" {
				s.set(i.Machine, os, term.movable, plan.Price.String(), 1)
			}
		}
	})
	if err != nil {
		return err
	}
	return l.retail(ctx, "USD", where+"'Reservation'", func(i retailItem) {
		if term, ok := azureTerms[i.Reserved]; ok && i.Type == "Reservation" {
			s.set(i.Machine, "linux", term.bound, i.Price.String(), term.hours)
		}
	})
}

func zero(n json.Number) bool {
	v, err := n.Float64()
	return n == "" || err == nil && v == 0
}

// reduced says that a price is for machines that can be taken away, or for another service that sells the same sizes.
func reduced(i retailItem) bool {
	for _, mark := range []string{"Spot", "Low Priority"} {
		if strings.Contains(i.Meter, mark) || strings.Contains(i.SKU, mark) {
			return true
		}
	}
	return strings.Contains(i.Product, "CloudServices") || strings.Contains(i.Product, "Cloud Services")
}
