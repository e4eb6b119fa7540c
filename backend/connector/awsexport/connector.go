package awsexport

import (
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"cloud-intelligence/backend/connector/awscloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optBucket   = "bucket"
	optPrefix   = "prefix"
	optExports  = "exports"
	optRegion   = "region"
	optEndpoint = "endpoint"
)

// Connector connects to buckets. The zero value is ready to use.
type Connector struct{}

var _ source.Connector = Connector{}

// Name is "aws-exports".
func (Connector) Name() string { return "aws-exports" }

// Label says what is read.
func (Connector) Label() string { return "AWS exports in S3 (CUR 2.0, FOCUS, legacy CUR)" }

// Options asks for the bucket and for a way to sign in.
func (Connector) Options() []source.Option {
	return append([]source.Option{
		{Name: optBucket, Label: "Bucket", Required: true, Example: "acme-billing", Help: "The bucket that AWS delivers exports into. Set an export up in the AWS console: Billing and Cost Management → Data Exports."},
		{Name: optPrefix, Label: "Prefix", Example: "exports/", Help: "Look only below this prefix of the bucket."},
		{Name: optExports, Label: "Exports", Rare: true, Example: "daily-focus, cur2", Help: "Names of the exports to sync, with commas between; empty for all."},
	}, slices.Concat(awscloud.Options(), awscloud.NameOptions(), awscloud.BesideOptions(), []source.Option{
		{Name: optRegion, Label: "Region", Rare: true, Example: "eu-central-1", Help: "The region of the bucket; found out where it is empty."},
		{Name: optEndpoint, Label: "S3 endpoint", Rare: true, Example: "https://bucket.vpce-1a2b3c4d.s3.eu-central-1.vpce.amazonaws.com", Help: "In place of the public one: a private link or another partition."},
		awscloud.EndpointOption(),
	})...)
}

var bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// settings are the values of a person, checked.
type settings struct {
	bucket, prefix, region string
	exports                map[string]bool // nil = all
	signIn                 awscloud.SignIn
	endpoint               string
}

func parse(values map[string]string) (s settings, err error) {
	get := func(name string) string { return strings.TrimSpace(values[name]) }
	s = settings{
		bucket: strings.TrimSuffix(strings.TrimPrefix(get(optBucket), "s3://"), "/"), prefix: strings.TrimPrefix(get(optPrefix), "/"), region: get(optRegion), exports: source.NameSet(get(optExports)),
	}
	signIn, invalid := awscloud.ParseSignIn(values)
	if s.signIn = signIn; !bucketName.MatchString(s.bucket) {
		return s, finops.Errorf(finops.CodeInvalid, "Bucket must be the name of a bucket, such as acme-billing.")
	}
	if s.endpoint, err = network.Endpoint("S3 endpoint", get(optEndpoint)); err != nil {
		return s, err
	}
	return s, invalid
}

// apiS3 is paced as the design sets it: AWS documents nothing.
var apiS3 = network.API{Name: "Amazon S3", PerSecond: 5, Burst: 5}

// Connect checks the values and reads the profile where there is one.
func (c Connector) Connect(values map[string]string, via source.Reach) (source.Connection, error) {
	if err := source.CheckOptions(c.Options(), values); err != nil {
		return nil, err
	}
	s, err := parse(values)
	if err != nil {
		return nil, err
	}
	conn := &connection{settings: s, s3: via.Door.Lane(apiS3, via.Purpose, via.Waiting)}
	if conn.session, err = s.signIn.Open(s.region, via); err != nil {
		return nil, err
	}
	conn.use(conn.session.Config.Region)
	conn.beside, err = conn.session.Beside(values, via)
	return conn, err
}

// use makes the client of a region.
func (c *connection) use(region string) {
	c.at = region
	c.client = s3.NewFromConfig(c.session.Config, func(o *s3.Options) {
		o.Region, o.HTTPClient = region, c.s3.Client()
		o.BaseEndpoint = awscloud.Optional(c.endpoint)
		o.UsePathStyle = c.endpoint != ""
		o.DisableLogOutputChecksumValidationSkipped = true
	})
}
