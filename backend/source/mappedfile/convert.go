package mappedfile

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// writer writes one field of the record, or says why the record is rejected.
type writer func(l *line, out *source.Record) (reject string)

// converter turns the records of one table into FOCUS columns, followed by the columns of
// the table that no FOCUS column took. It belongs to one reader.
type converter struct {
	mapping Mapping
	names   []string
	place   place
	columns []source.Column
	write   []writer
	dates   map[string]dated
	scratch []byte
	line    line
	lost    map[int64]Cost // of rejected records, by line; nil where nobody asks
}

// Cost is what a record that was rejected is billed. Amount is no amount where it cannot be read;
// Currency is "" where that is so.
type Cost struct {
	Currency string
	Amount   finops.Amount
	Known    bool
}

// line is the record under way.
type line struct {
	batch    *source.Batch
	row      int
	currency string
	period   period
}

// period holds the times of a record as text; "" = no value.
type period struct{ chargeStart, chargeEnd, billStart, billEnd string }

type dated struct {
	moment
	ok bool
}

// periodColumns are yielded always: one of them stands for the others where they are missing.
var periodColumns = map[string]func(period) string{
	"BillingPeriodStart": func(p period) string { return p.billStart },
	"BillingPeriodEnd":   func(p period) string { return p.billEnd },
	"ChargePeriodStart":  func(p period) string { return p.chargeStart },
	"ChargePeriodEnd":    func(p period) string { return p.chargeEnd },
}

var costColumns = map[string]bool{"BilledCost": true, "EffectiveCost": true, "ListCost": true, "ContractedCost": true}

// newConverter binds a mapping to a header; ok is false where a column that it needs is missing.
func newConverter(m Mapping, names []string) (c *converter, ok bool) {
	c = &converter{mapping: m, names: names, dates: map[string]dated{}, place: newPlace(names)}
	at := c.place
	taken := make(map[int]bool)
	for _, name := range m.needs() {
		i, found := at.of(name)
		if !found {
			return nil, false
		}
		taken[i] = true
	}
	used := make(map[string]bool)
	for _, column := range finops.Columns() {
		if write, raw := c.writerOf(column, at); write != nil {
			c.columns = append(c.columns, source.Column{Name: column.Name, Raw: raw, Focus: true})
			c.write = append(c.write, write)
			used[column.Name] = true
		}
	}
	for i, name := range names {
		if taken[i] {
			continue
		}
		own := name
		if _, focus := finops.ColumnByName(name); focus {
			own = "x_" + name
		}
		for used[own] {
			own += "_"
		}
		used[own] = true
		c.columns = append(c.columns, source.Column{Name: own, Raw: name})
		c.write = append(c.write, func(l *line, out *source.Record) string {
			out.Bytes(l.batch.Field(l.row, i))
			return ""
		})
	}
	return c, true
}

// writerOf makes the writer of a FOCUS column; nil where the mapping has no use for it. raw
// is the column of the table that it comes from.
func (c *converter) writerOf(column finops.Column, at place) (write writer, raw string) {
	from := c.mapping.Columns[column.Name]
	raw = column.Name
	if text := periodColumns[column.Name]; text != nil {
		if from.Column != "" {
			raw = from.Column
		}
		return func(l *line, out *source.Record) string {
			out.Text(text(l.period))
			return ""
		}, raw
	}
	if column.Name == "EffectiveCost" && from == (ColumnSource{}) && c.mapping.EffectiveCost == EffectiveBilled {
		from = c.mapping.Columns["BilledCost"]
	}
	if column.Name == "Tags" && (from != ColumnSource{} || len(c.mapping.Tags) > 0) {
		if from.Column != "" {
			raw = from.Column
		}
		return c.tagWriter(from, at), raw
	}
	switch {
	case from.Text != "":
		return c.constant(column, from.Text), raw
	case from.Column == "":
		return nil, ""
	}
	i, _ := at.of(from.Column)
	return c.fieldWriter(column, i), from.Column
}

func (c *converter) fieldWriter(column finops.Column, i int) writer {
	switch {
	case column.Name == "BillingCurrency":
		return func(l *line, out *source.Record) string {
			out.Text(l.currency)
			return ""
		}
	case column.Kind == finops.KindDecimal:
		return func(l *line, out *source.Record) string { return c.number(column.Name, i, l, out) }
	case column.Kind == finops.KindTime:
		return func(l *line, out *source.Record) string {
			m, reject := c.date(i, l)
			if reject == "" {
				out.Text(m)
			}
			return reject
		}
	}
	return func(l *line, out *source.Record) string {
		field := l.batch.Field(l.row, i)
		if finops.IsNull(field) {
			field = nil
		}
		out.Bytes(field)
		return ""
	}
}

