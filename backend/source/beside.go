package source

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
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
}

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
	for at := 0; at < len(b.Extras); {
		name, readable, refused := b.Extras[at].Switch, []string(nil), error(nil)
		for ; at < len(b.Extras) && b.Extras[at].Switch == name; at++ {
			if refused != nil {
				continue
			}
			if refused = b.Extras[at].Ask(ctx, io.Discard, true); refused == nil {
				readable = append(readable, b.Extras[at].DataSet)
			}
		}
		steps.Add("Read "+strings.ToLower(name[:1])+name[1:], strings.Join(readable, ", ")+". A sync reads them once a day.", refused)
	}
	return steps
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
)

// Labels of the switches, see Extra.
const (
	Inventories     = "Inventories"
	Metrics         = "Metrics"
	Recommendations = "Recommendations"
	ListPrices      = "List prices"
)
