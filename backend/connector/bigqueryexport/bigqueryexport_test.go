package bigqueryexport_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/bigqueryexport"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"
)

const (
	standard = "gcp_billing_export_v1_01AB23_45CD67_89EF01"
	detailed = "gcp_billing_export_resource_v1_01AB23_45CD67_89EF01"
	other    = "gcp_billing_export_v1_FFFFFF_000000_111111"
	focus    = "focus_export"
	sep      = detailed + "/2026-09.ndjson"
	oct      = detailed + "/2026-10.ndjson"
	otherOct = other + "/2026-10.ndjson"
	focusOct = focus + "/2026-10.csv"
)

// native are some columns of Google's own export.
func native() []connectortest.BigQueryColumn {
	type column = connectortest.BigQueryColumn
	return []column{
		{Name: "billing_account_id", Type: "STRING"},
		{Name: "service", Type: "RECORD", Fields: []column{{Name: "description", Type: "STRING"}}},
		{Name: "export_time", Type: "TIMESTAMP"},
		{Name: "cost", Type: "FLOAT"},
		{Name: "credits", Type: "RECORD", Mode: "REPEATED", Fields: []column{{Name: "name", Type: "STRING"}, {Name: "amount", Type: "NUMERIC"}}},
		{Name: "invoice", Type: "RECORD", Fields: []column{{Name: "month", Type: "STRING"}}},
	}
}

func focusColumns() []connectortest.BigQueryColumn {
	return []connectortest.BigQueryColumn{{Name: "BilledCost", Type: "NUMERIC"}, {Name: "BillingPeriodStart", Type: "TIMESTAMP"}, {Name: "ServiceName", Type: "STRING"}}
}

// row is a line of the export.
func row(month, exported, cost string) string {
	return fmt.Sprintf(`{"billing_account_id":"01AB23-45CD67-89EF01","service":{"description":"Compute \"Engine\""},"export_time":"%s","cost":%s,"credits":[{"name":"SUD","amount":"-0.1"}],"invoice":{"month":"%s"}}`+"\n", exported, cost, month)
}

func place(t *testing.T) (sourcetest.Place, *connectortest.BigQuery, *connectortest.GoogleSignIn) {
	signIn := connectortest.NewGoogleSignIn(t)
	query := connectortest.NewBigQuery(t, signIn.Whose)
	query.Create(standard, false, native())
	query.Create(detailed, false, native())
	query.Create(other, false, native())
	query.Create(focus, true, focusColumns())
	query.Create("cloud_pricing_export", false, nil)
	query.PageRows, query.Slow = 1, 2
	return sourcetest.Place{
		Values: map[string]string{"project": "acme-pays", "dataset": "acme-finance.billing", "service_account_key": signIn.Key, "endpoint": query.URL, "tables": strings.Join([]string{detailed, other, focus}, ", ")},
		Reach:  connectortest.Reach(t), Put: query.Put, Remove: query.Remove,
		Files: map[string]string{
			sep:      row("202609", "2026-09-10 05:00:00 UTC", "1.5") + row("202609", "2026-10-03 05:00:00.123456 UTC", "5e-06"),
			oct:      row("202610", "2026-10-02 05:00:00 UTC", "-0.25"),
			otherOct: row("202610", "2026-10-02 05:00:00 UTC", "1e-18"),
			focusOct: "BilledCost,BillingPeriodStart,ServiceName\n1.1,2026-10-01T00:00:00Z,\"Compute, \"\"Engine\"\"\"\n2,2026-10-01T00:00:00Z,\n",
		},
		Later: map[string]string{
			oct:      row("202610", "2026-10-02 05:00:00 UTC", "-0.25") + row("202610", "2026-10-02 06:00:00 UTC", "7"),
			focusOct: "BilledCost,BillingPeriodStart,ServiceName\n1.11,2026-10-01T00:00:00Z,Compute\n2,2026-10-01T00:00:00Z,Disk\n",
		},
		Change: oct,
		Gone:   otherOct,
	}, query, signIn
}

func TestConnector_Conformance(t *testing.T) {
	sourcetest.RunConnector(t, bigqueryexport.Connector{}, func(t *testing.T) sourcetest.Place {
		p, _, _ := place(t)
		return p
	})
}

func TestNames(t *testing.T) {
	p, _, signIn := place(t)
	p.Values["projects_endpoint"] = signIn.URL
	sourcetest.RunNames(t, bigqueryexport.Connector{}, p, connectortest.ProjectNames)
}

func put(t *testing.T, p sourcetest.Place) {
	t.Helper()
	for key, content := range p.Files {
		p.Put(t, key, content)
	}
}

