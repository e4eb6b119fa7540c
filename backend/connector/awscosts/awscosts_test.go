package awscosts_test

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/awscosts"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"
)

const (
	header = "ProviderName,PublisherName,InvoiceIssuerName,BillingAccountId,SubAccountId,SubAccountName,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeDescription,ServiceName,BilledCost,EffectiveCost,BillingCurrency,x_CostExplorerEstimated\n"
	sep    = "cost-explorer/2026-09.csv"
	oct    = "cost-explorer/2026-10.csv"
	nov    = "cost-explorer/2026-11.csv"
)

// line is a line of the file of a month; day is its day.
func line(month, day, category, service, billed, effective, estimated string) string {
	at, err := time.Parse(time.DateOnly, month+"-"+day)
	if err != nil {
		return err.Error()
	}
	first := at.AddDate(0, 0, 1-at.Day())
	f := func(t time.Time) string { return t.Format(time.RFC3339) }
	return strings.Join([]string{"AWS", "AWS", "AWS", "123456789012", "310000000011", "shop, prod", f(first), f(first.AddDate(0, 1, 0)), f(at), f(at.AddDate(0, 0, 1)), category, "Daily total of " + service, service, billed, effective, "USD", estimated}, "|")
}

// csv writes lines as the file has them.
func csv(lines ...string) string {
	text := strings.ReplaceAll(strings.Join(lines, "\n"), "shop, prod", `"shop, prod"`)
	return header + strings.ReplaceAll(text, "|", ",") + "\n"
}

func place(t *testing.T) (sourcetest.Place, *connectortest.CostExplorer) {
	costs := connectortest.NewCostExplorer(t)
	costs.PageGroups = 2
	p := sourcetest.Place{
		Values: map[string]string{"access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": "planted", "endpoint": costs.URL, "sts_endpoint": costs.URL},
		Reach:  connectortest.Reach(t), Put: costs.Put, Remove: costs.Remove,
		Files: map[string]string{
			sep: csv(line("2026-09", "30", "Usage", "AmazonEC2", "12.4080000000", "9.8160000000", "false")),
			oct: csv(line("2026-10", "01", "Usage", "AmazonEC2", "12.4080000000", "9.8160000000", "false"), line("2026-10", "02", "Usage", "AmazonS3", "0.7312450900", "0.7312450900", "false"),
				line("2026-10", "02", "Usage", "AmazonEC2", "1", "1", "false"), line("2026-10", "01", "Tax", "Tax", "2.5", "2.5", "false"), line("2026-10", "02", "Credit", "AmazonEC2", "-3", "-3", "false")),
			nov: csv(line("2026-11", "27", "Usage", "AmazonS3", "1", "1", "true")),
		},
		Later:  map[string]string{oct: csv(line("2026-10", "01", "Usage", "AmazonEC2", "13", "13", "false"))},
		Change: oct,
		Gone:   sep,
	}
	p.Reach.Now = func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }
	return p, costs
}

func TestConnector_Conformance(t *testing.T) {
	sourcetest.RunConnector(t, awscosts.Connector{}, func(t *testing.T) sourcetest.Place {
		p, _ := place(t)
		return p
	})
}

// TestMoney says before what pages cost, and counts those that were answered.
func TestMoney(t *testing.T) {
	p, costs := place(t)
	p.Put(t, oct, p.Files[oct])
	p.Put(t, nov, p.Files[nov])
	var notices []string
	p.Reach.Notice = func(text string) { notices = append(notices, text) }
	c := connectortest.Connect(t, awscosts.Connector{}, p.Values, p.Reach)
	steps := c.Test(t.Context())
	require.Len(t, steps, 4)
	assert.Equal(t, "Signed in as arn:aws:iam::123456789012:user/ann of account 123456789012.", steps[0].Detail)
	assert.Equal(t, "ce:GetCostAndUsage answers. AWS charges $0.01 for this test.", steps[1].Detail)
	assert.Contains(t, steps[2].Detail, "cost-explorer: 2 months, Oct – Nov 2026.")
	assert.Contains(t, steps[3].Detail, "It asks for 7 pages or more, for which AWS charges $0.07 or more")
	text, err := connectortest.Fetch(t, c, oct)
	require.NoError(t, err)
	assert.Equal(t, p.Files[oct], text)
	assert.Equal(t, 6, costs.Pages(), "one for the test, one for the months, two of usage and one each of tax and credits")
	charged, ok := c.(source.Charged)
	require.True(t, ok)
	assert.Equal(t, "$0.06 for 6 pages of Cost Explorer", charged.Charges())
	assert.Equal(t, []string{"AWS charges $0.01 to look for new costs", "AWS charges $0.01 to look for new costs", "AWS charges $0.03 or more for the days of Oct 2026"}, notices)
}

