package savings

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
)

// sampleStart is the first day of the lookback of a sample; its bill ends two days after the lookback.
var sampleStart = finops.NewDay(2026, 3, 2)

// What a sample may have at most, so that running it takes no time.
const (
	sampleLinesMost = 100
	sampleDaysMost  = 400
)

func (r *Rule) checkSamples() error {
	kinds := map[string]bool{}
	for _, s := range r.Samples {
		if err := oneOf("kind of sample", s.Kind, "positive", "negative", "trap"); err != nil {
			return err
		}
		kinds[s.Kind] = true
		if len(s.Lines) > sampleLinesMost {
			return finops.Errorf(finops.CodeInvalid, "The sample %q has more than %d lines.", s.Name, sampleLinesMost)
		}
		for _, l := range s.Lines {
			if l.From < -sampleDaysMost || l.From > sampleDaysMost || l.To < -sampleDaysMost || l.Hours < 0 || l.At < 0 || l.At > 23 || l.Hours > 24*sampleDaysMost {
				return finops.Errorf(finops.CodeInvalid, "A line of the sample %q has a day or a length beyond %d days.", s.Name, sampleDaysMost)
			}
		}
	}
	if len(kinds) < 3 {
		return finops.Errorf(finops.CodeInvalid, "A rule needs a positive and a negative sample, and a trap.")
	}
	return nil
}

// Test runs the samples of the rule. It answers CodeInvalid, naming the sample, where one gives another
// result than it says.
func (r *Rule) Test(ctx context.Context) error {
	for i := range r.Samples {
		s := &r.Samples[i]
		if err := r.test(ctx, s); err != nil {
			return finops.Errorf(finops.CodeInvalid, "%s, sample %q: %s", r.ID, s.Name, finops.MessageOf(err))
		}
	}
	return nil
}

func (r *Rule) test(ctx context.Context, s *Sample) error {
	rows := r.rows(s)
	table, err := tableOf(rows)
	if err != nil {
		return err
	}
	result, err := Examine(ctx, table, &Catalogue{Rules: []*Rule{r}}, Options{Sets: setsOf(rows), Documents: r.factsOf(s)})
	if err != nil {
		return err
	}
	for _, n := range result.NotExamined {
		if s.Kind == "positive" && n.Provider == r.Providers[0] {
			return finops.Errorf(finops.CodeInvalid, "The rule was not examined: %s", n.Reasons[0])
		}
	}
	if s.Kind != "positive" {
		if slices.ContainsFunc(result.Findings, func(f *Finding) bool { return f.State != Refuted && f.State != Superseded }) {
			return finops.Errorf(finops.CodeInvalid, "There is a finding, and there should be none.")
		}
		return nil
	}
	if len(result.Findings) != 1 {
		return finops.Errorf(finops.CodeInvalid, "There are %d findings, and there should be one.", len(result.Findings))
	}
	f := result.Findings[0]
	if want := cmp.Or(s.Class, f.Rule.Class); s.Documents != nil && f.Class != want {
		return finops.Errorf(finops.CodeInvalid, "The finding is of class %s and should be of %s.", f.Class, want)
	}
	gross, state := "", s.State
	if f.Gross != nil {
		gross = f.Gross.String()
	}
	if state == "" {
		state = Open
	}
	if gross != s.Gross || f.State != state {
		return finops.Errorf(finops.CodeInvalid, "The finding is %s with %q a month, and should be %s with %q.", f.State, gross, state, s.Gross)
	}
	return nil
}

// rows are the lines of a sample, and one of another account on every day.
func (r *Rule) rows(s *Sample) []sampleRow {
	known := values{
		finops.DimProvider: r.Providers[0], finops.DimBillingAccount: sampleAccount, finops.DimAccount: "account", "BillingCurrency": "USD",
		"RegionId": "region", "ChargeCategory": "Usage", "ServiceName": r.Service, "ServiceCategory": "Other", "PublisherName": r.Providers[0], "PricingCategory": "Standard",
	}
	first, end := min(1, r.Lookback-costDays+1), r.Lookback+lateDays
	for _, l := range s.Lines {
		first = min(first, l.From)
	}
	other := maps.Clone(known)
	other["ServiceName"], other["ServiceCategory"], other["ChargeDescription"] = "Another service", "Compute", "another meter"
	other[finops.DimAccount] = "another account"
	var rows []sampleRow
	for d := first; d <= end; d++ {
		rows = append(rows, sampleRow{day: sampleStart + finops.Day(d-1), hours: 24, columns: other, cost: "1", quantity: "1"})
	}
	for _, l := range s.Lines {
		columns := maps.Clone(known)
		maps.Copy(columns, s.Columns)
		maps.Copy(columns, l.Columns)
		hours := cmp.Or(l.Hours, 24)
		for d := cmp.Or(l.From, 1); d <= end && (l.To == 0 || d <= l.To); d++ {
			rows = append(rows, sampleRow{day: sampleStart + finops.Day(d-1), hours: hours, columns: columns, at: l.At, cost: l.Cost, quantity: l.Quantity, list: l.List})
		}
	}
	return rows
}

// factsOf are the documents of a sample; nil = it has none.
func (r *Rule) factsOf(s *Sample) *document.Facts {
	if s.Documents == nil {
		return nil
	}
	return document.NewFacts(r.documentsOf(s, "", sampleStart+finops.Day(r.Lookback)))
}

