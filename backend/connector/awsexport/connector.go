package awsexport

import (
	"context"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/logging"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optBucket      = "bucket"
	optPrefix      = "prefix"
	optExports     = "exports"
	optRegion      = "region"
	optAccessKey   = "access_key_id"
	optSecretKey   = "secret_access_key"
	optSession     = "session_token"
	optProfile     = "profile"
	optRole        = "role_arn"
	optExternalID  = "external_id"
	optEndpoint    = "endpoint"
	optSTSEndpoint = "sts_endpoint"
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
	return []source.Option{
		{Name: optBucket, Label: "Bucket", Required: true, Example: "acme-billing", Help: "The bucket that AWS delivers the exports into."},
		{Name: optPrefix, Label: "Prefix", Example: "exports/", Help: "Look only below this prefix of the bucket."},
		{Name: optExports, Label: "Exports", Rare: true, Example: "daily-focus, cur2", Help: "Names of the exports to sync, with commas between; empty for all."},
		{Name: optAccessKey, Label: "Access key ID", Example: "AKIA…", Help: "Of a user that may read the exports; or name a profile."},
		{Name: optSecretKey, Label: "Secret access key", Secret: true, Help: "Belongs to the access key."},
		{Name: optSession, Label: "Session token", Rare: true, Secret: true, Help: "Only for temporary access keys, which begin with ASIA."},
		{Name: optProfile, Label: "Profile", Example: "billing", Help: "A profile of the AWS command line on this computer, also one of IAM Identity Center (SSO)."},
		{Name: optRole, Label: "Role", Example: "arn:aws:iam::123456789012:role/ReadBills", Help: "A role to assume after signing in."},
		{Name: optExternalID, Label: "External ID", Rare: true, Help: "What the trust policy of the role asks for."},
		{Name: optRegion, Label: "Region", Rare: true, Example: "eu-central-1", Help: "The region of the bucket; found out where it is empty."},
		{Name: optEndpoint, Label: "S3 endpoint", Rare: true, Example: "https://bucket.vpce-1a2b3c4d.s3.eu-central-1.vpce.amazonaws.com", Help: "In place of the public one: a private link or another partition."},
		{Name: optSTSEndpoint, Label: "STS endpoint", Rare: true, Help: "In place of the public one."},
	}
}

var (
	bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	roleARN    = regexp.MustCompile(`^arn:aws[a-z-]*:iam::\d{12}:role/.+$`)
)

// settings are the values of a person, checked.
type settings struct {
	bucket, prefix, region              string
	exports                             map[string]bool // nil = all
	accessKey, secret, session, profile string
	role, externalID                    string
	endpoint, stsEndpoint               string
}

func parse(values map[string]string) (s settings, err error) {
	get := func(name string) string { return strings.TrimSpace(values[name]) }
	s = settings{
		bucket: strings.TrimSuffix(strings.TrimPrefix(get(optBucket), "s3://"), "/"), prefix: strings.TrimPrefix(get(optPrefix), "/"), region: get(optRegion), exports: source.NameSet(get(optExports)),
		accessKey: get(optAccessKey), secret: get(optSecretKey), session: get(optSession), profile: get(optProfile), role: get(optRole), externalID: get(optExternalID),
	}
	switch {
	case !bucketName.MatchString(s.bucket):
		return s, finops.Errorf(finops.CodeInvalid, "Bucket must be the name of a bucket, such as acme-billing.")
	case s.role != "" && !roleARN.MatchString(s.role):
		return s, finops.Errorf(finops.CodeInvalid, "Role must be the ARN of a role, such as arn:aws:iam::123456789012:role/ReadBills.")
	case s.accessKey == "" && s.profile == "":
		return s, finops.Errorf(finops.CodeInvalid, "Access key ID or Profile is missing: one of them is needed to sign in.")
	case s.accessKey != "" && s.profile != "":
		return s, finops.Errorf(finops.CodeInvalid, "Access key ID and Profile cannot both be given.")
	case s.accessKey != "" && s.secret == "":
		return s, finops.Errorf(finops.CodeInvalid, "Secret access key is missing.")
	}
	if s.endpoint, err = network.Endpoint("S3 endpoint", get(optEndpoint)); err != nil {
		return s, err
	}
	s.stsEndpoint, err = network.Endpoint("STS endpoint", get(optSTSEndpoint))
	return s, err
}

// What AWS documents, or the design sets where it documents nothing.
var (
	apiS3  = network.API{Name: "Amazon S3", PerSecond: 5, Burst: 5}
	apiSTS = network.API{Name: "AWS STS", PerSecond: 5, Burst: 1}
)

// firstRegion is asked where the region of a bucket is not known; S3 answers where it is.
const firstRegion = "us-east-1"

// Connect checks the values and reads the profile where there is one.
func (c Connector) Connect(values map[string]string, via source.Reach) (source.Connection, error) {
	if err := source.CheckOptions(c.Options(), values); err != nil {
		return nil, err
	}
	s, err := parse(values)
	if err != nil {
		return nil, err
	}
	conn := &connection{settings: s, now: via.Now, s3: via.Door.Lane(apiS3, via.Purpose, via.Waiting), sts: via.Door.Lane(apiSTS, "signing in for "+via.Purpose, via.Waiting)}
	cfg, err := conn.signIn()
	if err != nil {
		return nil, err
	}
	if cfg.Region == "" {
		cfg.Region = firstRegion
	}
	identity := sts.NewFromConfig(cfg, func(o *sts.Options) { o.BaseEndpoint = optional(s.stsEndpoint) })
	if s.role != "" {
		conn.role = aws.NewCredentialsCache(stscreds.NewAssumeRoleProvider(identity, s.role, func(o *stscreds.AssumeRoleOptions) {
			o.RoleSessionName, o.ExternalID = "cloud-intelligence", optional(s.externalID)
		}))
		cfg.Credentials = conn.role
		identity = sts.NewFromConfig(cfg, func(o *sts.Options) { o.BaseEndpoint = optional(s.stsEndpoint) })
	}
	conn.identity, conn.cfg = identity, cfg
	conn.use(cfg.Region)
	return conn, nil
}

// signIn makes the configuration of the library. Its own repeating is switched off: lanes do that.
func (c *connection) signIn() (aws.Config, error) {
	if c.profile == "" {
		return aws.Config{
			Region: c.region, Credentials: credentials.NewStaticCredentialsProvider(c.accessKey, c.secret, c.session),
			HTTPClient: c.sts.Client(), RetryMaxAttempts: 1, Logger: logging.Nop{},
		}, nil
	}
	// Reading files takes no time that somebody would want to cut short.
	cfg, err := config.LoadDefaultConfig(context.Background(), config.WithSharedConfigProfile(c.profile), config.WithHTTPClient(c.sts.Client()),
		config.WithRetryMaxAttempts(1), config.WithLogger(logging.Nop{}))
	if err != nil {
		return cfg, profileError(c.profile, err)
	}
	if c.region != "" {
		cfg.Region = c.region
	}
	return cfg, nil
}

// use makes the client of a region.
func (c *connection) use(region string) {
	c.at = region
	c.client = s3.NewFromConfig(c.cfg, func(o *s3.Options) {
		o.Region, o.HTTPClient = region, c.s3.Client()
		o.BaseEndpoint = optional(c.endpoint)
		o.UsePathStyle = c.endpoint != ""
		o.DisableLogOutputChecksumValidationSkipped = true
	})
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
