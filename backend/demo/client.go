package demo

import (
	"context"
	"fmt"
	"io"
	"time"
)

// flushBytes is how much text gathers before it is handed to the writer.
const flushBytes = 512 << 10

// client is the made-up company: its horizon, and one writer of bills per provider.
type client struct {
	calendar *calendar
	writers  [providerCount]*monthWriter
}

// monthWriter writes the bills of one provider, month after month; the months have to be asked for in order, as a
// bill refers to the one before.
type monthWriter struct {
	provider    provider
	layout      layout
	calendar    *calendar
	items       []item
	commitments []*commitment // of all providers, as item.cover numbers them
	lastDay     int

	month        month
	back         int // months before the last one
	invoices     [billCount][]byte
	dayPeriod    []byte
	hourPeriods  [hoursOfDay][]byte
	monthPeriod  []byte
	sums         []int64 // billed this month by sub account, at sumScale
	previousSums []int64
	lines        int64
	book         *book // nil = none is kept
	buf          []byte
	out          io.Writer
}

func newClient(s settings, l layout) *client {
	c := newCalendar(s)
	fleet := newFleet(s.seed, c, s.lines-overheadLines(c))
	var items [providerCount][]item
	for p := range providerCount {
		items[p] = newItems(fleet[p], l)
	}
	commitments := newCommitments(c, &items)
	cl := &client{calendar: c}
	for p := range providerCount {
		cl.writers[p] = &monthWriter{
			provider: p, layout: l, calendar: c, items: items[p], commitments: commitments,
			lastDay: c.days - 1 - providers[p].lagDays,
			sums:    make([]int64, len(accounts)), previousSums: make([]int64, len(accounts)),
		}
	}
	return cl
}

// overheadLines estimates the lines beside the fleet's own: fees, unused and split lines of the commitments, and
// statement lines.
func overheadLines(c *calendar) int64 {
	flexDays := c.days - max(0, c.monthFrom(commitmentPlans[coverCUD-1].startBack))
	return int64(3*c.days + 3*max(0, flexDays) + 24*len(c.months))
}

// writeMonth writes the bill of one month without a header and returns its lines. It is called once per month, oldest
// first. A month that the provider's horizon does not reach has no lines.
func (w *monthWriter) writeMonth(ctx context.Context, m int, out io.Writer) (int64, error) {
	w.openMonth(m)
	w.out = out
	if m > 0 {
		w.writeCorrections(w.calendar.months[m-1])
	}
	last := min(w.month.to-1, w.lastDay)
	for day := w.month.from; day <= last; day++ {
		if err := w.writeDay(ctx, day); err != nil {
			return 0, err
		}
	}
	if w.month.complete && last == w.month.to-1 {
		w.writeMonthEnd()
	}
	if err := w.flush(ctx); err != nil {
		return 0, err
	}
	return w.lines, nil
}

// covers reports whether the provider's horizon reaches the month.
func (w *monthWriter) covers(m int) bool { return w.calendar.months[m].from <= w.lastDay }

func (w *monthWriter) openMonth(m int) {
	w.month = w.calendar.months[m]
	w.back = len(w.calendar.months) - 1 - m
	w.lines = 0
	w.buf = w.buf[:0]
	w.sums, w.previousSums = w.previousSums, w.sums
	clear(w.sums)
	w.monthPeriod = appendPeriods(nil, w.month, stamp(w.month.start), stamp(w.month.end))
	for i := range billings {
		w.invoices[i] = nil
		if w.month.complete { // an open month has no invoice yet
			w.invoices[i] = []byte(billings[i].invoicePrefix + fixedText(billings[i].id+w.month.name, "0123456789", 6))
		}
	}
}

func appendPeriods(b []byte, m month, from, to string) []byte {
	b = append(b, stamp(m.start)...)
	for _, s := range []string{stamp(m.end), from, to} {
		b = append(b, ',')
		b = append(b, s...)
	}
	return b
}

func (w *monthWriter) writeDay(ctx context.Context, day int) error {
	date := w.calendar.date(day)
	w.dayPeriod = appendPeriods(w.dayPeriod[:0], w.month, stamp(date), stamp(date.AddDate(0, 0, 1)))
	if day >= w.calendar.hourlyFrom {
		for hour := range w.hourPeriods {
			at := date.Add(time.Duration(hour) * time.Hour)
			w.hourPeriods[hour] = appendPeriods(w.hourPeriods[hour][:0], w.month, stamp(at), stamp(at.Add(time.Hour)))
		}
	}
	monthStart := day == w.month.from
	for _, cm := range w.commitments {
		if cm.provider() != w.provider {
			continue
		}
		cm.open(day, w.calendar)
		switch {
		case !cm.active(day):
		case !cm.plan.paidMonthly:
			w.writePurchase(cm, day, 1)
		case monthStart:
			w.writePurchase(cm, day, w.month.days)
		}
	}
	for i := range w.items {
		it := &w.items[i]
		if !it.activeOn(w.calendar, day, monthStart) {
			continue
		}
		w.chargeDay(it, day)
		if len(w.buf) >= flushBytes {
			if err := w.flush(ctx); err != nil {
				return err
			}
		}
	}
	for _, cm := range w.commitments {
		if cm.provider() == w.provider {
			w.writeUnused(cm, day)
		}
	}
	return ctx.Err()
}

func (w *monthWriter) flush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := w.out.Write(w.buf); err != nil {
		return fmt.Errorf("write charge lines: %w", err)
	}
	w.buf = w.buf[:0]
	return nil
}