// TestList_OneExportOfAnAccount uses the detailed export where an account has both, and only what is asked for.
func TestList_OneExportOfAnAccount(t *testing.T) {
	p, query, _ := place(t)
	put(t, p)
	query.Put(t, standard+"/2026-10.ndjson", row("202610", "2026-10-02 05:00:00 UTC", "1"))
	delete(p.Values, "tables")
	sets := func(via source.Reach) (names []string) {
		require.NoError(t, connectortest.Connect(t, bigqueryexport.Connector{}, p.Values, via).List(t.Context(), func(o source.Object) error {
			names = append(names, o.Key)
			return nil
		}))
		return names
	}
	assert.Equal(t, []string{sep, oct, otherOct}, sets(p.Reach))
	p.Reach.From = "2026-10"
	assert.Equal(t, []string{oct, otherOct}, sets(p.Reach))
	p.Values["tables"] = standard
	assert.Equal(t, []string{standard + "/2026-10.ndjson"}, sets(p.Reach))
	p.Values["tables"] = "missing"
	assert.ErrorContains(t, connectortest.Connect(t, bigqueryexport.Connector{}, p.Values, p.Reach).List(t.Context(), nil), "No billing export was found")
}

// TestFetch_TriesAndLimits tries each query before it runs, leaves out partitions, and lets BigQuery refuse what is over the limit.
func TestFetch_TriesAndLimits(t *testing.T) {
	p, query, _ := place(t)
	put(t, p)
	var notices []string
	p.Reach.Notice = func(text string) { notices = append(notices, text) }
	p.Reach.From = "2026-09"
	c := connectortest.Connect(t, bigqueryexport.Connector{}, p.Values, p.Reach)
	text, err := connectortest.Fetch(t, c, sep)
	require.NoError(t, err)
	assert.Equal(t, p.Files[sep], text)
	assert.Contains(t, notices, "BigQuery reads 10.0 MB for Sep 2026 of "+detailed)
	asked := query.Asked()
	for i, q := range asked {
		if !q.Dry {
			require.Positive(t, i)
			assert.Equal(t, connectortest.BigQueryAsked{SQL: q.SQL, Dry: true}, asked[i-1], "it was tried before")
			assert.Equal(t, "100000000000", q.Limit)
		}
	}
	sql := "SELECT * FROM `acme-finance.billing." + detailed + "` WHERE invoice.month = '202609' AND _PARTITIONTIME >= TIMESTAMP '2026-09-10' AND _PARTITIONTIME < TIMESTAMP '2026-10-04'"
	assert.Contains(t, asked, connectortest.BigQueryAsked{SQL: sql, Dry: true})
	assert.True(t, slices.ContainsFunc(asked, func(q connectortest.BigQueryAsked) bool {
		return strings.HasSuffix(q.SQL, "FROM `acme-finance.billing."+detailed+"` WHERE _PARTITIONTIME >= TIMESTAMP '2026-08-31' AND invoice.month >= '202609' GROUP BY month")
	}))
	charged, ok := c.(source.Charged)
	require.True(t, ok)
	assert.Equal(t, "40.0 MB read", charged.Charges())

	p.Values["limit_gb"] = "1"
	fault := connectortest.Fault{Status: 200, Body: `{"jobComplete":true,"totalBytesProcessed":"2000000000"}`}
	proxy := connectortest.NewFaults(t, query.URL, func(r *http.Request) *connectortest.Fault {
		if r.Method == http.MethodPost {
			return &fault
		}
		return nil
	})
	p.Values["endpoint"] = proxy.URL
	err = connectortest.Connect(t, bigqueryexport.Connector{}, p.Values, p.Reach).List(t.Context(), nil)
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
	assert.ErrorContains(t, err, "BigQuery would charge 2.0 GB for one query, which is more than the limit of 1.0 GB")
}

// TestLateUsage finds usage that is exported late by the export time of its month.
func TestLateUsage(t *testing.T) {
	p, query, _ := place(t)
	put(t, p)
	c := connectortest.Connect(t, bigqueryexport.Connector{}, p.Values, p.Reach)
	states := func() map[string]string {
		found, err := source.Groups(t.Context(), c)
		require.NoError(t, err)
		list := map[string]string{}
		for _, g := range found {
			list[g.DataSet+" "+g.Month] = g.State()
		}
		return list
	}
	before := states()
	query.Add(t, detailed, row("202609", "2026-11-20 05:00:00 UTC", "0"))
	after := states()
	assert.NotEqual(t, before[detailed+" 2026-09"], after[detailed+" 2026-09"])
	delete(before, detailed+" 2026-09")
	delete(after, detailed+" 2026-09")
	assert.Equal(t, before, after)
	text, err := connectortest.Fetch(t, c, sep)
	require.NoError(t, err)
	assert.Equal(t, p.Files[sep]+row("202609", "2026-11-20 05:00:00 UTC", "0"), text)
}

