package azurecloud_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	azfake "github.com/Azure/azure-sdk-for-go/sdk/azcore/fake"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
	fakeauthorization "github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2/fake"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/costmanagement/armcostmanagement/v2"
	fakecosts "github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/costmanagement/armcostmanagement/v2/fake"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resourcegraph/armresourcegraph"
	fakegraph "github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resourcegraph/armresourcegraph/fake"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/connector/azurecosts"
	"cloud-intelligence/backend/connector/azuredetails"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// generated is the fake of Azure's library: its generated code reads what is sent, and writes what is answered, in the library's own types.
type generated struct {
	t             *testing.T
	costs         fakecosts.ServerFactory
	graph         fakegraph.Server
	authorization fakeauthorization.ServerFactory
	parts         map[string]string // of reports, by path
	sent          []byte            // body of the call that is read now
	address       string
}

// serve starts the fake for the time of a test behind a sign-in, and returns how it is reached with a connection's values.
func (g *generated) serve() (map[string]string, source.Reach) {
	costs, graph, authorization := fakecosts.NewServerFactoryTransport(&g.costs), fakegraph.NewServerTransport(&g.graph), fakeauthorization.NewServerFactoryTransport(&g.authorization)
	address, _, via := connectortest.Entra(g.t, func(*http.Request) (int, string) {
		return http.StatusOK, `{"token_type":"Bearer","expires_in":3599,"access_token":"planted-token"}`
	}, func(w http.ResponseWriter, r *http.Request) {
		if text, ok := g.parts[r.URL.Path]; ok {
			_, _ = io.WriteString(w, text)
			return
		}
		var err error
		g.sent, err = io.ReadAll(r.Body)
		assert.NoError(g.t, err)
		var name string
		send := costs.Do
		switch path := r.URL.Path; {
		case strings.HasSuffix(path, "/query"):
			name = "QueryClient.Usage"
		case strings.HasSuffix(path, "/generateCostDetailsReport"):
			name = "GenerateCostDetailsReportClient.BeginCreateOperation"
			w.Header().Set("Location", "https://"+r.Host+strings.Replace(path, "generateCostDetailsReport", "costDetailsOperationResults/op1", 1)) // the fake gives none
		case strings.Contains(path, "/costDetailsOperationResults/"):
			name = "GenerateCostDetailsReportClient.BeginGetOperationResults"
		case strings.HasSuffix(path, "/Microsoft.ResourceGraph/resources"):
			name, send = "Client.Resources", graph.Do
		case strings.Contains(path, "/Microsoft.Authorization/permissions"):
			name, send = "PermissionsClient.NewListForResourceGroupPager", authorization.Do
			if !strings.Contains(path, "/resourcegroups/") { // the library knows the call for resource groups only
				r.URL.Path = strings.Replace(path, "/providers/", "/resourcegroups/all/providers/", 1)
			}
		default:
			connectortest.Subscriptions(w, r)
			return
		}
		call := r.Clone(context.WithValue(r.Context(), runtime.CtxAPINameKey{}, name))
		call.URL.Scheme, call.URL.Host, call.Body = "https", r.Host, io.NopCloser(bytes.NewReader(g.sent))
		response, err := send(call)
		if refused, ok := errors.AsType[*azcore.ResponseError](err); ok {
			response, err = refused.RawResponse, nil
		}
		if !assert.NoError(g.t, err) {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		w.WriteHeader(response.StatusCode)
		_, _ = io.Copy(w, response.Body)
	})
	g.address = address
	return map[string]string{"scope": connectortest.CostDetailsScope, "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": "11111111-0000-4000-8000-000000000001", "client_secret": "planted", "endpoint": address, "authority": address}, via
}

// knows checks that the library's type holds all that was sent: what it does not know it would lose.
func (g *generated) knows(typed any) {
	text, err := json.Marshal(typed)
	assert.NoError(g.t, err)
	assert.JSONEq(g.t, string(text), string(g.sent))
}

func onDay(now string) func() time.Time {
	return func() time.Time {
		day, _ := time.Parse(time.DateOnly, now)
		return day
	}
}

// TestSDK_CostQuery has the library's types read the questions of the cost query, and write its answers, of which one has two pages.
func TestSDK_CostQuery(t *testing.T) {
	g := &generated{t: t}
	pages := map[armcostmanagement.ExportType]int{}
	named := func(names ...string) (list []*armcostmanagement.QueryColumn) {
		for _, name := range names {
			list = append(list, &armcostmanagement.QueryColumn{Name: &name})
		}
		return list
	}
	g.costs.QueryServer.Usage = func(_ context.Context, scope string, q armcostmanagement.QueryDefinition, _ *armcostmanagement.QueryClientUsageOptions) (ok azfake.Responder[armcostmanagement.QueryClientUsageResponse], refused azfake.ErrorResponder) {
		g.knows(q)
		assert.Equal(t, connectortest.CostDetailsScope, scope)
		assert.Equal(t, armcostmanagement.TimeframeTypeCustom, *q.Timeframe)
		assert.Equal(t, armcostmanagement.FunctionTypeSum, *q.Dataset.Aggregation["totalCost"].Function)
		assert.Equal(t, "2026-11-01T00:00:00Z/2026-11-20T23:59:59Z", q.TimePeriod.From.Format(time.RFC3339)+"/"+q.TimePeriod.To.Format(time.RFC3339))
		answer := &armcostmanagement.QueryProperties{Columns: named("Cost", "BillingMonth", "Currency"), Rows: [][]any{{20.5, "2026-11-01T00:00:00", "EUR"}}}
		if len(q.Dataset.Grouping) > 0 {
			assert.Equal(t, armcostmanagement.QueryColumnTypeDimension, *q.Dataset.Grouping[0].Type)
			assert.Equal(t, armcostmanagement.GranularityTypeDaily, *q.Dataset.Granularity)
			if pages[*q.Type]++; pages[*q.Type] == 1 {
				answer = &armcostmanagement.QueryProperties{Columns: named("Currency", "ServiceName", "SubscriptionId", "UsageDate", "Cost"), Rows: [][]any{{"EUR", "Storage", "4d1c", 20261101, 20}}, NextLink: to.Ptr(g.address + "/" + scope + "/providers/Microsoft.CostManagement/query?api-version=2025-03-01&$skiptoken=2")}
			} else {
				answer = &armcostmanagement.QueryProperties{Columns: named("Cost", "UsageDate", "ServiceName", "SubscriptionId", "Currency"), Rows: [][]any{{0.5, 20261102, "Storage", nil, "EUR"}}}
			}
		}
		ok.SetResponse(http.StatusOK, armcostmanagement.QueryClientUsageResponse{QueryResult: armcostmanagement.QueryResult{Properties: answer}}, nil)
		return ok, refused
	}
	values, via := g.serve()
	via.Now, via.From = onDay("2026-11-20"), "2026-11"
	costs := connectortest.Connect(t, azurecosts.Connector{}, values, via)
	text, err := connectortest.Fetch(t, costs, "cost-query/2026-11.csv")
	require.NoError(t, err)
	assert.Contains(t, text, ",4d1c,,2026-11-01T00:00:00Z,2026-12-01T00:00:00Z,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,Usage,Daily total of Storage,Storage,20,20,EUR,")
	assert.Contains(t, text, ",Storage,0.5,0.5,EUR,")
	assert.Equal(t, map[armcostmanagement.ExportType]int{armcostmanagement.ExportTypeActualCost: 2, armcostmanagement.ExportTypeAmortizedCost: 2}, pages)

	for status, want := range map[int]finops.Code{http.StatusNoContent: "", http.StatusForbidden: finops.CodeDenied, http.StatusNotFound: finops.CodeInvalid} {
		g.costs.QueryServer.Usage = func(context.Context, string, armcostmanagement.QueryDefinition, *armcostmanagement.QueryClientUsageOptions) (ok azfake.Responder[armcostmanagement.QueryClientUsageResponse], refused azfake.ErrorResponder) {
			if want == "" {
				ok.SetResponse(status, armcostmanagement.QueryClientUsageResponse{}, nil)
			} else {
				refused.SetResponseError(status, "RBACAccessDenied")
			}
			return ok, refused
		}
		assert.Equal(t, want, finops.CodeOf(costs.List(t.Context(), func(source.Object) error { return nil })), status)
	}
}

// TestSDK_CostDetails has the library's types read what a report is asked for with, and write the states of its operation.
func TestSDK_CostDetails(t *testing.T) {
	g := &generated{t: t, parts: map[string]string{"/reports/1": "date,cost\n2026-11-01,1", "/reports/2": "date,cost\n2026-11-02,2\n"}}
	g.costs.QueryServer.Usage = func(_ context.Context, _ string, q armcostmanagement.QueryDefinition, _ *armcostmanagement.QueryClientUsageOptions) (ok azfake.Responder[armcostmanagement.QueryClientUsageResponse], refused azfake.ErrorResponder) {
		g.knows(q)
		ok.SetResponse(http.StatusOK, armcostmanagement.QueryClientUsageResponse{QueryResult: armcostmanagement.QueryResult{Properties: &armcostmanagement.QueryProperties{
			Columns: []*armcostmanagement.QueryColumn{{Name: to.Ptr("Cost")}, {Name: to.Ptr("BillingMonth")}, {Name: to.Ptr("Currency")}}, Rows: [][]any{{3, "2026-11-01T00:00:00", "EUR"}},
		}}}, nil)
		return ok, refused
	}
	g.costs.GenerateCostDetailsReportServer.BeginCreateOperation = func(_ context.Context, scope string, q armcostmanagement.GenerateCostDetailsReportRequestDefinition, _ *armcostmanagement.GenerateCostDetailsReportClientBeginCreateOperationOptions) (ok azfake.PollerResponder[armcostmanagement.GenerateCostDetailsReportClientCreateOperationResponse], refused azfake.ErrorResponder) {
		g.knows(q)
		assert.Equal(t, connectortest.CostDetailsScope, scope)
		assert.Equal(t, []string{"AmortizedCost", "2026-11-01", "2026-11-20"}, []string{string(*q.Metric), *q.TimePeriod.Start, *q.TimePeriod.End})
		ok.AddNonTerminalResponse(http.StatusAccepted, nil)
		return ok, refused
	}
	g.costs.GenerateCostDetailsReportServer.BeginGetOperationResults = func(_ context.Context, _, id string, _ *armcostmanagement.GenerateCostDetailsReportClientBeginGetOperationResultsOptions) (ok azfake.PollerResponder[armcostmanagement.GenerateCostDetailsReportClientGetOperationResultsResponse], refused azfake.ErrorResponder) {
		assert.Equal(t, "op1", id)
		blobs := []*armcostmanagement.BlobInfo{}
		for _, path := range []string{"/reports/1", "/reports/2"} {
			blobs = append(blobs, &armcostmanagement.BlobInfo{BlobLink: to.Ptr(g.address + path + "?sig=planted"), ByteCount: to.Ptr(int64(len(g.parts[path])))})
		}
		ok.AddNonTerminalResponse(http.StatusAccepted, nil)
		ok.SetTerminalResponse(http.StatusOK, armcostmanagement.GenerateCostDetailsReportClientGetOperationResultsResponse{CostDetailsOperationResults: armcostmanagement.CostDetailsOperationResults{
			Status: to.Ptr(armcostmanagement.CostDetailsStatusTypeCompletedCostDetailsStatusType), ValidTill: to.Ptr(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)),
			Manifest: &armcostmanagement.ReportManifest{Blobs: blobs, BlobCount: to.Ptr(int32(2)), DataFormat: to.Ptr(armcostmanagement.CostDetailsDataFormatCSVCostDetailsDataFormat)},
		}}, nil)
		return ok, refused
	}
	values, via := g.serve()
	via.Now, via.From = onDay("2026-11-20"), "2026-11"
	values["view"] = "amortized"
	text, err := connectortest.Fetch(t, connectortest.Connect(t, azuredetails.Connector{}, values, via), "cost-details/2026-11.csv")
	require.NoError(t, err)
	assert.Equal(t, "date,cost\n2026-11-01,1\n2026-11-02,2\n", text)
}