func TestList_FromTheFirstMonth(t *testing.T) {
	p, costs := place(t)
	for _, key := range []string{sep, oct, nov} {
		p.Put(t, key, p.Files[key])
	}
	for from, want := range map[string][]string{"": {sep, oct, nov}, "2026-10": {oct, nov}, "2027-01": nil} {
		p.Reach.From = from
		var keys []string
		require.NoError(t, connectortest.Connect(t, awscosts.Connector{}, p.Values, p.Reach).List(t.Context(), func(o source.Object) error {
			keys = append(keys, o.Key)
			return nil
		}))
		assert.Equal(t, want, keys)
	}
	assert.Equal(t, 2, costs.Pages(), "of a month to come nothing is asked")
}

func refusal(code string) connectortest.Fault {
	return connectortest.Fault{Status: 400, Header: map[string]string{"Content-Type": "application/x-amz-json-1.1"}, Body: fmt.Sprintf(`{"__type":"com.amazonaws.ce#%s","message":"x"}`, code)}
}

// TestFaults plays throttling and faults on each second call; they are repeated, and only answers are counted as money.
func TestFaults(t *testing.T) {
	p, costs := place(t)
	p.Put(t, oct, p.Files[oct])
	for name, fault := range map[string]connectortest.Fault{
		"LimitExceeded": refusal("LimitExceededException"), "Throttling": refusal("ThrottlingException"),
		"Internal": {Status: 500, Body: `{"__type":"InternalFailure"}`}, "Reset": {Reset: true}, "Cut": {Cutoff: true, Cut: 40},
		"SignInPage": {Status: 200, Header: map[string]string{"Content-Type": "text/html"}, Body: "<html>sign in</html>"},
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			proxy := connectortest.NewFaults(t, costs.URL, func(*http.Request) *connectortest.Fault {
				if calls++; calls%2 == 0 {
					return &fault
				}
				return nil
			})
			v := maps.Clone(p.Values)
			v["endpoint"] = proxy.URL
			c := connectortest.Connect(t, awscosts.Connector{}, v, p.Reach)
			text, err := connectortest.Fetch(t, c, oct)
			require.NoError(t, err)
			assert.Equal(t, p.Files[oct], text)
			charged, ok := c.(source.Charged)
			require.True(t, ok)
			assert.Equal(t, "$0.05 for 5 pages of Cost Explorer", charged.Charges())
		})
	}
}

// TestFetch_Refreshed is answered as a place that has changed, so that the month is asked for anew.
func TestFetch_Refreshed(t *testing.T) {
	p, costs := place(t)
	p.Put(t, oct, p.Files[oct])
	calls := 0
	proxy := connectortest.NewFaults(t, costs.URL, func(*http.Request) *connectortest.Fault {
		if calls++; calls == 3 {
			fault := refusal("RequestChangedException")
			return &fault
		}
		return nil
	})
	p.Values["endpoint"] = proxy.URL
	_, err := connectortest.Fetch(t, connectortest.Connect(t, awscosts.Connector{}, p.Values, p.Reach), oct)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
}

