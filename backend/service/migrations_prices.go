package service

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"cloud-intelligence/backend/connector/pricelist"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// bookMemory keeps the price book of a workspace, since putting it together takes longer than an answer may.
type bookMemory struct {
	mu      sync.Mutex
	version int64 // of the prices in the workspace
	book    *pricebook.Book
}

// Book is the price book that the assessments of the workspace are made with: that of the program, with the prices that were read from the providers in
// place of its own.
func (w Migrations) Book(ctx context.Context) (*pricebook.Book, error) {
	version, err := w.db.PricesVersion(ctx)
	if err != nil || version == 0 {
		if err != nil {
			return nil, err
		}
		return pricebook.BuiltIn()
	}
	w.prices.mu.Lock()
	defer w.prices.mu.Unlock()
	if w.prices.book != nil && w.prices.version == version {
		return w.prices.book, nil
	}
	builtIn, err := pricebook.BuiltIn()
	if err != nil {
		return nil, err
	}
	kept, list, err := w.listed(ctx)
	if err != nil {
		return nil, err
	}
	book, err := builtIn.With(list)
	if err != nil {
		return nil, err
	}
	w.prices.version, w.prices.book = kept.Version, book
	return book, nil
}

func (w Migrations) listed(ctx context.Context) (kept store.Prices, list pricebook.Listing, err error) {
	if kept, err = w.db.Prices(ctx); err != nil {
		return kept, list, err
	}
	list, err = readListing(kept.Content)
	return kept, list, err
}

// readListing reads what is kept of price lists; those of machines alone were kept as a list.
func readListing(content string) (list pricebook.Listing, err error) {
	if content == "" {
		return list, nil
	}
	into := any(&list)
	if strings.HasPrefix(content, "[") {
		into = &list.Machines
	}
	if err := json.Unmarshal([]byte(content), into); err != nil {
		return list, finops.WrapError(finops.CodeCorrupt, err, "The prices that were read from the providers are damaged. Go back to those of the program, and read them again.")
	}
	return list, nil
}

// PriceState says with which prices assessments are made.
type PriceState struct {
	Book    string // version
	ReadAt  time.Time
	ReadBy  string
	Regions []ReadRegion // whose prices were read, by kind; none = all are those of the program
}

// ReadRegion is a region of a provider, of which prices of a kind were read.
type ReadRegion struct {
	Provider string         `json:"provider"`
	Region   string         `json:"region"`
	Kind     pricebook.Kind `json:"kind" wire:"string"` // machines, disks, objects, databases, network or licences; "" = all that are needed
	Prices   int            `json:"prices"`             // machine types or other things with a price
	AsOf     string         `json:"asOf"`               // day on which they were read; "" = they were not
	Changed  int            `json:"changed"`
	Problem  string         `json:"problem"` // why they could not be read; "" = nothing
}

// same reports whether both are of one region and kind.
func (r *ReadRegion) same(provider, region string, kind pricebook.Kind) bool {
	return r.Provider == provider && r.Region == region && r.Kind == kind
}

// Prices says with which prices assessments are made now.
func (w Migrations) Prices(ctx context.Context) (state PriceState, err error) {
	book, err := w.Book(ctx)
	if err != nil {
		return state, err
	}
	kept, list, err := w.listed(ctx)
	if err != nil {
		return state, err
	}
	state = PriceState{Book: book.Version(), ReadAt: kept.ReadAt, ReadBy: kept.ReadBy}
	seen := map[[4]string]bool{}
	count := func(provider, region string, kind pricebook.Kind, thing, asOf string) {
		key := [4]string{provider, region, string(kind), thing}
		if seen[key] {
			return
		}
		seen[key] = true
		at := slices.IndexFunc(state.Regions, func(r ReadRegion) bool { return r.same(provider, region, kind) })
		if at < 0 {
			at = len(state.Regions)
			state.Regions = append(state.Regions, ReadRegion{Provider: provider, Region: region, Kind: kind, AsOf: asOf})
		}
		state.Regions[at].Prices++
	}
	for i := range list.Machines {
		q := &list.Machines[i]
		thing := q.Type
		if q.Kind() == pricebook.Licences {
			thing += " " + q.OS
		}
		count(q.Provider, q.Region, q.Kind(), thing, q.AsOf)
	}
	for _, r := range list.Rates {
		count(r.Provider, r.Region, r.Kind, r.Item, r.AsOf)
	}
	slices.SortStableFunc(state.Regions, func(a, b ReadRegion) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Region, b.Region), slices.Index(pricebook.Kinds(), a.Kind)-slices.Index(pricebook.Kinds(), b.Kind))
	})
	return state, nil
}

// ResetPrices goes back to the prices of the program. Results keep those that they were made with.
func (w Migrations) ResetPrices(ctx context.Context) error {
	return w.db.ChangePrices(ctx, func(string) (string, error) { return "", nil }, "reset prices", "", w.user, w.now())
}