// documentsOf are the documents of a sample, as of a day. ending is put behind the ids of all resources.
func (r *Rule) documentsOf(s *Sample, ending string, day finops.Day) []*document.Document {
	var docs []*document.Document
	for _, sd := range s.Documents {
		d := &document.Document{Name: string(sd.Kind), Kind: sd.Kind, Provider: r.Providers[0], Accounts: sd.Accounts, Day: day, Whole: true}
		for _, x := range sd.Things {
			t := &document.Thing{Type: x.Type, Key: document.Key(x.ID + ending), Name: x.Name, Account: x.Account, Region: x.Region, State: x.State, Size: x.Size, Count: x.Count}
			if x.From != "" {
				t.From = document.Key(x.From + ending)
			}
			if x.Age > 0 {
				t.Made = day - finops.Day(x.Age)
			}
			for _, on := range x.On {
				t.On = append(t.On, document.Key(on+ending))
			}
			d.Things = append(d.Things, t)
		}
		for _, m := range sd.Metrics {
			d.Series = append(d.Series, m.series(ending, day))
		}
		docs = append(docs, d)
	}
	return docs
}

// series is a metric of a sample, of the days before one.
func (m SampleMetric) series(ending string, day finops.Day) *document.Series {
	s := &document.Series{Key: document.Key(m.ID + ending), Metric: m.Name, Stat: m.Stat, Period: 86400}
	if m.Hours {
		s.Period = anHour
	}
	value, err := finops.ParseAmount([]byte(m.Value))
	if err != nil {
		return s
	}
	for i := 1; i <= min(m.Days, sampleDaysMost); i++ {
		s.Points = append(s.Points, document.Point{Start: (day - finops.Day(i)).Time().Unix(), Value: value})
	}
	return s
}

// sampleAccount is the billing account of samples.
const sampleAccount = "sample"

// setsOf are the data sets of rows, as the ledger would tell them.
func setsOf(rows []sampleRow) []DataSet {
	days := map[string]map[finops.Day]bool{}
	for _, row := range rows {
		provider := row.columns[finops.DimProvider]
		if days[provider] == nil {
			days[provider] = map[finops.Day]bool{}
		}
		if row.columns["ChargeCategory"] == "Usage" {
			days[provider][row.day] = true
		}
	}
	var sets []DataSet
	for _, provider := range slices.Sorted(maps.Keys(days)) {
		sets = append(sets, DataSet{provider, sampleAccount, slices.Sorted(maps.Keys(days[provider]))})
	}
	return sets
}

// sampleRow is one line of a sample.
type sampleRow struct {
	day                  finops.Day
	hours, at            int // length, and the hour at which it begins
	columns              values
	cost, quantity, list string // "" = unknown
}

// tableOf makes a Table in memory.
func tableOf(rows []sampleRow) (*Table, error) {
	names := slices.Clone(groupColumns[:])
	for _, row := range rows {
		for _, name := range slices.Sorted(maps.Keys(row.columns)) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	t := &Table{Names: names, Values: make([][]*string, len(names)), TupleOf: make([]int, len(names)), TupleCounts: make([]int, len(names))}
	b := &Batch{Columns: make([][]uint32, len(names))}
	numbers := make([]map[string]uint32, len(names))
	for c := range names {
		numbers[c], t.Values[c], t.TupleOf[c] = map[string]uint32{}, []*string{nil}, c
	}
	amounts := make([][]*finops.Amount, len(rows))
	for i, row := range rows {
		start := row.day.Time().Unix() + int64(row.at)*3600
		b.Lines, b.Days = append(b.Lines, int64(i+1)), append(b.Days, row.day)
		b.Starts, b.Ends = append(b.Starts, start), append(b.Ends, start+int64(row.hours)*3600)
		for c, name := range names {
			text, ok := row.columns[name]
			if !ok {
				b.Columns[c] = append(b.Columns[c], 0)
				continue
			}
			n, seen := numbers[c][text]
			if !seen {
				n = uint32(len(t.Values[c]))
				numbers[c][text] = n
				t.Values[c] = append(t.Values[c], &text)
			}
			b.Columns[c] = append(b.Columns[c], n)
		}
		for _, text := range []string{row.cost, row.quantity, row.list} {
			var amount *finops.Amount
			if text != "" {
				a, err := finops.ParseAmount([]byte(text))
				if err != nil {
					return nil, fmt.Errorf("read sample: %w", err)
				}
				amount = &a
			}
			amounts[i] = append(amounts[i], amount)
		}
	}
	b.Amount = func(measure, line int) (finops.Amount, bool) {
		if amounts[line][measure] == nil {
			return finops.Amount{}, false
		}
		return *amounts[line][measure], true
	}
	for c := range names {
		t.TupleCounts[c] = len(t.Values[c])
	}
	b.Tuples = b.Columns
	b.Value = func(column, line int) uint32 { return b.Columns[column][line] }
	t.Each = func(_ context.Context, parts int, _ func(finops.Day, int64, int64) bool, fn func(int, *Batch) error) error {
		for part := range parts {
			if err := fn(part, b.of(part, parts)); err != nil {
				return err
			}
		}
		return nil
	}
	return t, nil
}

// of are the lines of a part.
func (b *Batch) of(part, parts int) *Batch {
	o := &Batch{Columns: make([][]uint32, len(b.Columns))}
	var lines []int // of b
	for i, resource := range b.Columns[PartColumn] {
		n := int(resource)
		if n == 0 {
			n = i
		}
		if n%parts != part {
			continue
		}
		lines = append(lines, i)
		o.Lines, o.Days, o.Starts, o.Ends = append(o.Lines, b.Lines[i]), append(o.Days, b.Days[i]), append(o.Starts, b.Starts[i]), append(o.Ends, b.Ends[i])
		for c := range b.Columns {
			o.Columns[c] = append(o.Columns[c], b.Columns[c][i])
		}
	}
	o.Tuples = o.Columns
	o.Value = func(column, line int) uint32 { return o.Columns[column][line] }
	o.Amount = func(measure, line int) (finops.Amount, bool) { return b.Amount(measure, lines[line]) }
	return o
}
