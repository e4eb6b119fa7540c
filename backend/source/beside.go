package source

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

// Extra is one file that a connection can be asked for beside bills, once a day: a document for the savings checks, or the budgets of the
// provider.
type Extra struct {
	Switch  string // label of the option that switches it on: "Inventories"
	DataSet string // as a person calls it: "EC2 instances"; unique
	File    string // its name
	Holds   Holds
	Needs   []string // permissions, as the provider names them
	Silent  bool     // what may not be read is left out without a word, so that an answer shows no permission
	Charge  string   // what the provider charges, as a sentence without its end; "" = nothing
	// Ask asks for all of it, with repeating of its own, and writes it. To try whether it may be read it is called with probe: then it asks
	// for the first page of the first place only, and what it writes is of no use.
	Ask func(ctx context.Context, w io.Writer, probe bool) error
}

// Beside is all that a connection can be asked for beside bills. Its zero value asks nobody.
type Beside struct {
	Names  NameList
	Extras []Extra // that are switched on
	// Asked says what the extras have called so far, Charged what that costs, as Charged of a connection says it. nil = nothing.
	Asked   func() network.Usage
	Charged func() string
	Now     func() time.Time
	// Granted reads, for Try, which permissions were given, and says in a sentence where that was looked up. nil = they are known by what is
	// answered only.
	Granted func(context.Context) (Granted, string, error)
}

// Granted says which of some permissions are there, somewhere at least, where some of them are missing, and which are there nowhere; the latter
// two as sentences.
type Granted func(permissions []string) (there, partly, nowhere []string)

// Add takes up extras where the switch of a name is on.
func (b *Beside) Add(values map[string]string, option string, extras ...Extra) {
	if SwitchedOn(values, option) {
		b.Extras = append(b.Extras, extras...)
	}
}

// extraFolder is where the objects of extras are, and what their data sets begin with, apart from those of bills.
const extraFolder = "beside/"

// ExtraName is what a person calls the data set of an extra; ok is false for one of bills or names.
func ExtraName(dataSet string) (name string, ok bool) { return strings.CutPrefix(dataSet, extraFolder) }

// List calls found for what is switched on. It asks nobody: the version of each is the day.
func (b Beside) List(found func(Object) error) error {
	if err := b.Names.List(found); err != nil {
		return err
	}
	for _, e := range b.Extras {
		o := Object{Key: extraFolder + e.File, Size: -1, Version: b.Now().UTC().Format(time.DateOnly), DataSet: extraFolder + e.DataSet, Holds: e.Holds}
		if err := found(o); err != nil {
			return err
		}
	}
	return nil
}

// Fetch writes one of the objects that List found.
func (b Beside) Fetch(ctx context.Context, o Object, w io.Writer) error {
	if o.Holds == Names {
		return b.Names.Fetch(ctx, w)
	}
	for _, e := range b.Extras {
		if extraFolder+e.DataSet != o.DataSet {
			continue
		}
		out := &Sink{W: w}
		err := e.Ask(ctx, out, false)
		if failed := out.Failed(); failed != nil {
			return failed
		}
		return err
	}
	return finops.Errorf(finops.CodeNotFound, "%s is switched off for this connection.", o.DataSet)
}

// Try adds to the steps of Test one for each switch that is on, where all steps before went well. One that fails does not keep the others
// from being tried: bills are synced without them.
func (b Beside) Try(ctx context.Context, steps Steps) Steps {
	if len(steps) == 0 || !steps[len(steps)-1].OK {
		return steps
	}
	steps = b.Names.Try(ctx, steps)
	var granted Granted
	if b.Granted != nil && len(b.Extras) > 0 {
		var said string
		var err error
		if granted, said, err = b.Granted(ctx); err != nil {
			said = "Which permissions are there is not shown, so that what is left out cannot be named. " + finops.MessageOf(err)
		}
		steps.Add("Read the permissions", said, nil) // no sync needs them
		steps[len(steps)-1].Beside = true
	}
	for at := 0; at < len(b.Extras); {
		from := at
		for at < len(b.Extras) && b.Extras[at].Switch == b.Extras[from].Switch {
			at++
		}
		steps = append(steps, tryExtras(ctx, b.Extras[from:at], granted))
	}
	return steps
}

