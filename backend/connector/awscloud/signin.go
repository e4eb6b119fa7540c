package awscloud

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/logging"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optAccessKey   = "access_key_id"
	optSecretKey   = "secret_access_key"
	optSession     = "session_token"
	optProfile     = "profile"
	optRole        = "role_arn"
	optExternalID  = "external_id"
	optMFA         = "mfa_serial"
	optSTSEndpoint = "sts_endpoint"
)

// Options ask how to sign in. A connector adds its own, and EndpointOption last.
func Options() []source.Option {
	return []source.Option{
		{Name: optAccessKey, Label: "Access key ID", Example: "AKIA…", Help: "Of a user who may read the bills. Leave it empty to sign in with a profile."},
		{Name: optSecretKey, Label: "Secret access key", Secret: true, Help: "Belongs to the access key."},
		{Name: optSession, Label: "Session token", Rare: true, Secret: true, Help: "Only for temporary access keys, which begin with ASIA."},
		{Name: optProfile, Label: "Profile", Example: "billing", Help: "In place of an access key: a profile of the AWS command line on this computer, also one of IAM Identity Center (SSO)."},
		{Name: optRole, Label: "Role", Example: "arn:aws:iam::123456789012:role/ReadBills", Help: "A role to assume after signing in."},
		{Name: optExternalID, Label: "External ID", Rare: true, Help: "What the trust policy of the role asks for."},
		{Name: optMFA, Label: "MFA device", Rare: true, Example: "arn:aws:iam::123456789012:mfa/ann", Help: "Where the role asks for MFA: the serial number or ARN of your device. Its code is asked for at a test or sync, about once an hour, and kept nowhere."},
	}
}

// EndpointOption asks for another place to sign in at.
func EndpointOption() source.Option {
	return source.Option{Name: optSTSEndpoint, Label: "STS endpoint", Rare: true, Help: "In place of the public one."}
}

var (
	roleARN   = regexp.MustCompile(`^arn:aws[a-z-]*:iam::\d{12}:role/.+$`)
	mfaSerial = regexp.MustCompile(`^[\w+=/:,.@-]{9,256}$`)
	mfaCode   = regexp.MustCompile(`^\d{6}$`)
)

// SignIn is how a person signs in, checked.
type SignIn struct {
	accessKey, secret, session, profile string
	role, externalID, mfa               string
	endpoint                            string
}

// ParseSignIn reads the values of Options and of EndpointOption. It answers CodeInvalid.
func ParseSignIn(values map[string]string) (s SignIn, err error) {
	get := func(name string) string { return strings.TrimSpace(values[name]) }
	s = SignIn{accessKey: get(optAccessKey), secret: get(optSecretKey), session: get(optSession), profile: get(optProfile), role: get(optRole), externalID: get(optExternalID), mfa: get(optMFA)}
	switch {
	case s.role != "" && !roleARN.MatchString(s.role):
		return s, finops.Errorf(finops.CodeInvalid, "Role must be the ARN of a role, such as arn:aws:iam::123456789012:role/ReadBills.")
	case s.mfa != "" && s.role == "":
		return s, finops.Errorf(finops.CodeInvalid, "MFA device belongs to a Role: enter the role that asks for MFA.")
	case s.mfa != "" && !mfaSerial.MatchString(s.mfa):
		return s, finops.Errorf(finops.CodeInvalid, "MFA device must be the serial number or the ARN of a device, such as arn:aws:iam::123456789012:mfa/ann.")
	case s.accessKey == "" && s.profile == "":
		return s, finops.Errorf(finops.CodeInvalid, "Access key ID or Profile is missing: one of them is needed to sign in.")
	case s.accessKey != "" && s.profile != "":
		return s, finops.Errorf(finops.CodeInvalid, "Access key ID and Profile cannot both be given.")
	case s.accessKey != "" && s.secret == "":
		return s, finops.Errorf(finops.CodeInvalid, "Secret access key is missing.")
	}
	s.endpoint, err = network.Endpoint("STS endpoint", get(optSTSEndpoint))
	return s, err
}

var apiSTS = network.API{Name: "AWS STS", PerSecond: 5, Burst: 1} // AWS documents nothing, so that the design sets it

// Session is a person who signs in. It belongs to one goroutine.
type Session struct {
	Config aws.Config // for clients of AWS's library
	Now    func() time.Time

	signIn   SignIn
	lane     *network.Lane
	identity *sts.Client
	role     *aws.CredentialsCache // nil = none is assumed
	forget   func()                // what an earlier sign-in left
}

