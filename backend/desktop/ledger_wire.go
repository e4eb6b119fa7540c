package desktop

import (
	"maps"
	"slices"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Question asks for sums. From and To are both part of the period; "" = open.
type Question struct {
	Metrics  []string      `json:"metrics"`
	GroupBy  []string      `json:"groupBy"`
	Where    finops.Filter `json:"where"`
	From     string        `json:"from"`
	To       string        `json:"to"`
	Grain    finops.Grain  `json:"grain"`
	Currency string        `json:"currency"`
	Limit    int           `json:"limit"`
	Sort     finops.Sort   `json:"sort"`
}

// Answer holds the rows and, for each currency, the totals over all rows, also those
// beyond the limit.
type Answer struct {
	Rows   []AnswerRow `json:"rows"`
	Totals []AnswerRow `json:"totals"` // one a currency, over all rows, also those beyond the limit
	Groups int         `json:"groups"`
}

// AnswerRow is one group in one currency.
type AnswerRow struct {
	Keys     []*string `json:"keys"`
	Time     string    `json:"time"`
	Currency string    `json:"currency"`
	Lines    int64     `json:"lines"`
	Amounts  []*string `json:"amounts"`
}

// LedgerState describes what the ledger holds.
type LedgerState struct {
	service.CompletenessInfo
	Currencies []CurrencyState `json:"currencies"` // largest first
	Columns    []ColumnState   `json:"columns"`
	Dimensions []string        `json:"dimensions"` // the built-in dimensions that have values: Provider, Account, BillingAccount
}

// AccountNames are the names of accounts and of billing accounts by their ids.
type AccountNames struct {
	Accounts        []AccountName `json:"accounts"`
	BillingAccounts []AccountName `json:"billingAccounts"`
}

// AccountName is the name of one account.
type AccountName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// CurrencyState says what there is in a currency; Code "" = the file names none.
type CurrencyState struct {
	Code     string         `json:"code"`
	Lines    int64          `json:"lines"`
	FirstDay string         `json:"firstDay"`
	LastDay  string         `json:"lastDay"`
	Presets  []PresetPeriod `json:"presets"`
}

// PresetPeriod is a period that is counted from the newest day of a currency.
type PresetPeriod struct {
	Preset   spend.Preset `json:"preset"`
	Label    string       `json:"label"`
	From     string       `json:"from"`
	To       string       `json:"to"`
	SoFar    bool         `json:"soFar"`    // it is the part of one month for which there is data so far
	Complete bool         `json:"complete"` // all of its months are complete
}

// BaseSpan is a span of days to compare a period with.
type BaseSpan struct {
	Base spend.Base `json:"base"`
	From string     `json:"from"`
	To   string     `json:"to"`
}

// ColumnState is a column of the ledger.
type ColumnState struct {
	Name  string     `json:"name"`
	Focus bool       `json:"focus"`
	Kind  ColumnKind `json:"kind"`
}

// ColumnKind says what a column of the ledger holds.
type ColumnKind string

const (
	columnText    ColumnKind = "text"
	columnDecimal ColumnKind = "decimal"
	columnTime    ColumnKind = "time"
	columnJSON    ColumnKind = "json"
)

// TagKeyState counts the resources that have a tag.
type TagKeyState struct {
	Key   string `json:"key"`
	Lines int64  `json:"lines"`
}

// LinesQuestion asks for charge lines.
type LinesQuestion struct {
	Where    finops.Filter `json:"where"`
	From     string        `json:"from"`
	To       string        `json:"to"`
	Currency string        `json:"currency"`
	Columns  []string      `json:"columns"`
	SortBy   string        `json:"sortBy"`
	SortDesc bool          `json:"sortDesc"`
	Search   string        `json:"search"`
	Offset   int           `json:"offset"`
	Limit    int           `json:"limit"`
}

// LinesPage is a page of charge lines. The totals hold billed, effective, list and
// contracted cost, in this order.
type LinesPage struct {
	Total   int         `json:"total"`
	Totals  []AnswerRow `json:"totals"`
	Columns []string    `json:"columns"`
	Rows    [][]*string `json:"rows"`
}

// ColumnFact is what the numbers of a column of some lines come to, costs by currency.
type ColumnFact struct {
	Column   string `json:"column"`
	Currency string `json:"currency"` // "" = not a cost, or the lines name none
	Count    int64  `json:"count"`    // lines with a number
	Sum      string `json:"sum"`
}

func (q Question) question() (finops.Question, error) {
	out := finops.Question{
		GroupBy: q.GroupBy, Where: q.Where, Grain: q.Grain, Currency: q.Currency, Limit: q.Limit, Sort: q.Sort,
	}
	var err error
	for _, name := range q.Metrics {
		m, err := finops.ParseMetric(name)
		if err != nil {
			return out, err
		}
		out.Metrics = append(out.Metrics, m)
	}
	if out.From, err = day(q.From); err != nil {
		return out, err
	}
	out.To, err = day(q.To)
	return out, err
}

func (q LinesQuestion) question() (engine.LinesQuestion, error) {
	out := engine.LinesQuestion{
		Where: q.Where, Currency: q.Currency, Search: q.Search, SortBy: q.SortBy, SortDesc: q.SortDesc, Offset: q.Offset, Limit: q.Limit,
	}
	if len(q.Columns) > 0 { // none chosen = all
		out.Columns = q.Columns
	}
	var err error
	if out.From, err = day(q.From); err != nil {
		return out, err
	}
	out.To, err = day(q.To)
	return out, err
}

func answerRow(r finops.Row) AnswerRow {
	return AnswerRow{Keys: wire.List(r.Keys), Time: r.Time, Currency: r.Currency, Lines: r.Lines, Amounts: wire.Each(r.Amounts, wire.Sum)}
}

func ledgerState(s *engine.State, presets []service.Presets, at map[string]string) LedgerState {
	out := LedgerState{
		CompletenessInfo: service.CompletenessOf(s, at), Currencies: []CurrencyState{},
		Columns:    wire.Each(s.Columns, func(c engine.ColumnState) ColumnState { return ColumnState{c.Name, c.Focus, columnKind(c.Kind)} }),
		Dimensions: wire.List(s.Dimensions),
	}
	for i, c := range s.Currencies {
		out.Currencies = append(out.Currencies, CurrencyState{c.Code, c.Lines, c.FirstDay.String(), c.LastDay.String(), wire.Each(presets[i].Periods, presetPeriod)})
	}
	return out
}

func presetPeriod(p service.PresetPeriod) PresetPeriod {
	return PresetPeriod{p.Preset, p.Preset.Label(), p.From.String(), p.To.String(), p.SoFar, p.Complete}
}

func accountNames(n *engine.AccountNames) AccountNames {
	return AccountNames{Accounts: accountList(n.Accounts), BillingAccounts: accountList(n.BillingAccounts)}
}

func accountList(names map[string]string) []AccountName {
	return wire.Each(slices.Sorted(maps.Keys(names)), func(id string) AccountName { return AccountName{id, names[id]} })
}

func linesPage(p *engine.LinesPage) LinesPage {
	return LinesPage{Total: p.Total, Totals: wire.Each(p.Totals, answerRow), Columns: wire.List(p.Columns), Rows: rows(p.Rows)}
}