// tryExtras tries all that one switch switches on, and names each permission that is there or missing.
func tryExtras(ctx context.Context, extras []Extra, granted Granted) Step {
	var readable, allowed, unproved, partly, problems []string
	charge := ""
	for _, e := range extras {
		err := e.Ask(ctx, io.Discard, true)
		if err == nil {
			readable, charge = append(readable, e.DataSet), e.Charge
		} else {
			problems = append(problems, finops.MessageOf(err))
		}
		if code := finops.CodeOf(err); err != nil && code != finops.CodeDenied && code != finops.CodeNotFound {
			break // the next would not be answered either
		}
		if err == nil && !e.Silent {
			allowed = append(allowed, e.Needs...)
		} else {
			unproved = append(unproved, e.Needs...)
		}
	}
	if granted != nil && len(unproved) > 0 {
		there, somewhere, nowhere := granted(distinct(unproved))
		allowed, partly = append(allowed, there...), somewhere
		if len(nowhere) > 0 { // they name all, and what refused only the first
			problems = nowhere
		}
	}
	allowed, problems = distinct(allowed), distinct(problems)
	var detail []string
	if len(readable) > 0 {
		detail = append(detail, "Can be read: "+strings.Join(readable, ", ")+".")
	}
	if len(allowed) > 0 {
		detail = append(detail, "Allowed: "+strings.Join(allowed, ", ")+".")
	}
	detail = append(detail, partly...)
	if len(problems) == 0 {
		detail = append(detail, "A sync reads this once a day.")
	}
	if charge != "" {
		detail = append(detail, charge+".")
	}
	name := extras[0].Switch
	return Step{Name: "Read " + strings.ToLower(name[:1]) + name[1:], OK: len(problems) == 0, Detail: strings.Join(append(problems, detail...), " "), Beside: true}
}

// distinct keeps the first of those that are alike.
func distinct(list []string) (each []string) {
	for _, one := range list {
		if !slices.Contains(each, one) {
			each = append(each, one)
		}
	}
	return each
}

// Usage is what asking has called.
func (b Beside) Usage() network.Usage {
	usage := b.Names.Usage()
	if b.Asked != nil {
		usage = usage.Add(b.Asked())
	}
	return usage
}

// Charges says in a few words what the provider charges for the calls; "" = nothing.
func (b Beside) Charges() string {
	if b.Charged == nil {
		return ""
	}
	return b.Charged()
}

// Array writes JSON with one array, whose elements come one by one. What goes wrong with writing, the sink of Fetch keeps.
type Array struct {
	W     io.Writer
	count int
}

// Open writes what stands before the elements, with the bracket.
func (a *Array) Open(head string) { _, _ = io.WriteString(a.W, head) }

// Add writes an element.
func (a *Array) Add(item any) error {
	text, err := json.Marshal(item)
	if err != nil {
		return fmt.Errorf("write a document: %w", err)
	}
	if a.count > 0 {
		_, _ = io.WriteString(a.W, ",\n")
	}
	a.count++
	_, _ = a.W.Write(text)
	return nil
}

// Close writes what stands behind the elements, with the bracket.
func (a *Array) Close(tail string) { _, _ = io.WriteString(a.W, tail+"\n") }

// The names of the switches of what is read beside bills, the same for all providers.
const (
	OptInventory       = "inventories"
	OptMetrics         = "metrics"
	OptRecommendations = "recommendations"
	OptPrices          = "list_prices"
	OptPurchases       = "purchase_recommendations"
)

// Labels of the switches, see Extra.
const (
	Inventories     = "Inventories"
	Metrics         = "Metrics"
	Recommendations = "Recommendations"
	ListPrices      = "List prices"
	Purchases       = "Purchase recommendations"
)

// optCurrency names the option of PriceCurrency.
const optCurrency = "price_currency"

// CurrencyOption asks in which currency list prices are read.
func CurrencyOption() Option {
	return Option{Name: optCurrency, Label: "Currency of list prices", Rare: true, Example: "EUR", Help: "That of the bills, since only prices in it can be used; USD where it is empty."}
}

// PriceCurrency is what values of CurrencyOption say. It answers CodeInvalid.
func PriceCurrency(values map[string]string) (string, error) {
	currency := strings.ToUpper(strings.TrimSpace(values[optCurrency]))
	if currency == "" {
		currency = "USD"
	}
	if len(currency) != len("USD") || strings.Trim(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", finops.Errorf(finops.CodeInvalid, "Currency of list prices must be the code of a currency, such as EUR.")
	}
	return currency, nil
}