// TestFaults plays what BigQuery and the network do; each is played once for every request.
func TestFaults(t *testing.T) {
	p, query, signIn := place(t)
	put(t, p)
	for name, fault := range map[string]connectortest.Fault{
		"RateLimit":    refusal(403, "rateLimitExceeded"),
		"JobRateLimit": refusal(400, "jobRateLimitExceeded"),
		"Backend":      refusal(503, "backendError"),
		"Internal":     refusal(500, "internalError"),
		"TokenEnded":   refusal(401, "authError"),
		"CutJSON":      {Status: 200, Body: `{"jobComplete":true,"rows":[{"f":`},
		"Reset":        {Reset: true},
		"Cut":          {Cutoff: true, Cut: 50},
	} {
		t.Run(name, func(t *testing.T) {
			seen, posts := map[string]bool{}, 0
			proxy := connectortest.NewFaults(t, query.URL, func(r *http.Request) *connectortest.Fault {
				if r.Method == http.MethodPost {
					posts++
				}
				key := strings.SplitAfter(r.Method+r.URL.Path, "/queries/")[0] + r.URL.Query().Get("pageToken")
				if seen[key] || (name == "JobRateLimit" && posts != 2) { // a dry run, which is first, begins no job
					return nil
				}
				seen[key] = true
				if name == "TokenEnded" {
					signIn.End()
				}
				return &fault
			})
			v := maps.Clone(p.Values)
			v["endpoint"] = proxy.URL
			text, err := connectortest.Fetch(t, connectortest.Connect(t, bigqueryexport.Connector{}, v, p.Reach), sep)
			require.NoError(t, err)
			assert.Equal(t, p.Files[sep], text)
		})
	}
}

func refusal(status int, reason string) connectortest.Fault {
	return connectortest.Fault{Status: status, Header: map[string]string{"Content-Type": "application/json"}, Body: fmt.Sprintf(`{"error":{"code":%d,"message":"User does not have bigquery.jobs.create permission","errors":[{"reason":%q}]}}`, status, reason)}
}

// TestFetch_ResultGone answers that the place has changed, so that the sync lists it again.
func TestFetch_ResultGone(t *testing.T) {
	p, query, _ := place(t)
	put(t, p)
	calls := 0
	proxy := connectortest.NewFaults(t, query.URL, func(r *http.Request) *connectortest.Fault {
		if r.URL.Query().Get("pageToken") != "" && strings.Contains(r.URL.Path, "/queries/") {
			calls++
			query.Forget()
		}
		return nil
	})
	p.Values["endpoint"], p.Values["tables"] = proxy.URL, detailed
	c := connectortest.Connect(t, bigqueryexport.Connector{}, p.Values, p.Reach)
	err := c.List(t.Context(), func(source.Object) error { return nil })
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	assert.ErrorContains(t, err, "does not keep the result")
	assert.Equal(t, 1, calls)
}

func TestTest_Refusals(t *testing.T) {
	p, query, _ := place(t)
	put(t, p)
	steps := connectortest.Connect(t, bigqueryexport.Connector{}, p.Values, p.Reach).Test(t.Context())
	require.Len(t, steps, 7)
	assert.Equal(t, "BigQuery charges for 30.0 MB each time that this connection is tested or synced.", steps[3].Detail)
	assert.Contains(t, steps[4].Detail, detailed+": 2 months, Sep – Oct 2026")
	assert.Contains(t, steps[5].Detail, "Page by page.")
	assert.Contains(t, steps[6].Detail, "7 queries, for which BigQuery charges 70.0 MB")
	for want, c := range map[string]struct {
		fault connectortest.Fault
		path  string
	}{
		"There is no dataset billing in the project acme-finance":                                                   {refusal(404, "notFound"), "/datasets/billing"},
		"bigquery.datasets.get is missing for the dataset acme-finance.billing: give the role BigQuery Data Viewer": {refusal(403, "accessDenied"), "/datasets/billing"},
		"bigquery.tables.list is missing":                                                                           {refusal(403, "accessDenied"), "/tables"},
		"The permission bigquery.jobs.create is missing":                                                            {refusal(403, "accessDenied"), "/queries"},
		"The project has no billing account":                                                                        {refusal(403, "billingNotEnabled"), "/queries"},
		"begins anew at midnight Pacific time":                                                                      {refusal(403, "quotaExceeded"), "/queries"},
		"more than the limit of this connection":                                                                    {refusal(400, "bytesBilledLimitExceeded"), "/queries"},
	} {
		proxy := connectortest.NewFaults(t, query.URL, func(r *http.Request) *connectortest.Fault {
			if strings.HasSuffix(r.URL.Path, c.path) {
				return &c.fault
			}
			return nil
		})
		v := maps.Clone(p.Values)
		v["endpoint"] = proxy.URL
		steps := connectortest.Connect(t, bigqueryexport.Connector{}, v, p.Reach).Test(t.Context())
		assert.False(t, steps[len(steps)-1].OK)
		assert.Contains(t, steps[len(steps)-1].Detail, want)
	}
}