func (c *converter) constant(column finops.Column, text string) writer {
	switch column.Kind {
	case finops.KindDecimal:
		if number, _, ok := readNumber(nil, []byte(text), c.mapping.Decimal); ok {
			text = string(number)
		}
	case finops.KindTime:
		if m, ok := readDate([]byte(text), c.mapping.Dates); ok {
			text = m.text()
		}
	default:
		if column.Name == "BillingCurrency" {
			text, _ = readCurrency([]byte(text))
		}
	}
	return func(_ *line, out *source.Record) string {
		out.Text(text)
		return ""
	}
}

// convert maps one record; see source.Transform.
func (c *converter) convert(in *source.Batch, row int, out *source.Record) string {
	reject := c.fill(in, row, out)
	if c.lost != nil && reject != "" && reject != source.Skip {
		c.lost[in.Lines[row]] = c.costOf(&c.line)
	}
	return reject
}

// costOf reads what a rejected record is billed, as far as that can be read.
func (c *converter) costOf(l *line) (cost Cost) {
	choice := c.mapping.Columns["BilledCost"]
	field := []byte(choice.Text)
	if choice.Column != "" {
		field = c.field(l, choice.Column)
	}
	number, _, ok := readNumber(nil, field, c.mapping.Decimal)
	if !ok || c.settleCurrency(l) != "" {
		return cost
	}
	if c.mapping.Sign == SignReversed {
		number = negate(number)
	}
	amount, err := finops.ParseAmount(number)
	return Cost{Currency: l.currency, Amount: amount, Known: err == nil}
}

func (c *converter) fill(in *source.Batch, row int, out *source.Record) string {
	c.line = line{batch: in, row: row}
	l := &c.line
	first := firstValue(l)
	if first == nil {
		return source.Skip // a line of nothing but delimiters is no charge
	}
	if total := totalOf(l, first, c.dated(l)); total != nil {
		return fmt.Sprintf("The line says %q: it seems to hold totals of other lines, which would count them twice.", short(total))
	}
	if reject := c.settleCurrency(l); reject != "" {
		return reject
	}
	if reject := c.settlePeriod(l); reject != "" {
		return reject
	}
	for _, write := range c.write {
		if reject := write(l, out); reject != "" {
			return reject
		}
	}
	return ""
}

func firstValue(l *line) []byte {
	for i := range l.batch.Columns {
		if field := l.batch.Field(l.row, i); !finops.IsNull(field) && len(strings.TrimFunc(string(field), blank)) > 0 {
			return field
		}
	}
	return nil
}

func (c *converter) settleCurrency(l *line) string {
	from := c.mapping.Columns["BillingCurrency"]
	if from.Column == "" {
		l.currency, _ = readCurrency([]byte(from.Text))
		return ""
	}
	field := c.field(l, from.Column)
	if field == nil {
		return fmt.Sprintf("%q is empty: the currency of the line is not known.", from.Column)
	}
	code, ok := readCurrency(field)
	if !ok {
		return fmt.Sprintf("%q is %q, which is no code of a currency such as USD.", from.Column, short(field))
	}
	l.currency = code
	return ""
}

// field returns the value of a column of the mapping, nil for none.
func (c *converter) field(l *line, column string) []byte {
	i, ok := c.place.of(column)
	if !ok {
		return nil
	}
	field := l.batch.Field(l.row, i)
	if finops.IsNull(field) || len(strings.TrimFunc(string(field), blank)) == 0 {
		return nil
	}
	return field
}

// dated reports whether the line has a date of its own.
func (c *converter) dated(l *line) bool {
	for _, name := range []string{"ChargePeriodStart", "BillingPeriodStart"} {
		if column := c.mapping.Columns[name].Column; column != "" && c.field(l, column) != nil {
			return true
		}
	}
	return false
}