// Open reads the profile where there is one. It calls nobody. region is that of the calls; "" = that of the profile, else us-east-1.
func (s SignIn) Open(region string, via source.Reach) (*Session, error) {
	c := &Session{Now: via.Now, signIn: s, forget: func() { via.SignIn.Store(nil) }, lane: via.Door.Lane(apiSTS, "signing in for "+via.Purpose, via.Waiting)}
	if err := c.configure(region); err != nil {
		return nil, err
	}
	if c.Config.Region == "" {
		c.Config.Region = "us-east-1"
	}
	client := func() *sts.Client {
		return sts.NewFromConfig(c.Config, func(o *sts.Options) { o.BaseEndpoint = Optional(s.endpoint) })
	}
	c.identity = client()
	if s.role != "" {
		c.role = aws.NewCredentialsCache(assuming{c.identity, s, via})
		c.Config.Credentials = c.role
		c.identity = client()
	}
	return c, nil
}

// assuming assumes a role. With an MFA device a person is asked for its code, and the session is kept in memory for what follows.
type assuming struct {
	identity *sts.Client
	signIn   SignIn
	via      source.Reach
}

// mfaSession is how long a session lasts that somebody entered a code for: every role allows an hour.
const mfaSession = time.Hour

// Retrieve returns the session.
func (a assuming) Retrieve(ctx context.Context) (aws.Credentials, error) {
	options := func(o *stscreds.AssumeRoleOptions) {
		o.RoleSessionName, o.ExternalID = "cloud-intelligence", Optional(a.signIn.externalID)
	}
	if a.signIn.mfa == "" {
		return stscreds.NewAssumeRoleProvider(a.identity, a.signIn.role, options).Retrieve(ctx) //nolint:wrapcheck // Explain reads it
	}
	if kept, ok := a.via.SignIn.Load().(aws.Credentials); ok && kept.Expires.After(a.via.Now()) {
		return kept, nil
	}
	code, err := a.via.Ask(ctx, source.Prompt{Text: "Enter the code that the MFA device " + a.signIn.mfa + " shows now.", Wanted: "MFA code"})
	if err != nil {
		return aws.Credentials{}, err
	}
	if code = strings.Join(strings.Fields(code), ""); !mfaCode.MatchString(code) {
		return aws.Credentials{}, finops.Errorf(finops.CodeDenied, "An MFA code has six digits. Try again.")
	}
	session, err := stscreds.NewAssumeRoleProvider(a.identity, a.signIn.role, func(o *stscreds.AssumeRoleOptions) {
		options(o)
		o.Duration, o.SerialNumber, o.TokenProvider = mfaSession, aws.String(a.signIn.mfa), func() (string, error) { return code, nil }
	}).Retrieve(ctx)
	if err == nil {
		a.via.SignIn.Store(session)
	}
	return session, err //nolint:wrapcheck // Explain reads it
}

// configure makes the configuration of the library. Its own repeating is switched off: lanes do that.
func (c *Session) configure(region string) (err error) {
	s := c.signIn
	if s.profile == "" {
		c.Config = aws.Config{
			Region: region, Credentials: credentials.NewStaticCredentialsProvider(s.accessKey, s.secret, s.session),
			HTTPClient: c.lane.Client(), RetryMaxAttempts: 1, Logger: logging.Nop{},
		}
		return nil
	}
	// Reading files takes no time that somebody would want to cut short.
	c.Config, err = config.LoadDefaultConfig(context.Background(), config.WithSharedConfigProfile(s.profile), config.WithHTTPClient(c.lane.Client()),
		config.WithRetryMaxAttempts(1), config.WithLogger(logging.Nop{}))
	if err != nil {
		return profileError(s.profile, err)
	}
	if region != "" {
		c.Config.Region = region
	}
	return nil
}

// Usage says what signing in has called.
func (c *Session) Usage() network.Usage { return c.lane.Usage() }

// WhoAmI signs in and says as whom, and of which account.
func (c *Session) WhoAmI(ctx context.Context) (who, account string, err error) {
	var out *sts.GetCallerIdentityOutput
	err = c.lane.Do(ctx, func(ctx context.Context) error {
		answer, err := c.identity.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		out = answer
		return c.Explain(callIdentity, err)
	})
	if err != nil {
		return "", "", err
	}
	account = aws.ToString(out.Account)
	return fmt.Sprintf("Signed in as %s of account %s.", aws.ToString(out.Arn), account), account, nil
}

// Renewed gives the role a new session where the one before has ended, and reports whether it did: a person would have to do that for other keys.
func (c *Session) Renewed(err error) bool {
	api, ok := errors.AsType[smithy.APIError](err)
	if c.role == nil || !ok || (api.ErrorCode() != "ExpiredToken" && api.ErrorCode() != "ExpiredTokenException") {
		return false
	}
	c.role.Invalidate()
	c.forget()
	return true
}

// Optional is a text as AWS's library takes it; "" = none.
func Optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
