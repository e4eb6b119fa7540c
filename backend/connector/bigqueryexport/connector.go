package bigqueryexport

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cloud-intelligence/backend/connector/googlecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optProject  = "project"
	optDataset  = "dataset"
	optTables   = "tables"
	optLimit    = "limit_gb"
	optEndpoint = "endpoint"
	optStorage  = "storage_endpoint"
)

// limitDefault is the limit of a query in GB where a person names none.
const limitDefault = 100

// Connector connects to datasets. The zero value is ready to use.
type Connector struct {
	pageRows int // 0 = pageMost
}

var _ source.Connector = Connector{}

// Name is "bigquery-export".
func (Connector) Name() string { return "bigquery-export" }

// Label says what is read.
func (Connector) Label() string {
	return "Google Cloud billing export in BigQuery (standard, detailed, FOCUS)"
}

// Options asks for the dataset, for a limit and for a way to sign in.
func (Connector) Options() []source.Option {
	return append([]source.Option{
		{Name: optProject, Label: "Project that pays", Required: true, Example: "acme-finance", Help: "The ID of the project in which queries run, and which pays for them."},
		{Name: optDataset, Label: "Dataset", Required: true, Example: "acme-finance.billing", Help: "The dataset that the billing export is written into; with its project in front where that is another one. Switch the export on in the Google Cloud console: Billing → Billing export."},
		{Name: optTables, Label: "Tables", Rare: true, Example: "gcp_billing_export_v1_01AB23_45CD67_89EF01", Help: "Names of the tables to sync, with commas between. Where it is empty, the detailed export of each billing account is used, else the standard one. Tables in FOCUS format must be named."},
		{Name: optLimit, Label: "Limit of a query (GB)", Example: "20", Help: "A query for which BigQuery would charge more than this is refused; 100 where it is empty."},
	}, slices.Concat(googlecloud.Options(), googlecloud.BesideOptions(), []source.Option{
		{Name: optEndpoint, Label: "BigQuery endpoint", Rare: true, Example: "https://bigquery-acme.p.googleapis.com", Help: "In place of the public one: Private Service Connect."},
		{Name: optStorage, Label: "Storage Read API endpoint", Rare: true, Example: "https://bigquerystorage-acme.p.googleapis.com", Help: "In place of the public one: Private Service Connect. Where only the BigQuery endpoint is entered, large months are read page by page."},
	})...)
}

var (
	projectName = regexp.MustCompile(`^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$`)
	tableName   = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
)

// settings are the values of a person, checked.
type settings struct {
	project, home, dataset string // home is the project of the dataset
	tables                 map[string]bool
	limit                  int64 // bytes
	endpoint               string
	storageAt              string // of the Storage Read API; "" = it is not called
	signIn                 googlecloud.SignIn
}

func parse(values map[string]string) (s settings, err error) {
	get := func(name string) string { return strings.TrimSpace(values[name]) }
	s = settings{project: get(optProject), dataset: get(optDataset), tables: source.NameSet(get(optTables)), limit: limitDefault}
	if at := strings.LastIndexAny(s.dataset, ".:"); at >= 0 {
		s.home, s.dataset = s.dataset[:at], s.dataset[at+1:]
	}
	s.home = cmp.Or(s.home, s.project)
	if s.signIn, err = googlecloud.ParseSignIn(values); err != nil {
		return s, err
	}
	if text := get(optLimit); text != "" {
		s.limit, err = strconv.ParseInt(text, 10, 64)
	}
	switch {
	case !projectName.MatchString(s.project):
		return s, finops.Errorf(finops.CodeInvalid, "Project that pays must be the ID of a project, such as acme-finance.")
	case !projectName.MatchString(s.home), !tableName.MatchString(s.dataset):
		return s, finops.Errorf(finops.CodeInvalid, "Dataset must be the name of a dataset, such as billing or acme-finance.billing.")
	case err != nil || s.limit < 1 || s.limit > 1e6:
		return s, finops.Errorf(finops.CodeInvalid, "Limit of a query must be a whole number of GB, from 1 to 1000000.")
	}
	s.limit *= 1e9
	for name := range s.tables {
		if !tableName.MatchString(name) {
			return s, finops.Errorf(finops.CodeInvalid, "Tables must be names of tables with commas between.")
		}
	}
	if s.endpoint, err = network.Endpoint("BigQuery endpoint", get(optEndpoint)); err != nil {
		return s, err
	}
	s.storageAt, err = network.Endpoint("Storage Read API endpoint", get(optStorage))
	if s.endpoint == "" {
		s.endpoint, s.storageAt = "https://bigquery.googleapis.com", cmp.Or(s.storageAt, publicStorage)
	}
	return s, err
}

// api is paced as the design sets it: 300 calls a minute.
var api = network.API{Name: "BigQuery", PerSecond: 5, Burst: 5}

// What is called.
var (
	callDataset = viewer("bigquery.datasets.get")
	callTables  = viewer("bigquery.tables.list")
	callTable   = viewer("bigquery.tables.get")
	callData    = viewer("bigquery.tables.getData")
	callJob     = googlecloud.Call{Permissions: []string{"bigquery.jobs.create"}, Role: "BigQuery Job User", On: "google_project_iam_member"}
	// callQuery is a query, which needs two of them.
	callQuery = googlecloud.Call{
		Permissions: append(callJob.Permissions, callData.Permissions...), Role: "BigQuery Job User on the project that pays, and BigQuery Data Viewer on the dataset",
	}
)

func viewer(permission string) googlecloud.Call {
	return googlecloud.Call{Permissions: []string{permission}, Role: "BigQuery Data Viewer", On: "google_bigquery_dataset_iam_member"}
}

// Policies returns a role that allows to read the dataset and to run queries.
func (Connector) Policies(values map[string]string) []source.Policy {
	s, _ := parse(values) // what is missing is spelled in capitals
	project, home, dataset := cmp.Or(s.project, "PROJECT"), cmp.Or(s.home, "PROJECT"), cmp.Or(s.dataset, "DATASET")
	var calls []googlecloud.Call
	for _, c := range []googlecloud.Call{callJob, callDataset, callTables, callTable, callData, callSession} {
		c.Project, c.Fields = home, fmt.Sprintf("project = %q\ndataset_id = %q", home, dataset)
		if c.On == callJob.On {
			c.Project, c.Fields = project, fmt.Sprintf("project = %q", project)
		}
		calls = append(calls, c)
	}
	list := s.signIn.Policies("Read the billing export", "the project "+project+" and the dataset "+home+"."+dataset, calls...)
	for i := range list[:2] { // the third is about signing in
		list[i].Note += fmt.Sprintf(" Optional are %s (%s): without them large months are read page by page, which takes longer.", strings.Join(callSession.Permissions, " and "), callSession.Role)
	}
	return append(list, s.signIn.BesidePolicies(values)...)
}

// scope is the least with which queries may run.
const scope = "https://www.googleapis.com/auth/bigquery"

// Connect checks the values.
func (c Connector) Connect(values map[string]string, via source.Reach) (source.Connection, error) {
	if err := source.CheckOptions(c.Options(), values); err != nil {
		return nil, err
	}
	s, err := parse(values)
	if err != nil {
		return nil, err
	}
	conn := &connection{settings: s, from: via.From, notice: via.Announce, known: map[string]table{}, client: googlecloud.NewClient(s.signIn, api, []string{scope}, via), pageRows: cmp.Or(c.pageRows, pageMost)}
	if s.storageAt != "" {
		conn.storage = newStorage(s, via)
	}
	conn.beside, err = s.signIn.Beside(values, via)
	return conn, err
}