// settlePeriod works out the charge and billing period of a record. Of the two one may be
// missing: a billing month dates a charge, and a charge lies in its month.
func (c *converter) settlePeriod(l *line) string {
	var m [4]dated
	for i, name := range []string{"ChargePeriodStart", "ChargePeriodEnd", "BillingPeriodStart", "BillingPeriodEnd"} {
		text, from := c.period(l, name)
		if text == nil {
			continue
		}
		if m[i] = c.readDate(text); !m[i].ok {
			return c.noDate(from, text)
		}
	}
	charge, end, bill, billEnd := m[0], m[1], m[2], m[3]
	if !charge.ok {
		column := c.mapping.Columns["ChargePeriodStart"].Column
		if !bill.ok || column != "" && c.mapping.Columns["BillingPeriodStart"].Column == "" {
			if column == "" {
				column = c.mapping.Columns["BillingPeriodStart"].Column
			}
			return fmt.Sprintf("%q is empty: the date of the line is not known.", column)
		}
	}
	if charge.ok {
		l.period.chargeStart = charge.text()
		if !end.ok && charge.day {
			end = dated{moment{time: charge.next()}, true}
		} else if end.ok && end.day && end.time.Equal(charge.time) {
			end.time = end.next() // the last day, not the moment after it
		}
	}
	if end.ok {
		l.period.chargeEnd = end.text()
	}
	first := bill.time
	if !bill.ok {
		first = charge.time
	}
	first = monthOf(first)
	l.period.billStart = moment{time: first}.text()
	if !billEnd.ok {
		billEnd = dated{moment{time: first.AddDate(0, 1, 0)}, true}
	}
	l.period.billEnd = billEnd.text()
	return ""
}

// period returns the text that a column of a period comes from, and where it stands.
func (c *converter) period(l *line, name string) (text []byte, at string) {
	from := c.mapping.Columns[name]
	if from.Column != "" {
		return c.field(l, from.Column), from.Column
	}
	if from.Text != "" {
		return []byte(from.Text), name
	}
	return nil, ""
}

func (c *converter) date(i int, l *line) (text, reject string) {
	field := l.batch.Field(l.row, i)
	if finops.IsNull(field) {
		return "", ""
	}
	d := c.readDate(field)
	if !d.ok {
		return "", c.noDate(c.names[i], field)
	}
	return d.text(), ""
}

const datesKept = 10_000

// readDate remembers dates: a table has few of them.
func (c *converter) readDate(text []byte) dated {
	if d, ok := c.dates[string(text)]; ok {
		return d
	}
	m, ok := readDate(text, c.mapping.Dates)
	if len(c.dates) >= datesKept {
		clear(c.dates)
	}
	c.dates[string(text)] = dated{m, ok}
	return dated{m, ok}
}

func (c *converter) noDate(column string, text []byte) string {
	if c.mapping.Dates == DatesPlain {
		if _, ok := readDate(text, DatesDayFirst); ok {
			return fmt.Sprintf("%q is %q: the mapping does not say whether the day or the month comes first.", column, short(text))
		}
	}
	return fmt.Sprintf("%q is %q, which is not a date in the format of the mapping.", column, short(text))
}

// number writes an amount. One that names another currency than the record is rejected.
func (c *converter) number(name string, i int, l *line, out *source.Record) string {
	field := l.batch.Field(l.row, i)
	if finops.IsNull(field) || len(strings.TrimFunc(string(field), blank)) == 0 {
		out.Null()
		return ""
	}
	number, currency, ok := readNumber(c.scratch[:0], field, c.mapping.Decimal)
	c.scratch = number
	if !ok {
		if c.mapping.Decimal == DecimalPlain {
			if _, _, ok := readNumber(nil, field, DecimalPoint); ok {
				return fmt.Sprintf("%q is %q: the mapping does not say whether the sign separates decimals or thousands.", c.names[i], short(field))
			}
		}
		return fmt.Sprintf("%q is %q, which is not a number in the format of the mapping.", c.names[i], short(field))
	}
	if costColumns[name] {
		if currency != "" && l.currency != "" && currency != l.currency {
			return fmt.Sprintf("%q is %q, but the currency of the line is %s.", c.names[i], short(field), l.currency)
		}
		if c.mapping.Sign == SignReversed {
			number = negate(number)
			c.scratch = number
		}
	}
	out.Bytes(number)
	return ""
}

// negate turns the sign of a canonical number; zero has none.
func negate(number []byte) []byte {
	if number[0] == '-' {
		return number[1:]
	}
	if strings.Trim(string(number), "0.") == "" {
		return number
	}
	return append([]byte{'-'}, number...)
}

// short keeps a value from filling a sentence.
func short(text []byte) string {
	const most = 60
	s := strings.ToValidUTF8(strings.TrimFunc(string(text), blank), "\ufffd")
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return s
}
