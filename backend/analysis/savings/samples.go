package savings

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"cloud-intelligence/backend/finops"
)

// sampleStart is the first day of the lookback of a sample; its bill ends two days after the lookback.
var sampleStart = finops.NewDay(2026, 3, 2)

func (r *Rule) checkSamples() error {
	kinds := map[string]bool{}
	for _, s := range r.Samples {
		if err := oneOf("kind of sample", s.Kind, "positive", "negative", "trap"); err != nil {
			return err
		}
		kinds[s.Kind] = true
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
	table, days, err := r.table(s)
	if err != nil {
		return err
	}
	set := DataSet{r.Providers[0], "sample", days}
	result, err := Examine(ctx, table, &Catalogue{Rules: []*Rule{r}}, Options{Sets: []DataSet{set}})
	if err != nil {
		return err
	}
	for _, n := range result.NotExamined {
		if n.Provider == set.Provider {
			return finops.Errorf(finops.CodeInvalid, "The rule was not examined: %s", n.Reason)
		}
	}
	if s.Kind != "positive" {
		if len(result.Findings) > 0 {
			return finops.Errorf(finops.CodeInvalid, "There is a finding, and there should be none.")
		}
		return nil
	}
	if len(result.Findings) != 1 {
		return finops.Errorf(finops.CodeInvalid, "There are %d findings, and there should be one.", len(result.Findings))
	}
	f := result.Findings[0]
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

// table makes the lines of a sample, and one of another resource on every day.
func (r *Rule) table(s *Sample) (*Table, []finops.Day, error) {
	known := values{
		finops.DimProvider: r.Providers[0], finops.DimBillingAccount: "sample", finops.DimAccount: "account", "BillingCurrency": "USD",
		"RegionId": "region", "ChargeCategory": "Usage", "ServiceName": r.Service, "ServiceCategory": "Other", "PublisherName": r.Providers[0], "PricingCategory": "Standard",
	}
	first, end := 1, r.Lookback+lateDays
	for _, l := range s.Lines {
		first = min(first, l.From)
	}
	var lines []sampleRow
	var days []finops.Day
	for d := first; d <= end; d++ {
		day := sampleStart + finops.Day(d-1)
		days = append(days, day)
		other := maps.Clone(known)
		other["ServiceName"], other["ServiceCategory"], other["ChargeDescription"] = "Another service", "Compute", "another meter"
		other[finops.DimAccount] = "another account"
		lines = append(lines, sampleRow{day: day, start: 0, end: 24, columns: other, cost: "1", quantity: "1"})
	}
	for _, l := range s.Lines {
		columns := maps.Clone(known)
		maps.Copy(columns, s.Columns)
		maps.Copy(columns, l.Columns)
		from := l.From
		if from == 0 {
			from = 1
		}
		for d := from; d <= end && (l.To == 0 || d <= l.To); d++ {
			hours := l.Hours
			if hours == 0 {
				hours = 24
			}
			lines = append(lines, sampleRow{sampleStart + finops.Day(d-1), 0, hours, columns, l.Cost, l.Quantity})
		}
	}
	table, err := tableOf(lines)
	return table, days, err
}

// sampleRow is one line of a sample.
type sampleRow struct {
	day            finops.Day
	start, end     int // hours of the day
	columns        values
	cost, quantity string
}

// tableOf makes a Table in memory.
func tableOf(rows []sampleRow) (*Table, error) {
	names := slices.Clone(groupColumns)
	for _, row := range rows {
		for _, name := range slices.Sorted(maps.Keys(row.columns)) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	t := &Table{Names: names, Values: make([][]*string, len(names))}
	b := &Batch{Columns: make([][]uint32, len(names))}
	numbers := make([]map[string]uint32, len(names))
	for c := range names {
		numbers[c], t.Values[c] = map[string]uint32{}, []*string{nil}
	}
	amounts := make([][2]*finops.Amount, len(rows))
	for i, row := range rows {
		start := row.day.Time().Unix()
		b.Lines, b.Days = append(b.Lines, int64(i+1)), append(b.Days, row.day)
		b.Starts, b.Ends = append(b.Starts, start+int64(row.start)*3600), append(b.Ends, start+int64(row.end)*3600)
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
		for m, text := range []string{row.cost, row.quantity} {
			if text == "" {
				continue
			}
			a, err := finops.ParseAmount([]byte(text))
			if err != nil {
				return nil, fmt.Errorf("read sample: %w", err)
			}
			amounts[i][m] = &a
		}
	}
	b.Amount = func(measure, line int) (finops.Amount, bool) {
		if measure > atQuantity || amounts[line][measure] == nil {
			return finops.Amount{}, false
		}
		return *amounts[line][measure], true
	}
	t.Each = func(_ context.Context, fn func(*Batch) error) error { return fn(b) }
	return t, nil
}