// Needed lists the regions in which an assessment is priced. See Review for the errors.
func (w Migrations) Needed(ctx context.Context, name string) (regions []ReadRegion, err error) {
	review, err := w.Review(ctx, name)
	if err != nil {
		return nil, err
	}
	for i := range review.Result.Providers {
		if p := &review.Result.Providers[i]; p.Region != nil {
			regions = append(regions, ReadRegion{Provider: p.Provider, Region: *p.Region})
		}
	}
	slices.SortFunc(regions, func(a, b ReadRegion) int { return cmp.Compare(a.Provider, b.Provider) })
	return regions, nil
}

// pricesParams is what the row of a refresh keeps; the key of Google is kept nowhere.
type pricesParams struct {
	Name string `json:"name"` // of the assessment
}

// RefreshPrices reads what the providers list today for machines, storage, databases and network in the regions in which an assessment is priced, as a job, and waits for it. googleKey
// is an API key of Google; "" = the list of Google is not read. A kind of prices that cannot be read, or is refused by pricebook.Check or CheckRates, keeps those
// that it had and says why; it is an error where nothing could be read. Nothing is kept before everything was read. after, when set, is called once the work
// has ended.
func (w Migrations) RefreshPrices(ctx context.Context, name, googleKey string, after func()) ([]ReadRegion, error) {
	a, err := w.ByName(ctx, name)
	if err != nil {
		if after != nil {
			after()
		}
		return nil, err
	}
	made, err := Jobs(w).Do(ctx, KindPrices, "Read prices for "+a.Name, pricesParams{a.Name}, func(ctx context.Context, h *job.Handle) (any, error) {
		return w.refresh(ctx, h, a.Name, googleKey)
	}, after)
	if err != nil {
		return nil, err
	}
	regions, _ := made.([]ReadRegion) // what refresh returns
	return regions, nil
}

func (w Migrations) pricesJob(ctx context.Context, h *job.Handle, params json.RawMessage) (any, error) {
	var p pricesParams
	if err := json.Unmarshal(params, &p); err != nil {
		return nil, finops.WrapError(finops.CodeCorrupt, err, "The parameters of this job are damaged. Start it again.")
	}
	return w.refresh(ctx, h, p.Name, "")
}

func (w Migrations) refresh(ctx context.Context, h *job.Handle, name, googleKey string) (read []ReadRegion, err error) {
	regions, err := w.Needed(ctx, name)
	if err != nil {
		return nil, err
	}
	book, err := w.Book(ctx)
	if err != nil {
		return nil, err
	}
	door, err := Connections(w).door(ctx)
	if err != nil {
		return nil, err
	}
	defer door.Close()
	lists := pricelist.New(source.Reach{Door: door, Purpose: "prices for " + name, Now: w.now, Waiting: func(wait network.Wait) {
		h.Message(fmt.Sprintf("Waiting for %s until %s: %s", wait.API, wait.Until.Local().Format("15:04:05"), finops.MessageOf(wait.Err)))
	}}, w.priceLists, googleKey)
	var all pricebook.Listing
	var failed error
	for i, r := range regions {
		h.Progress(int64(i), int64(len(regions)), int64(len(all.Machines)+len(all.Rates)), "Reading the price lists of "+pricebook.ProviderName(r.Provider)+" for "+r.Region)
		kinds, err := readRegion(ctx, lists, book, r, &all)
		if cause := context.Cause(ctx); cause != nil {
			_ = w.keepContacts(context.WithoutCancel(ctx), door) // the cancel is what to report
			return nil, cause
		}
		if failed == nil {
			failed = err
		}
		read = append(read, kinds...)
	}
	if err := w.keepContacts(ctx, door); err != nil {
		return nil, err
	}
	if len(all.Machines)+len(all.Rates) == 0 {
		if failed == nil {
			failed = finops.Errorf(finops.CodeInvalid, "No provider has a region for %s, so that there is nothing to read.", name)
		}
		return nil, failed
	}
	if err := w.keepListing(ctx, all, read); err != nil {
		return nil, err
	}
	h.Finish(job.Outcome{Lines: int64(len(all.Machines) + len(all.Rates)), Note: describeRead(read), NeedsAction: failed != nil})
	return read, nil
}

func (w Migrations) keepContacts(ctx context.Context, door *network.Door) error {
	return w.db.KeepContacts(ctx, contacts(door), w.user, w.now())
}

