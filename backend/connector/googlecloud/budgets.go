package googlecloud

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

var callBudgets = Call{
	Permissions: []string{"billing.accounts.list", "billing.budgets.list"}, Role: "Billing Account Viewer",
	On: "google_billing_account_iam_member", Fields: `billing_account_id = "BILLING ACCOUNT"`,
}

var apiBilling = network.API{Name: "Google Cloud Billing", PerSecond: 5, Burst: 5} // the design sets 300 a minute

// money is an amount as Google writes it: whole units, and billionths.
type money struct {
	Currency string `json:"currencyCode"`
	Units    string `json:"units"`
	Nanos    int64  `json:"nanos"`
}

// text is the amount as a decimal number. Both parts have the same sign.
func (m money) text() string {
	units, sign := m.Units, ""
	if units == "" {
		units = "0"
	}
	nanos := m.Nanos
	if nanos < 0 || strings.HasPrefix(units, "-") {
		sign, units, nanos = "-", strings.TrimPrefix(units, "-"), max(nanos, -nanos)
	}
	if nanos == 0 {
		return sign + units
	}
	return sign + units + "." + strings.TrimRight(fmt.Sprintf("%09d", nanos), "0")
}

// calendars are the periods of budgets; one without is of days that a person chose.
var calendars = map[string]string{"MONTH": "month", "QUARTER": "quarter", "YEAR": "year", "": "month", "CALENDAR_PERIOD_UNSPECIFIED": "month"}

// readBudgets reads the budgets of all billing accounts that may be seen. Google does not say what was spent.
func (b *besides) readBudgets(ctx context.Context, w io.Writer, probe bool) error {
	var accounts []string
	for query := (url.Values{"pageSize": {"100"}}); ; {
		var page struct {
			Accounts []struct {
				Name string `json:"name"`
			} `json:"billingAccounts"`
			Next string `json:"nextPageToken"`
		}
		if err := b.get(ctx, b.budgets, callBudgets, "the billing accounts", "cloudbilling", "/v1/billingAccounts", query, &page); err != nil {
			return err
		}
		for _, a := range page.Accounts {
			accounts = append(accounts, strings.TrimPrefix(a.Name, "billingAccounts/"))
		}
		if page.Next == "" {
			break
		}
		query.Set("pageToken", page.Next)
	}
	if len(accounts) == 0 { // Google leaves out without a word what may not be read
		return finops.Errorf(finops.CodeDenied, "The permission %s is missing: no billing account can be seen. Give the role %s.", callBudgets.Permissions[0], callBudgets.Role)
	}
	if probe {
		accounts = accounts[:min(len(accounts), 1)]
	}
	out := &source.Array{W: w}
	out.Open("[")
	for _, account := range accounts {
		if err := b.budgetsOf(ctx, account, out); err != nil {
			return err
		}
	}
	out.Close("]")
	return nil
}

func (b *besides) budgetsOf(ctx context.Context, account string, out *source.Array) error {
	for query := (url.Values{"pageSize": {"100"}}); ; {
		var page struct {
			Budgets []struct {
				Name   string `json:"displayName"`
				Amount struct {
					Specified *money          `json:"specifiedAmount"`
					Last      json.RawMessage `json:"lastPeriodAmount"`
				} `json:"amount"`
				Filter struct {
					Projects []string        `json:"projects"`
					Services []string        `json:"services"`
					Labels   json.RawMessage `json:"labels"`
					Calendar string          `json:"calendarPeriod"`
					Custom   json.RawMessage `json:"customPeriod"`
				} `json:"budgetFilter"`
			} `json:"budgets"`
			Next string `json:"nextPageToken"`
		}
		if err := b.get(ctx, b.budgets, callBudgets, "the billing account "+account, "billingbudgets", "/v1/billingAccounts/"+url.PathEscape(account)+"/budgets", query, &page); err != nil {
			return err
		}
		for _, one := range page.Budgets {
			kept := source.ProviderBudget{Provider: "Google Cloud", Account: account, Name: one.Name, Every: calendars[one.Filter.Calendar]}
			if len(one.Filter.Custom) > 0 {
				kept.Every = ""
			}
			if one.Amount.Specified != nil {
				kept.Amount, kept.Currency = one.Amount.Specified.text(), one.Amount.Specified.Currency
			} else {
				kept.Basis = "as the period before"
			}
			var of []string
			if len(one.Filter.Projects) > 0 {
				of = append(of, strings.Join(one.Filter.Projects, ", "))
			}
			if len(one.Filter.Services) > 0 {
				of = append(of, source.Things(len(one.Filter.Services), "service"))
			}
			if len(one.Filter.Labels) > 0 && string(one.Filter.Labels) != "{}" {
				of = append(of, "some labels")
			}
			kept.Of = strings.Join(of, "; ")
			if err := out.Add(kept); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		query.Set("pageToken", page.Next)
	}
}
