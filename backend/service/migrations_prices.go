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
	kept, quotes, err := w.quotes(ctx)
	if err != nil {
		return nil, err
	}
	book, err := builtIn.With(quotes)
	if err != nil {
		return nil, err
	}
	w.prices.version, w.prices.book = kept.Version, book
	return book, nil
}

func (w Migrations) quotes(ctx context.Context) (kept store.Prices, quotes []pricebook.Quote, err error) {
	if kept, err = w.db.Prices(ctx); err != nil {
		return kept, nil, err
	}
	quotes, err = readQuotes(kept.Content)
	return kept, quotes, err
}

func readQuotes(content string) (quotes []pricebook.Quote, err error) {
	if content == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(content), &quotes); err != nil {
		return nil, finops.WrapError(finops.CodeCorrupt, err, "The prices that were read from the providers are damaged. Go back to those of the program, and read them again.")
	}
	return quotes, nil
}

// PriceState says with which prices assessments are made.
type PriceState struct {
	Book    string // version
	ReadAt  time.Time
	ReadBy  string
	Regions []ReadRegion // whose prices were read; none = all are those of the program
}

// ReadRegion is a region of a provider whose prices were read.
type ReadRegion struct {
	Provider string `json:"provider"`
	Region   string `json:"region"`
	Types    int    `json:"types"` // machine types with a price
	AsOf     string `json:"asOf"`  // day on which they were read; "" = they were not
	Changed  int    `json:"changed"`
	Problem  string `json:"problem"` // why they could not be read; "" = nothing
}

// Prices says with which prices assessments are made now.
func (w Migrations) Prices(ctx context.Context) (state PriceState, err error) {
	book, err := w.Book(ctx)
	if err != nil {
		return state, err
	}
	kept, quotes, err := w.quotes(ctx)
	if err != nil {
		return state, err
	}
	state = PriceState{Book: book.Version(), ReadAt: kept.ReadAt, ReadBy: kept.ReadBy}
	for _, q := range quotes {
		if q.OS != "linux" {
			continue
		}
		at := slices.IndexFunc(state.Regions, func(r ReadRegion) bool { return r.Provider == q.Provider && r.Region == q.Region })
		if at < 0 {
			at = len(state.Regions)
			state.Regions = append(state.Regions, ReadRegion{Provider: q.Provider, Region: q.Region, AsOf: q.AsOf})
		}
		state.Regions[at].Types++
	}
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

// RefreshPrices reads what the providers list today for the machine types of the regions in which an assessment is priced, as a job, and waits for it. googleKey
// is an API key of Google; "" = the list of Google is not read. What cannot be read, or is refused by pricebook.Check, keeps the prices
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

func (w Migrations) refresh(ctx context.Context, h *job.Handle, name, googleKey string) (regions []ReadRegion, err error) {
	if regions, err = w.Needed(ctx, name); err != nil {
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
	var quotes []pricebook.Quote
	var failed error
	for i := range regions {
		r := &regions[i]
		h.Progress(int64(i), int64(len(regions)), int64(len(quotes)), "Reading the price list of "+pricebook.ProviderName(r.Provider)+" for "+r.Region)
		read, err := w.readRegion(ctx, lists, book, r)
		if cause := context.Cause(ctx); cause != nil {
			_ = w.keepContacts(context.WithoutCancel(ctx), door) // the cancel is what to report
			return nil, cause
		}
		if err != nil {
			r.Problem = finops.MessageOf(err)
			if failed == nil {
				failed = err
			}
		}
		quotes = append(quotes, read...)
	}
	if err := w.keepContacts(ctx, door); err != nil {
		return nil, err
	}
	if len(quotes) == 0 {
		if failed == nil {
			failed = finops.Errorf(finops.CodeInvalid, "No provider has a region for %s, so that there is nothing to read.", name)
		}
		return nil, failed
	}
	if err := w.keepQuotes(ctx, quotes, regions); err != nil {
		return nil, err
	}
	h.Finish(job.Outcome{Lines: int64(len(quotes)), Note: describeRead(regions), NeedsAction: failed != nil})
	return regions, nil
}

func (w Migrations) keepContacts(ctx context.Context, door *network.Door) error {
	return w.db.KeepContacts(ctx, contacts(door), w.user, w.now())
}

// readRegion reads one list, judges it, and counts what changes.
func (w Migrations) readRegion(ctx context.Context, lists *pricelist.Lists, book *pricebook.Book, r *ReadRegion) ([]pricebook.Quote, error) {
	quotes, err := lists.Read(ctx, pricelist.Order{Provider: r.Provider, Region: r.Region, Types: book.Orderable(r.Provider, r.Region)})
	if err != nil {
		return nil, err
	}
	if err := book.Check(r.Provider, r.Region, quotes); err != nil {
		return nil, err
	}
	for i := range quotes {
		q := &quotes[i]
		r.AsOf = q.AsOf
		if q.OS != "linux" {
			continue
		}
		r.Types++
		if have := book.Compute(q.Provider, q.Region, q.Type, q.OS); have == nil || have.OnDemand != q.OnDemand {
			r.Changed++
		}
	}
	return quotes, nil
}

// keepQuotes puts quotes in place of those of the same regions, in one step.
func (w Migrations) keepQuotes(ctx context.Context, quotes []pricebook.Quote, regions []ReadRegion) error {
	return w.db.ChangePrices(ctx, func(before string) (string, error) {
		kept, _ := readQuotes(before) // damaged ones are replaced
		kept = slices.DeleteFunc(kept, func(q pricebook.Quote) bool {
			return slices.ContainsFunc(regions, func(r ReadRegion) bool { return r.Problem == "" && r.Provider == q.Provider && r.Region == q.Region })
		})
		text, err := json.Marshal(append(kept, quotes...))
		if err != nil {
			return "", fmt.Errorf("write prices: %w", err)
		}
		return string(text), nil
	}, "read prices", describeRead(regions), w.user, w.now())
}

// describeRead says what became of each region.
func describeRead(regions []ReadRegion) string {
	texts := make([]string, 0, len(regions))
	for _, r := range regions {
		text := fmt.Sprintf("%s %s: %d machine types, %d with another price.", pricebook.ProviderName(r.Provider), r.Region, r.Types, r.Changed)
		if r.Problem != "" {
			text = pricebook.ProviderName(r.Provider) + " " + r.Region + ": " + strings.TrimSuffix(r.Problem, ".") + "."
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, " ")
}