// readRegion reads the lists of a region, judges each kind, counts what changes, and adds what is good to a listing. It returns the first problem.
func readRegion(ctx context.Context, lists *pricelist.Lists, book *pricebook.Book, r ReadRegion, all *pricebook.Listing) (kinds []ReadRegion, failed error) {
	list, err := lists.Read(ctx, pricelist.Order{Provider: r.Provider, Region: r.Region, Types: book.Orderable(r.Provider, r.Region), Databases: book.Sold(r.Provider)})
	for _, kind := range pricebook.Kinds() {
		one, problem := ReadRegion{Provider: r.Provider, Region: r.Region, Kind: kind}, err
		if problem == nil {
			problem = list.Problems[kind]
		}
		if problem == nil {
			problem = one.judge(book, list.Listing, all)
		}
		if problem != nil {
			one.Problem = finops.MessageOf(problem)
			if failed == nil {
				failed = problem
			}
		}
		kinds = append(kinds, one)
	}
	return kinds, failed
}

// judge takes what is listed of the kind, where it is good.
func (r *ReadRegion) judge(book *pricebook.Book, list pricebook.Listing, all *pricebook.Listing) error {
	if r.Kind == pricebook.Machines {
		if err := book.Check(r.Provider, r.Region, list.Machines); err != nil {
			return err
		}
		for i := range list.Machines {
			q := &list.Machines[i]
			if q.Kind() != pricebook.Machines {
				continue
			}
			r.AsOf = q.AsOf
			all.Machines = append(all.Machines, *q)
			if q.OS != "linux" {
				continue
			}
			r.Prices++
			if have := book.Compute(q.Provider, q.Region, q.Type, q.OS); have == nil || have.OnDemand != q.OnDemand {
				r.Changed++
			}
		}
		return nil
	}
	if r.Kind == pricebook.Licences && r.takeLicences(book, list.Machines, all) {
		return nil
	}
	usable, changed, err := book.CheckRates(r.Provider, r.Region, r.Kind, slices.DeleteFunc(slices.Clone(list.Rates), func(o pricebook.Rate) bool { return o.Kind != r.Kind }))
	if err != nil {
		return err
	}
	things := map[string]bool{}
	for _, rate := range usable {
		r.AsOf, things[rate.Item] = rate.AsOf, true
	}
	r.Prices, r.Changed = len(things), changed
	all.Rates = append(all.Rates, usable...)
	return nil
}

// takeLicences takes the prices of machines with a licence, which are above those with Linux; it answers whether there are any.
func (r *ReadRegion) takeLicences(book *pricebook.Book, quotes []pricebook.Quote, all *pricebook.Listing) bool {
	linux := map[string]pricebook.Number{}
	for i := range quotes {
		if q := &quotes[i]; q.OS == "linux" {
			linux[q.Type] = q.OnDemand
		}
	}
	for i := range quotes {
		q := &quotes[i]
		plain, known := linux[q.Type]
		if q.Kind() != pricebook.Licences || !known || q.OnDemand.Amount().Cmp(plain.Amount()) < 0 {
			continue
		}
		r.AsOf = q.AsOf
		r.Prices++
		if have := book.Compute(q.Provider, q.Region, q.Type, q.OS); have == nil || have.OnDemand != q.OnDemand {
			r.Changed++
		}
		all.Machines = append(all.Machines, *q)
	}
	return r.Prices > 0
}

// keepListing puts prices in place of those of the same regions and kinds, in one step.
func (w Migrations) keepListing(ctx context.Context, all pricebook.Listing, read []ReadRegion) error {
	return w.db.ChangePrices(ctx, func(before string) (string, error) {
		kept, _ := readListing(before) // damaged ones are replaced
		renewed := func(provider, region string, kind pricebook.Kind) bool {
			return slices.ContainsFunc(read, func(r ReadRegion) bool { return r.Problem == "" && r.same(provider, region, kind) })
		}
		kept.Machines = slices.DeleteFunc(kept.Machines, func(q pricebook.Quote) bool { return renewed(q.Provider, q.Region, q.Kind()) })
		kept.Rates = slices.DeleteFunc(kept.Rates, func(o pricebook.Rate) bool { return renewed(o.Provider, o.Region, o.Kind) })
		text, err := json.Marshal(pricebook.Listing{Machines: append(kept.Machines, all.Machines...), Rates: append(kept.Rates, all.Rates...)})
		if err != nil {
			return "", fmt.Errorf("write prices: %w", err)
		}
		return string(text), nil
	}, "read prices", describeRead(read), w.user, w.now())
}

// describeRead says what became of each region; a problem that several kinds share is said once.
func describeRead(read []ReadRegion) string {
	var texts []string
	for i := range read {
		r := &read[i]
		if i > 0 && r.Problem != "" && read[i-1].Problem == r.Problem {
			continue
		}
		text := fmt.Sprintf("%s %s, %s: %d with a price, %d with another one.", pricebook.ProviderName(r.Provider), r.Region, r.Kind.Words(), r.Prices, r.Changed)
		if r.Problem != "" {
			text = pricebook.ProviderName(r.Provider) + " " + r.Region + ", " + r.Kind.Words() + ": " + strings.TrimSuffix(r.Problem, ".") + "."
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, " ")
}
