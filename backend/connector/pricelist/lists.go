package pricelist

import (
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/source"
)

// Endpoints are addresses in place of the public ones: a mirror, or a stand-in. "" = the public one.
type Endpoints struct{ AWS, Azure, Google string }

// Order is what is asked of one provider.
type Order struct {
	Provider, Region string
	Types            []*pricebook.MachineType // others are passed over
}

// Lists reads the price lists of the three providers. It belongs to one goroutine.
type Lists struct {
	at               Endpoints
	key              string // of Google
	now              func() time.Time
	aws, azure, gcp  *network.Lane
	offers           map[string]string // by offer: the address of its list of regions
	catalogue        []sku             // of Google, which has one for all regions
	catalogueWasRead bool
}

// What no provider but Google documents for these; the design sets it.
var (
	apiAWS    = network.API{Name: "AWS Price List", PerSecond: 2, Burst: 2}
	apiAzure  = network.API{Name: "Azure Retail Prices", PerSecond: 1, Burst: 1}
	apiGoogle = network.API{Name: "Google Cloud Billing", PerSecond: 4, Burst: 4}
)

// New prepares to read price lists. It calls nobody. key is an API key of Google; "" = there is none, so that
// the list of Google cannot be read.
func New(via source.Reach, at Endpoints, key string) *Lists {
	lane := func(api network.API) *network.Lane { return via.Door.Lane(api, via.Purpose, via.Waiting) }
	return &Lists{
		at: Endpoints{
			AWS: cmp.Or(at.AWS, "https://pricing.us-east-1.amazonaws.com"), Azure: cmp.Or(at.Azure, "https://prices.azure.com"),
			Google: cmp.Or(at.Google, "https://cloudbilling.googleapis.com"),
		},
		key: key, now: via.Now, aws: lane(apiAWS), azure: lane(apiAzure), gcp: lane(apiGoogle),
	}
}

// Read returns what a provider lists today for the types of an order, by type and operating system. Types that it does not list, or lists
// at several prices, are not among them. It answers CodeDenied for Google without a key or with one that is refused.
func (l *Lists) Read(ctx context.Context, o Order) ([]pricebook.Quote, error) {
	s := newSheet(o, finops.DayOfUnix(l.now().Unix()))
	var err error
	switch o.Provider {
	case "aws":
		err = l.readAWS(ctx, s)
	case "azure":
		err = l.readAzure(ctx, s)
	case "gcp":
		err = l.readGoogle(ctx, s)
	default:
		err = finops.Errorf(finops.CodeInvalid, "There is no price list of %q.", o.Provider)
	}
	if err != nil {
		return nil, err
	}
	return s.list(), nil
}

// Usage adds what all lanes did.
func (l *Lists) Usage() network.Usage {
	return l.aws.Usage().Add(l.azure.Usage()).Add(l.gcp.Usage())
}

// get reads the answer to a request, again from its beginning where the lane repeats the call.
func get(ctx context.Context, lane *network.Lane, address string, header http.Header, read func(io.Reader) error) error {
	return lane.Do(ctx, func(ctx context.Context) (err error) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return finops.WrapError(finops.CodeInvalid, err, "The address of a price list cannot be used")
		}
		request.Header = header.Clone()
		if request.Header == nil {
			request.Header = http.Header{}
		}
		request.Header.Set("Accept-Encoding", "gzip") // offer files have hundreds of MB
		answer, err := lane.Client().Do(request)
		if err != nil {
			return readError(request.URL.Hostname(), err)
		}
		defer func() { err = errors.Join(err, answer.Body.Close()) }()
		if err := refusal(request.URL.Hostname(), answer.StatusCode); err != nil {
			return err
		}
		body := io.Reader(answer.Body)
		if answer.Header.Get("Content-Encoding") == "gzip" {
			if body, err = gzip.NewReader(answer.Body); err != nil {
				return readError(request.URL.Hostname(), err)
			}
		}
		if err := read(body); err != nil {
			return readError(request.URL.Hostname(), err)
		}
		return nil
	})
}

func refusal(host string, status int) error {
	switch {
	case status == http.StatusOK:
		return nil
	case status == http.StatusTooManyRequests:
		return finops.Errorf(finops.CodeThrottled, "%s asks to slow down.", host)
	case status >= http.StatusInternalServerError:
		return finops.Errorf(finops.CodeUnavailable, "%s has a fault of its own and does not answer (status %d).", host, status)
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return finops.Errorf(finops.CodeDenied, "%s refuses to show its prices (status %d). For Google, check the API key and that the Cloud Billing API is switched on for its project.", host, status)
	case status == http.StatusNotFound:
		return finops.Errorf(finops.CodeNotFound, "%s has no such price list.", host)
	}
	return finops.Errorf(finops.CodeCorrupt, "%s answers with status %d, which its price list does not know. Look for a newer version of the program.", host, status)
}

