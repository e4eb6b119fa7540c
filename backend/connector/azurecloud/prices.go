package azurecloud

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

const optPrices = "prices_endpoint"

var apiPrices = network.API{Name: "Azure Retail Prices", PerSecond: 1, Burst: 1} // Azure documents nothing

// publicPrices is where Azure lists its prices.
const publicPrices = "https://prices.azure.com"

// queryPlaces finds where the machines and disks are whose prices are read.
const queryPlaces = "resources | where type in~ ('microsoft.compute/virtualmachines', 'microsoft.compute/disks') | project id, location | order by id asc"

// pricesCut ends a list that leads in circles.
const pricesCut = 500

// fullPage is how many prices a page has. An empty link behind a full one is a fault of Azure that was seen.
const fullPage = 1000

// prices reads the list prices of machines and storage in the regions that have some. Nobody signs in for them.
func (b *besides) prices(ctx context.Context, w io.Writer, probe bool) error {
	places := map[string]bool{}
	err := b.rows(ctx, queryPlaces, probe, func(_ *managed, row json.RawMessage) error {
		var r struct {
			Location string `json:"location"`
		}
		if json.Unmarshal(row, &r) != nil {
			return errCut
		}
		places[r.Location] = true
		return nil
	})
	if err != nil {
		return err
	}
	delete(places, "")
	out := &source.Array{W: w}
	if len(places) == 0 {
		out.Open("[")
		out.Close("]")
		return nil
	}
	out.Open(`{"Items":[`)
	sorted := make([]string, 0, len(places))
	for place := range places {
		sorted = append(sorted, place)
	}
	slices.Sort(sorted)
	for _, place := range sorted {
		for _, service := range []string{"Virtual Machines", "Storage"} {
			filter := fmt.Sprintf("armRegionName eq '%s' and serviceName eq '%s' and priceType eq 'Consumption'", strings.ReplaceAll(place, "'", "''"), service)
			if err := b.pricesOf(ctx, filter, probe, out); err != nil || probe {
				return err
			}
		}
	}
	out.Close("]}")
	return nil
}

func (b *besides) pricesOf(ctx context.Context, filter string, probe bool, out *source.Array) error {
	query := url.Values{"api-version": {"2023-01-01-preview"}, "currencyCode": {"'" + b.currency + "'"}, "$filter": {filter}}
	first := b.pricesAt + "/api/retail/prices?"
	for address, got, page := first+query.Encode(), 0, 0; page < pricesCut; page++ {
		var answer struct {
			Items []json.RawMessage
			Next  string `json:"NextPageLink"`
		}
		if err := b.getPrices(ctx, address, &answer); err != nil {
			return err
		}
		for _, item := range answer.Items {
			if err := out.Add(item); err != nil {
				return err
			}
		}
		got += len(answer.Items)
		switch {
		case probe:
			return nil
		case answer.Next != "":
			_, rest, ok := strings.Cut(answer.Next, "/api/retail/prices?") // Azure names its host with its port
			if !ok {
				return finops.Errorf(finops.CodeUnavailable, "The price list of Azure leads to another place.")
			}
			address = first + rest
		case len(answer.Items) >= fullPage:
			query.Set("$skip", strconv.Itoa(got))
			address = first + query.Encode()
		default:
			return nil
		}
	}
	return finops.Errorf(finops.CodeUnavailable, "The price list of Azure has no end.")
}

func (b *besides) getPrices(ctx context.Context, address string, answer any) error {
	return b.list.Do(ctx, func(ctx context.Context) (err error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return fmt.Errorf("make a request: %w", err)
		}
		response, err := b.list.Client().Do(r)
		if err != nil {
			return network.Innermost(err)
		}
		defer func() { err = errors.Join(err, response.Body.Close()) }()
		if response.StatusCode != http.StatusOK {
			text, _ := io.ReadAll(io.LimitReader(response.Body, pageMax)) // without it the status stands
			return refusedBeside(response.StatusCode, text)
		}
		if json.NewDecoder(response.Body).Decode(answer) != nil {
			return errCut
		}
		return nil
	})
}

// setPrices reads where list prices are asked for, and in which currency. It answers CodeInvalid.
func (b *besides) setPrices(values map[string]string) error {
	endpoint, err := network.Endpoint("Prices endpoint", values[optPrices])
	if err != nil {
		return err
	}
	b.pricesAt = cmp.Or(endpoint, publicPrices)
	b.currency, err = source.PriceCurrency(values)
	return err
}
