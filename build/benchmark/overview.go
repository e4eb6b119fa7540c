package main

import (
	"context"
	"errors"
	"os"
	"time"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/desktop"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// overviewRuns is how often the Overview is opened from a closed workspace.
const overviewRuns = 3

// overviewPhase opens a closed workspace and makes the calls of the window's Overview, one after the other: up
// to the figures at its top, and to the last card.
func (b *bench) overviewPhase(ctx context.Context) error {
	var opened, first, whole samples
	for range overviewRuns {
		times, err := b.overview(ctx)
		if err != nil {
			return err
		}
		opened, first, whole = append(opened, times[0]), append(first, times[1]), append(whole, times[2])
	}
	return say(measure{"opened", opened, 0}, measure{"first figures", first, 0}, measure{"whole", whole, 0}, measure{"memory", samples{peakMemory()}, 0})
}

// overview returns the seconds from the start to what is open, to the first figures and to the end.
func (b *bench) overview(ctx context.Context) (times [3]float64, err error) {
	config, err := os.MkdirTemp(b.dir, "config-")
	if err != nil {
		return times, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(config)) }()
	d := desktop.New(ctx, desktop.Options{Library: &service.Library{Dir: config, ConfigDir: config}, Service: b.options()})
	defer func() { err = errors.Join(err, d.Stop(context.WithoutCancel(ctx))) }()
	start := time.Now()
	page, err := b.openPage(d)
	if err != nil {
		return times, err
	}
	for i, step := range []func() error{page.open, page.figures, page.cards} {
		if err := step(); err != nil {
			return times, err
		}
		times[i] = time.Since(start).Seconds()
	}
	return times, nil
}

// overviewPage makes the calls of the Overview.
type overviewPage struct {
	path       string
	workspaces *desktop.Workspaces
	ledger     *desktop.Ledger
	dimensions *desktop.Dimensions
	scopes     *desktop.Scopes
	state      desktop.LedgerState
}

func (b *bench) openPage(d *desktop.Desktop) (*overviewPage, error) {
	page := &overviewPage{path: b.workspace()}
	for _, bound := range d.Bindings() {
		switch bound := bound.(type) {
		case *desktop.Workspaces:
			page.workspaces = bound
		case *desktop.Ledger:
			page.ledger = bound
		case *desktop.Dimensions:
			page.dimensions = bound
		case *desktop.Scopes:
			page.scopes = bound
		}
	}
	if page.workspaces == nil || page.ledger == nil || page.dimensions == nil || page.scopes == nil {
		return nil, errors.New("the window lacks an area of the Overview")
	}
	return page, nil
}

func (p *overviewPage) open() (err error) {
	if _, err := p.workspaces.Open(p.path); err != nil {
		return err
	}
	if p.state, err = p.ledger.State(); err != nil {
		return err
	}
	if len(p.state.Currencies) == 0 {
		return errors.New("the workspace has no charges")
	}
	if _, err := p.ledger.AccountNames(); err != nil {
		return err
	}
	if _, err := p.dimensions.List(); err != nil {
		return err
	}
	_, err = p.scopes.List()
	return err
}

// question is that of the usual period of the first currency.
func (p *overviewPage) question(column string, metric finops.Metric, where finops.Filter) desktop.SpendQuestion {
	c := p.state.Currencies[0]
	return desktop.SpendQuestion{Metric: string(metric), Currency: c.Code, Where: where, From: c.Presets[0].From, To: c.Presets[0].To, Column: column, Context: true}
}

// figures asks for those at the top.
func (p *overviewPage) figures() error {
	usage := finops.If(finops.Condition{Column: "ChargeCategory", Values: []*string{text("Usage")}})
	total := p.question(finops.DimProvider, finops.EffectiveCost, finops.Filter{})
	total.Base = spend.BasePrevious
	_, err := p.ledger.Spend([]desktop.SpendQuestion{
		total, p.question("HasTags", finops.AbsoluteCost, usage), p.question("ChargeCategory", finops.EffectiveCost, finops.Filter{}),
		p.question("ChargeClass", finops.EffectiveCost, finops.Filter{}), p.question("CommitmentDiscountStatus", finops.EffectiveCost, usage),
	})
	return err
}

// cards asks for the chart, what changed and the breakdown.
func (p *overviewPage) cards() error {
	course := p.question(finops.DimProvider, finops.EffectiveCost, finops.Filter{})
	course.Top, course.Grain = 7, finops.GrainDay
	movers := p.question("ServiceName", finops.EffectiveCost, finops.Filter{})
	movers.Top, movers.Base, movers.Beside = 6, spend.BasePrevious, []string{finops.DimProvider, "ServiceCategory"}
	breakdown := movers
	breakdown.Top, breakdown.Grain = 10, finops.GrainDay
	for _, q := range []desktop.SpendQuestion{course, movers, breakdown} {
		if _, err := p.ledger.Spend([]desktop.SpendQuestion{q}); err != nil {
			return err
		}
	}
	return nil
}
