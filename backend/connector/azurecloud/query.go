package azurecloud

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// APICosts is Cost Management, paced as Azure asks: four calls a minute for each scope.
var APICosts = network.API{Name: "Azure Cost Management", PerSecond: 4.0 / 60, Burst: 4}

// ActionsCosts are what reading costs needs, RoleCosts the built-in role with it. Azure documents both actions for one call.
var ActionsCosts = []string{"Microsoft.CostManagement/query/read", "Microsoft.CostManagement/query/action"}

// RoleCosts allows to read costs.
const RoleCosts = "Cost Management Reader"

// ScopeName is how a subscription, or a billing account or profile, is written.
var ScopeName = regexp.MustCompile(`^(?:subscriptions/[0-9a-fA-F-]{36}|providers/Microsoft\.Billing/billingAccounts/[A-Za-z0-9:_-]+(?:/(?:billingProfiles|departments|enrollmentAccounts|customers)/[A-Za-z0-9_-]+)?)$`)

// Scope is a scope as a person wrote it, without blanks and slashes around it.
func Scope(text string) string { return strings.Trim(strings.TrimSpace(text), "/") }

// CostQuery asks what a scope costs. The columns Cost and Currency are always there.
type CostQuery struct {
	Scope       string // without a slash at its beginning
	Metric      string // "ActualCost" or "AmortizedCost"
	Granularity string // "Monthly", with the column BillingMonth, or "Daily", with UsageDate
	From, To    string // days, both inclusive
	GroupBy     []string
}

func (q CostQuery) body() map[string]any {
	dataset := map[string]any{"granularity": q.Granularity, "aggregation": map[string]any{"totalCost": map[string]string{"name": "Cost", "function": "Sum"}}}
	if len(q.GroupBy) > 0 {
		groups := make([]map[string]string, len(q.GroupBy))
		for i, name := range q.GroupBy {
			groups[i] = map[string]string{"type": "Dimension", "name": name}
		}
		dataset["grouping"] = groups
	}
	return map[string]any{"type": q.Metric, "timeframe": "Custom", "timePeriod": map[string]string{"from": q.From + "T00:00:00Z", "to": q.To + "T23:59:59Z"}, "dataset": dataset}
}

// ErrForm says that an answer of Cost Management cannot be read.
var ErrForm = finops.Errorf(finops.CodeUnavailable, "The answer of Azure Cost Management has another form than Azure documents.")

// Costs asks a question and calls row for each row of the answer with the texts of its columns by name: amounts keep theirs. Pages are followed with the
// same question, which Azure's library does not do, and kept, so that one which an earlier run was answered is not asked for again. No rows are no error.
func (m *Management) Costs(ctx context.Context, q CostQuery, kept *source.Pages, row func(map[string]string) error) error {
	question := q.body()
	for next := m.Endpoint + "/" + q.Scope + "/providers/Microsoft.CostManagement/query?api-version=2025-03-01"; next != ""; {
		var text json.RawMessage
		at := []any{next, question}
		was := kept.Answered(at, &text)
		if !was {
			status, _, answer, err := m.Ask(ctx, next, question)
			if err != nil {
				return err
			}
			if status == http.StatusNoContent {
				return nil
			}
			text = answer
		}
		var page struct {
			Properties struct {
				Next    *string                 `json:"nextLink"`
				Columns []struct{ Name string } `json:"columns"`
				Rows    [][]any                 `json:"rows"`
			} `json:"properties"`
		}
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		if d.Decode(&page) != nil {
			return ErrForm
		}
		for _, values := range page.Properties.Rows {
			if len(values) != len(page.Properties.Columns) {
				return ErrForm
			}
			named := make(map[string]string, len(values))
			for i, column := range page.Properties.Columns {
				named[column.Name] = ""
				if values[i] != nil {
					named[column.Name] = fmt.Sprint(values[i])
				}
			}
			if _, err := finops.ParseAmount([]byte(named["Cost"])); err != nil || named["Currency"] == "" {
				return ErrForm
			}
			if err := row(named); err != nil {
				return err
			}
		}
		if !was {
			if err := kept.Keep(at, text); err != nil {
				return err
			}
		}
		next = ""
		if page.Properties.Next != nil {
			next = *page.Properties.Next
		}
	}
	return nil
}

// CostPolicies are a role that allows to read the costs of a scope. Billing scopes have roles of their own, which Terraform does not know.
func CostPolicies(name, description, scope string) []source.Policy {
	r := Role{ID: "read_costs", Name: name, About: description, Actions: ActionsCosts, Owner: "/" + scope, At: "/" + scope}
	list := r.Policies("Azure role to read costs", "Assign it to the service principal on /"+scope+". The built-in role "+RoleCosts+" allows the same; on billing scopes, the reader role of the billing account or profile does.")
	if strings.HasPrefix(strings.ToLower(scope), "providers/microsoft.billing/") {
		return list[:1]
	}
	return list
}

// TestCosts tests a connection to costs: it signs in, lists the months, says what the first sync of so many does, and reads names.
func (m *Management) TestCosts(ctx context.Context, c source.Connection, beside source.Beside, first func(months int) string) []source.Step {
	var steps source.Steps
	who, err := m.Session.WhoAmI(ctx, m.Endpoint+"/.default")
	if !steps.Add("Sign in", who, err) {
		return steps
	}
	var survey source.Survey
	months := 0
	err = c.List(ctx, func(o source.Object) error {
		if o.Holds == source.Bills {
			months++
			survey.Add(o.DataSet, o.Month, nil, "")
		}
		return nil
	})
	if !steps.Add("Ask for costs", ActionsCosts[0]+" answers.", err) {
		return steps
	}
	if survey.Found(&steps) {
		steps.Add("What the first sync does", first(months), nil)
	}
	return beside.Try(ctx, steps)
}