// TestFetch_GoesOnWithTheMissingPage ends a month behind its second page: the next run, of another connection, asks only for what is missing, and AWS
// is paid for each page once. Costs that were refreshed meanwhile are asked for from the beginning.
func TestFetch_GoesOnWithTheMissingPage(t *testing.T) {
	p, costs := place(t)
	p.Put(t, oct, p.Files[oct])
	refuseAt, calls, with := 4, 0, "AccessDeniedException" // the months, two pages of usage, and then
	proxy := connectortest.NewFaults(t, costs.URL, func(*http.Request) *connectortest.Fault {
		if calls++; calls == refuseAt {
			fault := refusal(with)
			return &fault
		}
		return nil
	})
	p.Values["endpoint"] = proxy.URL
	folder := t.TempDir()
	run := func() (charged string, err error) {
		calls = 0
		c := connectortest.Connect(t, awscosts.Connector{}, p.Values, p.Reach)
		groups, err := source.Groups(t.Context(), c)
		require.NoError(t, err)
		err = groups[0].Fetch(t.Context(), c, folder, func(source.Object) error { return nil })
		paid, ok := c.(source.Charged)
		require.True(t, ok)
		return paid.Charges(), err
	}
	charged, err := run()
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
	assert.Equal(t, "$0.03 for 3 pages of Cost Explorer", charged)
	files, _, err := source.Expand(t.Context(), []string{folder})
	require.NoError(t, err)
	assert.Empty(t, files, "pages are no bills")

	refuseAt, with = 2, "RequestChangedException"
	_, err = run()
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err), "the third page is asked for, of costs that have changed")
	refuseAt, with = 4, "AccessDeniedException"
	_, err = run()
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err), "it began with the first page")

	refuseAt = 0
	charged, err = run()
	require.NoError(t, err)
	assert.Equal(t, "$0.03 for 3 pages of Cost Explorer", charged, "the months, tax and credits; both pages of usage were there")
	text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(oct)))
	require.NoError(t, err)
	assert.Equal(t, p.Files[oct], string(text), "as in one run")
	left, err := os.ReadDir(filepath.Join(folder, "cost-explorer"))
	require.NoError(t, err)
	assert.Len(t, left, 1, "pages go when the month is whole")
}

func TestTest_Refusals(t *testing.T) {
	p, costs := place(t)
	for want, code := range map[string]string{
		"The permission ce:GetCostAndUsage on * is missing":       "AccessDeniedException",
		"switched on less than a day ago":                         "DataUnavailableException",
		"Choose a later first month":                              "BillExpirationException",
		"AWS does not know the access key":                        "UnrecognizedClientException",
		"The session of the temporary access key has ended":       "ExpiredTokenException",
		"The secret access key does not belong to the access key": "InvalidSignatureException",
	} {
		fault := refusal(code)
		proxy := connectortest.NewFaults(t, costs.URL, func(*http.Request) *connectortest.Fault { return &fault })
		v := maps.Clone(p.Values)
		v["endpoint"] = proxy.URL
		c := connectortest.Connect(t, awscosts.Connector{}, v, p.Reach)
		steps := c.Test(t.Context())
		require.Len(t, steps, 2)
		assert.Contains(t, steps[1].Detail, want)
		assert.NotContains(t, fmt.Sprint(steps), "planted")
		charged, ok := c.(source.Charged)
		require.True(t, ok)
		assert.Empty(t, charged.Charges(), "refusals cost nothing")
	}
}

func TestConnect_Refuses(t *testing.T) {
	for want, v := range map[string]map[string]string{
		"one of them is needed":            {},
		"Management account must be":       {"profile": "x", "billing_account": "acme"},
		"Cost Explorer endpoint must be":   {"access_key_id": "AKIA", "secret_access_key": "planted", "endpoint": "x"},
		`There is no profile "none-of-it"`: {"profile": "none-of-it"},
	} {
		_, err := awscosts.Connector{}.Connect(v, connectortest.Reach(t))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), want)
		assert.Contains(t, finops.MessageOf(err), want)
		assert.NotContains(t, fmt.Sprint(err), "planted")
	}
}

func TestPolicies_FromTheCall(t *testing.T) {
	list := awscosts.Connector{}.Policies(nil)
	require.Len(t, list, 2)
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Sid":"GetCostAndUsage","Effect":"Allow","Action":"ce:GetCostAndUsage","Resource":"*"}]}`, list[0].Text)
}

// TestOffline asks nobody while the network is switched off.
func TestOffline(t *testing.T) {
	door, err := network.New(network.Settings{Offline: true})
	require.NoError(t, err)
	defer door.Close()
	steps := connectortest.Connect(t, awscosts.Connector{}, map[string]string{"access_key_id": "AKIA", "secret_access_key": "planted"}, source.Reach{Door: door, Purpose: "costs", Now: time.Now}).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "Offline is switched on")
	assert.Empty(t, door.TakeContacts())
}
