package pricelist

import (
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
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
	Databases        []*pricebook.Database    // classes by whose names those of Azure are known, of any region
}

// Lists reads the price lists of the three providers. It belongs to one goroutine.
type Lists struct {
	at              Endpoints
	key             string // of Google
	now             func() time.Time
	aws, azure, gcp *network.Lane
	offers          map[string]string // of AWS by name: the address of its list of regions
	plans           string            // of AWS: the address of the list of regions of its Savings Plans; "" = there is none
	services        map[string]string // of Google by name: its number
	catalogues      map[string][]sku  // of Google by service: one for all regions
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

// Listing is what a provider lists today for a region.
type Listing struct {
	pricebook.Listing
	Problems map[pricebook.Kind]error // why a kind could not be read; then nothing of it is listed
}

// step reads a part of a price list.
type step struct {
	kinds []pricebook.Kind // to which it belongs
	read  func(context.Context, *sheet) error
}

// Read returns what a provider lists today for the types of an order and for what goes with machines: storage, databases, network. What it does not list, or lists at several prices, is not among it. A
// part that cannot be read leaves the others as they are; it is an error where nothing can be: CodeDenied for Google without a key or with one that is refused.
func (l *Lists) Read(ctx context.Context, o Order) (*Listing, error) {
	var steps []step
	switch o.Provider {
	case "aws":
		steps = l.stepsOfAWS()
	case "azure":
		steps = l.stepsOfAzure()
	case "gcp":
		steps = l.stepsOfGoogle()
	default:
		return nil, finops.Errorf(finops.CodeInvalid, "There is no price list of %q.", o.Provider)
	}
	all := newSheet(o, finops.DayOfUnix(l.now().Unix()))
	problems := map[pricebook.Kind]error{}
	var first, ended error
	for _, one := range steps {
		err := ended
		part := newSheet(o, all.asOf)
		if err == nil {
			err = one.read(ctx, part)
		}
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		if err == nil {
			all.take(part)
			continue
		}
		for _, kind := range one.kinds {
			problems[kind] = cmp.Or(problems[kind], err)
		}
		first = cmp.Or(first, err)
		switch finops.CodeOf(err) {
		case finops.CodeDenied, finops.CodeUnavailable, finops.CodeThrottled: // the next part of the list would be refused as well
			ended = err
		}
	}
	if len(problems) == len(pricebook.Kinds()) {
		return nil, first
	}
	return &Listing{all.list(problems), problems}, nil
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
	rates  map[article]pricebook.Rate
	twice  map[any]bool // prices that are listed differently
}

// article is one price of something that is no machine.
type article struct {
	kind       pricebook.Kind
	item, from string
	part       pricebook.Part
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
	s.quotes, s.rates, s.twice = map[[2]string]*pricebook.Quote{}, map[article]pricebook.Rate{}, map[any]bool{}
}

// classes lists the classes of a service that are asked for; engine "" = of all engines.
func (s *sheet) classes(service, engine string) (list []*pricebook.Database) {
	for _, d := range s.Databases {
		if d.Service == service && (engine == "" || d.Engine == engine) {
			list = append(list, d)
		}
	}
	return list
}

// take adds what another part of the list has.
func (s *sheet) take(part *sheet) {
	maps.Copy(s.quotes, part.quotes)
	maps.Copy(s.rates, part.rates)
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

// number reads a price that is above zero, times a factor.
func number(text string, factor *big.Rat) (pricebook.Number, bool) {
	price, ok := new(big.Rat).SetString(text)
	if !ok || price.Sign() <= 0 {
		return pricebook.Number{}, false
	}
	price.Mul(price, factor)
	amount, err := finops.ParseAmount([]byte(price.FloatString(pricePlaces)))
	if err != nil || amount.Sign() == 0 {
		return pricebook.Number{}, false
	}
	return pricebook.NewNumber(amount.Trim())
}

// set notes a price, divided by hours. A price of zero is none; one that differs from another of the same name makes both unknown.
func (s *sheet) set(kind, os, name, text string, hours int64) {
	number, ok := number(text, big.NewRat(1, hours))
	if !ok || s.types[kind] == nil || s.twice[[3]string{kind, os, name}] {
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

// rate notes a price of something that is no machine, as set does; from is where a step begins, "" where there are none.
func (s *sheet) rate(kind pricebook.Kind, item string, part pricebook.Part, from, text string, factor *big.Rat) {
	usd, ok := number(text, factor)
	r := pricebook.Rate{Provider: s.Provider, Region: s.Region, Kind: kind, Item: item, Part: part, USD: usd, AsOf: s.asOf.String()}
	if from != "" {
		begin, ok := new(big.Rat).SetString(from)
		if !ok || !begin.IsInt() || r.From.UnmarshalText([]byte(begin.Num().String())) != nil {
			return
		}
	}
	a := article{kind, item, r.From.String(), part}
	have, there := s.rates[a]
	switch {
	case !ok || s.twice[a]:
	case there && have.USD != usd:
		delete(s.rates, a)
		s.twice[a] = true
	default:
		s.rates[a] = r
	}
}

// pricePlaces is how many decimals a price keeps; one for three years has no exact price an hour.
const pricePlaces = 10

// one is a price as it is listed.
var one = big.NewRat(1, 1)

// list are the quotes with a price on demand, by type and operating system, and the rates, without the kinds that have a problem.
func (s *sheet) list(problems map[pricebook.Kind]error) (l pricebook.Listing) {
	for _, q := range s.quotes {
		if q.OnDemand.Known() && problems[q.Kind()] == nil {
			l.Machines = append(l.Machines, *q)
		}
	}
	slices.SortFunc(l.Machines, func(a, b pricebook.Quote) int {
		return cmp.Or(strings.Compare(a.Type, b.Type), strings.Compare(a.OS, b.OS))
	})
	for _, r := range s.rates {
		if problems[r.Kind] == nil {
			l.Rates = append(l.Rates, r)
		}
	}
	slices.SortFunc(l.Rates, func(a, b pricebook.Rate) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Part, b.Part), a.From.Amount().Cmp(b.From.Amount()))
	})
	return l
}