// TestSDK_ResourceGraph has the library's types read the queries of Resource Graph, and write two pages and the permissions on two more.
func TestSDK_ResourceGraph(t *testing.T) {
	g := &generated{t: t}
	var tokens []string
	g.graph.Resources = func(_ context.Context, q armresourcegraph.QueryRequest, _ *armresourcegraph.ClientResourcesOptions) (ok azfake.Responder[armresourcegraph.ClientResourcesResponse], refused azfake.ErrorResponder) {
		g.knows(q)
		assert.Equal(t, armresourcegraph.ResultFormatObjectArray, *q.Options.ResultFormat)
		assert.Contains(t, *q.Query, "order by id asc")
		answer := armresourcegraph.QueryResponse{Count: to.Ptr(int64(1)), TotalRecords: to.Ptr(int64(2)), ResultTruncated: to.Ptr(armresourcegraph.ResultTruncatedFalse), Data: []any{map[string]string{"id": disk}}}
		if q.Options.SkipToken == nil {
			answer.SkipToken, answer.Data = to.Ptr("two"), []any{map[string]string{"id": machine}}
		} else {
			tokens = append(tokens, *q.Options.SkipToken)
		}
		ok.SetResponse(http.StatusOK, armresourcegraph.ClientResourcesResponse{QueryResponse: answer}, nil)
		return ok, refused
	}
	g.authorization.PermissionsServer.NewListForResourceGroupPager = func(string, *armauthorization.PermissionsClientListForResourceGroupOptions) (ok azfake.PagerResponder[armauthorization.PermissionsClientListForResourceGroupResponse]) {
		for _, action := range []string{"Microsoft.Compute/*", "Microsoft.Network/*/read"} {
			ok.AddPage(http.StatusOK, armauthorization.PermissionsClientListForResourceGroupResponse{PermissionGetResult: armauthorization.PermissionGetResult{Value: []*armauthorization.Permission{
				{Actions: []*string{&action}, NotActions: []*string{to.Ptr("Microsoft.Compute/snapshots/read")}, DataActions: []*string{to.Ptr("Microsoft.Web/*")}},
			}}}, nil)
		}
		return ok
	}
	values, via := g.serve()
	via.Now = time.Now
	values["inventories"] = "on"
	signIn, err := azurecloud.ParseSignIn(values)
	require.NoError(t, err)
	session, err := signIn.Open(via)
	require.NoError(t, err)
	b, err := session.Beside(values, g.address, via)
	require.NoError(t, err)
	var text bytes.Buffer
	require.NoError(t, b.Extras[0].Ask(t.Context(), &text, false))
	assert.JSONEq(t, fmt.Sprintf(`{"data":[{"id":%q},{"id":%q}]}`, machine, disk), text.String())
	assert.Equal(t, []string{"two"}, tokens)
	steps := b.Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	require.Len(t, steps, 3)
	assert.Equal(t, "Azure shows the permissions on 2 subscriptions.", steps[1].Detail)
	assert.Contains(t, steps[2].Detail, "The permissions Microsoft.Compute/snapshots/read, Microsoft.Web/serverfarms/read are missing: give the role Reader")
}