// readError distinguishes an answer that was cut, which is worth another try, from one that is not of the form.
func readError(host string, err error) error {
	if own, ok := errors.AsType[*finops.Error](err); ok {
		return own // of the network door
	}
	syntax, _ := errors.AsType[*json.SyntaxError](err)
	kind, _ := errors.AsType[*json.UnmarshalTypeError](err)
	if syntax != nil || kind != nil {
		return finops.WrapError(finops.CodeCorrupt, err, "The price list of %s is not of the form that is known. Look for a newer version of the program.", host)
	}
	return finops.WrapError(finops.CodeUnavailable, err, "The price list of %s could not be read to its end", host)
}

func decodeInto(v any) func(io.Reader) error {
	return func(r io.Reader) error {
		if err := json.NewDecoder(r).Decode(v); err != nil {
			return fmt.Errorf("read JSON: %w", err)
		}
		return nil
	}
}

// eachField calls f with the name of each field of the object that comes next; f reads its value.
func eachField(d *json.Decoder, f func(name string) error) error {
	open, err := d.Token()
	if err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	if open != json.Delim('{') {
		return finops.Errorf(finops.CodeCorrupt, "A price list is not of the form that is known: an object is missing. Look for a newer version of the program.")
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return fmt.Errorf("read JSON: %w", err)
		}
		text, _ := name.(string) // names of fields are texts
		if err := f(text); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	return nil
}

// sheet gathers the prices of an order.
type sheet struct {
	Order
	asOf   finops.Day
	types  map[string]*pricebook.MachineType
	quotes map[[2]string]*pricebook.Quote // by type and operating system
	twice  map[[3]string]bool             // prices that are listed differently
}

func newSheet(o Order, asOf finops.Day) *sheet {
	s := &sheet{Order: o, asOf: asOf, types: map[string]*pricebook.MachineType{}}
	for _, t := range o.Types {
		s.types[t.Type] = t
	}
	s.clear()
	return s
}

// clear begins again, for a call that is repeated.
func (s *sheet) clear() {
	s.quotes, s.twice = map[[2]string]*pricebook.Quote{}, map[[3]string]bool{}
}

// The names of prices.
const (
	onDemand     = "on demand"
	commitOne    = "1 year"
	commitThree  = "3 years"
	flexOneYear  = "flexible 1 year"
	flexThreeYrs = "flexible 3 years"
)

func priceOf(q *pricebook.Quote, name string) *pricebook.Number {
	switch name {
	case commitOne:
		return &q.Commit1
	case commitThree:
		return &q.Commit3
	case flexOneYear:
		return &q.Flex1
	case flexThreeYrs:
		return &q.Flex3
	}
	return &q.OnDemand
}

// set notes a price, divided by hours. A price of zero is none; one that differs from another of the same name makes both unknown.
func (s *sheet) set(kind, os, name, text string, hours int64) {
	price, ok := new(big.Rat).SetString(text)
	if !ok || price.Sign() <= 0 || s.types[kind] == nil || s.twice[[3]string{kind, os, name}] {
		return
	}
	price.Quo(price, new(big.Rat).SetInt64(hours))
	amount, err := finops.ParseAmount([]byte(price.FloatString(pricePlaces)))
	if err != nil {
		return
	}
	number, ok := pricebook.NewNumber(amount.Trim())
	if !ok {
		return
	}
	q := s.quotes[[2]string{kind, os}]
	if q == nil {
		q = &pricebook.Quote{Provider: s.Provider, Region: s.Region, Type: kind, OS: os, AsOf: s.asOf.String()}
		s.quotes[[2]string{kind, os}] = q
	}
	have := priceOf(q, name)
	if have.Known() && *have != number {
		*have, s.twice[[3]string{kind, os, name}] = pricebook.Number{}, true
		return
	}
	*have = number
}

// pricePlaces is how many decimals a price an hour keeps; a price for three years has no exact one.
const pricePlaces = 10

// list are the quotes with a price on demand, by type and operating system.
func (s *sheet) list() []pricebook.Quote {
	var list []pricebook.Quote
	for _, q := range s.quotes {
		if q.OnDemand.Known() {
			list = append(list, *q)
		}
	}
	slices.SortFunc(list, func(a, b pricebook.Quote) int {
		return cmp.Or(strings.Compare(a.Type, b.Type), strings.Compare(a.OS, b.OS))
	})
	return list
}