func TestConnect_Refuses(t *testing.T) {
	for want, v := range map[string]map[string]string{
		"Project that pays must be":  {"project": "Acme Finance", "dataset": "billing"},
		"Dataset must be":            {"project": "acme-finance", "dataset": "bil`ling"},
		"Limit of a query must be":   {"project": "acme-finance", "dataset": "billing", "limit_gb": "0.5"},
		"Tables must be":             {"project": "acme-finance", "dataset": "billing", "tables": "a`b"},
		"BigQuery endpoint must be":  {"project": "acme-finance", "dataset": "billing", "endpoint": "x"},
		"Service account key is not": {"project": "acme-finance", "dataset": "billing", "service_account_key": "planted"},
	} {
		_, err := bigqueryexport.Connector{}.Connect(v, connectortest.Reach(t))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), want)
		assert.Contains(t, finops.MessageOf(err), want)
		assert.NotContains(t, fmt.Sprint(err), "planted")
	}
}

// TestPolicies_FromTheCalls has all permissions, for Terraform each where it is used.
func TestPolicies_FromTheCalls(t *testing.T) {
	list := bigqueryexport.Connector{}.Policies(map[string]string{"project": "acme-pays", "dataset": "acme-finance.billing"})
	require.Len(t, list, 2)
	assert.JSONEq(t, `{"title":"Read the billing export","stage":"GA","includedPermissions":["bigquery.datasets.get","bigquery.jobs.create","bigquery.readsessions.create","bigquery.readsessions.getData","bigquery.tables.get","bigquery.tables.getData","bigquery.tables.list"]}`, list[0].Text)
	assert.Contains(t, list[0].Note, "The built-in roles BigQuery Job User, BigQuery Data Viewer and BigQuery Read Session User allow the same. Optional are bigquery.readsessions.create and")
	assert.Equal(t, `resource "google_project_iam_custom_role" "read_the_billing_export_project" {
  project     = "acme-pays"
  role_id     = "read_the_billing_export_project"
  title       = "Read the billing export (project)"
  permissions = [
    "bigquery.jobs.create",
    "bigquery.readsessions.create",
    "bigquery.readsessions.getData",
  ]
}

resource "google_project_iam_member" "read_the_billing_export_project" {
  project = "acme-pays"
  role    = google_project_iam_custom_role.read_the_billing_export_project.id
  member  = "serviceAccount:ACCOUNT@PROJECT.iam.gserviceaccount.com"
}

resource "google_project_iam_custom_role" "read_the_billing_export_bigquery_dataset" {
  project     = "acme-finance"
  role_id     = "read_the_billing_export_bigquery_dataset"
  title       = "Read the billing export (BigQuery dataset)"
  permissions = [
    "bigquery.datasets.get",
    "bigquery.tables.get",
    "bigquery.tables.getData",
    "bigquery.tables.list",
  ]
}

resource "google_bigquery_dataset_iam_member" "read_the_billing_export_bigquery_dataset" {
  project    = "acme-finance"
  dataset_id = "billing"
  role       = google_project_iam_custom_role.read_the_billing_export_bigquery_dataset.id
  member     = "serviceAccount:ACCOUNT@PROJECT.iam.gserviceaccount.com"
}
`, list[1].Text)
}

// TestOffline asks nobody while the network is switched off.
func TestOffline(t *testing.T) {
	door, err := network.New(network.Settings{Offline: true})
	require.NoError(t, err)
	defer door.Close()
	signIn := connectortest.NewGoogleSignIn(t)
	steps := connectortest.Connect(t, bigqueryexport.Connector{}, map[string]string{"project": "acme-pays", "dataset": "billing", "service_account_key": signIn.Key}, source.Reach{Door: door, Purpose: "bills", Now: time.Now}).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "Offline is switched on")
	assert.Empty(t, door.TakeContacts())
}
