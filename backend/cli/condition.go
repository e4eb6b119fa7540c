package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
)

// filterFlags say which charges are meant; several commands share them.
type filterFlags struct {
	where    []string
	from, to string
}

const whereHelp = "only charges that match `CONDITION`: COLUMN=VALUE, COLUMN!=VALUE or COLUMN~TEXT (contains);\n" +
	"several values with |, NULL for no value, \"quotes\" around a value that holds | or is the word NULL;\n" +
	"repeat the flag for conditions that must all hold"

func (f *filterFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.where, "where", nil, whereHelp)
	f.registerPeriod(cmd)
}

func (f *filterFlags) registerPeriod(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.from, "from", "", "first charge `DAY`, YYYY-MM-DD (UTC)")
	cmd.Flags().StringVar(&f.to, "to", "", "last charge `DAY`, which is included")
}

// filter is what the flags mean.
type filter struct {
	where    []finops.Condition
	from, to *finops.Day
}

func (f *filterFlags) parse() (filter, error) {
	var out filter
	var err error
	if out.from, err = parseDay("--from", f.from); err != nil {
		return out, err
	}
	if out.to, err = parseDay("--to", f.to); err != nil {
		return out, err
	}
	if out.from != nil && out.to != nil && *out.to < *out.from {
		return out, finops.Errorf(finops.CodeInvalid, "The period ends before it begins: --from %s is after --to %s.", f.from, f.to)
	}
	for _, text := range f.where {
		c, err := parseCondition(text)
		if err != nil {
			return out, err
		}
		out.where = append(out.where, c)
	}
	return out, nil
}

func parseDay(flag, text string) (*finops.Day, error) {
	if text == "" {
		return nil, nil
	}
	d, err := finops.ParseDay(text)
	if err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, err, "%s: %s.", flag, finops.MessageOf(err))
	}
	return &d, nil
}

// parseCondition reads one --where. The first operator in the text is the operator.
func parseCondition(text string) (finops.Condition, error) {
	refuse := func(format string, args ...any) (finops.Condition, error) {
		e := finops.Errorf(finops.CodeInvalid, format, args...)
		e.Message = "--where '" + text + "': " + e.Message
		return finops.Condition{}, e
	}
	at := strings.IndexAny(text, "=~")
	if at < 0 {
		return refuse("there is no operator. Write COLUMN=VALUE, COLUMN!=VALUE or COLUMN~TEXT.")
	}
	op, column, rest := finops.OpIn, text[:at], text[at+1:]
	switch {
	case text[at] == '~':
		op = finops.OpContains
	case strings.HasSuffix(column, "!"):
		op, column = finops.OpNotIn, strings.TrimSuffix(column, "!")
	}
	column = strings.TrimSpace(column)
	if column == "" {
		return refuse("the column is missing before the operator.")
	}
	if strings.HasSuffix(column, "!") || strings.HasSuffix(column, "<") || strings.HasSuffix(column, ">") || strings.HasPrefix(rest, "=") || strings.HasPrefix(rest, "~") {
		return refuse("the operators are = (is), != (is not) and ~ (contains).")
	}
	values, complaint := parseValues(rest)
	if complaint != "" {
		return refuse("%s", complaint)
	}
	for _, v := range values {
		if v == nil && op == finops.OpContains {
			return refuse("NULL is no text that a value could contain. Write COLUMN=NULL for charges without a value.")
		}
	}
	return finops.Condition{Column: columnName(column), Op: op, Values: values}, nil
}

// parseValues reads values that are separated by |. A value in double quotes is taken as
// it stands, with "" for a quote inside; the bare word NULL stands for no value.
func parseValues(text string) (values []*string, complaint string) {
	for {
		text = strings.TrimLeft(text, " \t")
		var value string
		var more bool
		if strings.HasPrefix(text, `"`) {
			var ok bool
			if value, text, ok = cutQuoted(text); !ok {
				return nil, `a quote is opened and not closed. Write "" for a quote inside quotes.`
			}
			rest := strings.TrimLeft(text, " \t")
			if text, more = strings.CutPrefix(rest, "|"); !more && rest != "" {
				return nil, `there is text after the closing quote. Write "" for a quote inside quotes.`
			}
			values = append(values, &value)
		} else {
			value, text, more = strings.Cut(text, "|")
			switch value = strings.TrimRight(value, " \t"); value {
			case "":
				return nil, "a value is missing. Write NULL for charges without a value."
			case "NULL":
				values = append(values, nil)
			default:
				values = append(values, &value)
			}
		}
		if !more {
			return values, ""
		}
	}
}

// cutQuoted takes a quoted value off the beginning of text.
func cutQuoted(text string) (value, rest string, ok bool) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] != '"':
			b.WriteByte(text[i])
		case i+1 < len(text) && text[i+1] == '"':
			b.WriteByte('"')
			i++
		default:
			return b.String(), text[i+1:], true
		}
	}
	return "", "", false
}

// columnName spells a column as the ledger does: built-in dimensions and FOCUS columns may be
// written in any case, columns of the files and tag keys only as they are.
func columnName(text string) string {
	text = strings.TrimSpace(text)
	if n := len(finops.TagPrefix); len(text) > n && strings.EqualFold(text[:n], finops.TagPrefix) {
		return finops.TagPrefix + text[n:]
	}
	if name, ok := finops.DimensionByName(text); ok {
		return name
	}
	if c, ok := finops.ColumnByName(text); ok {
		return c.Name
	}
	return text
}

// columnNames spells a list of columns and refuses one that is named twice or not at all.
func columnNames(flag string, list []string) ([]string, error) {
	seen := map[string]bool{}
	names := make([]string, 0, len(list))
	for _, text := range list {
		name := columnName(text)
		if name == "" {
			return nil, finops.Errorf(finops.CodeInvalid, "%s has an empty name in its list.", flag)
		}
		if seen[name] {
			return nil, finops.Errorf(finops.CodeInvalid, "%s names %s twice.", flag, name)
		}
		seen[name] = true
		names = append(names, name)
	}
	return names, nil
}

func parseMetrics(list []string) ([]finops.Metric, error) {
	var metrics []finops.Metric
	seen := map[finops.Metric]bool{}
	for _, text := range list {
		m, err := finops.ParseMetric(strings.TrimSpace(text))
		if err != nil {
			return nil, finops.WrapError(finops.CodeInvalid, err, "--metric: %s.", finops.MessageOf(err))
		}
		if !seen[m] {
			metrics = append(metrics, m)
		}
		seen[m] = true
	}
	if len(metrics) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "--metric needs at least one of BilledCost, EffectiveCost, ListCost and ContractedCost.")
	}
	return metrics, nil
}
