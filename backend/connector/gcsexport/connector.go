package gcsexport

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/connector/googlecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optBucket   = "bucket"
	optPrefix   = "prefix"
	optExports  = "exports"
	optProject  = "user_project"
	optEndpoint = "endpoint"
)

// Connector connects to buckets. The zero value is ready to use.
type Connector struct{}

var _ source.Connector = Connector{}

// Name is "gcs-exports".
func (Connector) Name() string { return "gcs-exports" }

// Label says what is read.
func (Connector) Label() string {
	return "Google Cloud export files in Cloud Storage (FOCUS, billing export)"
}

// Options asks for the bucket and for a way to sign in.
func (Connector) Options() []source.Option {
	return append([]source.Option{
		{Name: optBucket, Label: "Bucket", Required: true, Example: "acme-billing", Help: "The bucket that the export files are written into."},
		{Name: optPrefix, Label: "Folder", Example: "focus/", Help: "Look only below this folder of the bucket."},
		{Name: optExports, Label: "Exports", Rare: true, Example: "focus, detailed", Help: "Names of the folders to sync, without the month, with commas between; empty for all."},
	}, slices.Concat(googlecloud.Options(), googlecloud.BesideOptions(), []source.Option{
		{Name: optProject, Label: "Project that pays", Rare: true, Example: "acme-finance", Help: "Only for a bucket that has whoever reads it pay (Requester Pays)."},
		{Name: optEndpoint, Label: "Cloud Storage endpoint", Rare: true, Example: "https://storage-acme.p.googleapis.com", Help: "In place of the public one: Private Service Connect."},
	})...)
}

var (
	bucketName  = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$`)
	projectName = regexp.MustCompile(`^[a-z][a-z0-9.:-]{4,60}[a-z0-9]$`)
)

// settings are the values of a person, checked.
type settings struct {
	bucket, prefix    string
	exports           map[string]bool // nil = all
	project, endpoint string
	signIn            googlecloud.SignIn
}

func parse(values map[string]string) (s settings, err error) {
	get := func(name string) string { return strings.TrimSpace(values[name]) }
	s = settings{
		bucket: strings.Trim(strings.TrimPrefix(get(optBucket), "gs://"), "/"), prefix: strings.TrimPrefix(get(optPrefix), "/"),
		exports: source.NameSet(get(optExports)), project: get(optProject),
	}
	if s.signIn, err = googlecloud.ParseSignIn(values); err != nil {
		return s, err
	}
	switch {
	case !bucketName.MatchString(s.bucket):
		return s, finops.Errorf(finops.CodeInvalid, "Bucket must be the name of a bucket, such as acme-billing.")
	case s.project != "" && !projectName.MatchString(s.project):
		return s, finops.Errorf(finops.CodeInvalid, "Project that pays must be the ID of a project, such as acme-finance.")
	}
	if s.endpoint, err = network.Endpoint("Cloud Storage endpoint", get(optEndpoint)); s.endpoint == "" {
		s.endpoint = "https://storage.googleapis.com"
	}
	return s, err
}

// api is paced as the design sets it, 300 calls a minute; Google documents no limit of reading.
var api = network.API{Name: "Google Cloud Storage", PerSecond: 5, Burst: 5}

// What is called.
var (
	callList = googlecloud.Call{
		Permissions: []string{"storage.objects.list"}, Role: "Storage Object Viewer",
		On: "google_storage_bucket_iam_member",
	}
	callGet = googlecloud.Call{
		Permissions: []string{"storage.objects.get"}, Role: callList.Role, On: callList.On,
	}
)

// Policies returns a role that allows to list and read the bucket.
func (Connector) Policies(values map[string]string) []source.Policy {
	s, _ := parse(values) // what is missing is spelled in capitals
	bucket := s.bucket
	if bucket == "" {
		bucket = "BUCKET"
	}
	var calls []googlecloud.Call
	for _, c := range []googlecloud.Call{callList, callGet} {
		c.Project, c.Fields = "PROJECT", fmt.Sprintf("bucket = %q", bucket)
		calls = append(calls, c)
	}
	return append(s.signIn.Policies("Read bills", "the bucket "+bucket, calls...), s.signIn.BesidePolicies(values)...)
}

// scope is the least that reads.
const scope = "https://www.googleapis.com/auth/devstorage.read_only"

// Connect checks the values.
func (c Connector) Connect(values map[string]string, via source.Reach) (source.Connection, error) {
	if err := source.CheckOptions(c.Options(), values); err != nil {
		return nil, err
	}
	s, err := parse(values)
	if err != nil {
		return nil, err
	}
	conn := &connection{settings: s, now: via.Now, client: googlecloud.NewClient(s.signIn, api, []string{scope}, via)}
	conn.beside, err = s.signIn.Beside(values, via)
	return conn, err
}
