package azurecloud

import (
	"context"
	"crypto"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optTenant    = "tenant_id"
	optClient    = "client_id"
	optSecret    = "client_secret"
	optCert      = "certificate_file"
	optPassword  = "certificate_password"
	optDevice    = "device_code"
	optAuthority = "authority"
)

// Options ask how to sign in. A connector adds its own, and AuthorityOption last.
func Options() []source.Option {
	return []source.Option{
		{Name: optTenant, Label: "Tenant ID", Example: "72f988bf-0000-4000-8000-2d7cd011db47", Help: "Of the service principal, or of the sign-in of the Azure command line."},
		{Name: optClient, Label: "Client ID", Help: "Of a service principal; without one, and without a sign-in by code, the sign-in of the Azure command line is used (az login)."},
		{Name: optSecret, Label: "Client secret", Secret: true, Help: "The value of a secret of the service principal, not its ID; or name a certificate file."},
		{Name: optCert, Label: "Certificate file", Rare: true, Example: "/home/ann/cloud-intelligence.pem", Help: "In place of a client secret: the path of a PEM or PFX file with the certificate of the service principal and its private key. It stays where it is."},
		{Name: optPassword, Label: "Certificate password", Rare: true, Secret: true, Help: "Of the certificate file, where it has one."},
		{Name: optDevice, Label: "Sign in by code", Rare: true, Switch: true, Help: "In place of a service principal: a test or sync shows a code, and you sign in with it in a browser. The sign-in is kept in memory until the workspace is closed, so that syncs by a schedule cannot use it."},
	}
}

// AuthorityOption asks for another place to sign in at.
func AuthorityOption() source.Option {
	return source.Option{Name: optAuthority, Label: "Sign-in endpoint", Rare: true, Example: "https://login.microsoftonline.us", Help: "In place of the public one, for another cloud."}
}

// SignIn is how a person signs in, checked.
type SignIn struct {
	tenant, client, secret string
	certificate, password  string // path and password of the file
	device                 bool   // a person signs in with a code
	authority              string
}

// ParseSignIn reads the values of Options and of AuthorityOption. It answers CodeInvalid.
func ParseSignIn(values map[string]string) (s SignIn, err error) {
	get := func(name string) string { return strings.TrimSpace(values[name]) }
	s = SignIn{tenant: get(optTenant), client: get(optClient), secret: get(optSecret), certificate: get(optCert), password: values[optPassword], device: source.SwitchedOn(values, optDevice)}
	switch {
	case s.device && (s.secret != "" || s.certificate != ""):
		return s, finops.Errorf(finops.CodeInvalid, "Sign in by code is another way than a Client secret or a Certificate file: use one of them.")
	case s.device:
	case s.client != "" && (s.tenant == "" || (s.secret == "" && s.certificate == "")):
		return s, finops.Errorf(finops.CodeInvalid, "Tenant ID and Client secret, or a Certificate file, belong to a Client ID: one of them is missing.")
	case s.secret != "" && s.certificate != "":
		return s, finops.Errorf(finops.CodeInvalid, "Client secret and Certificate file are two ways to sign in: give one of them.")
	}
	s.authority, err = network.Endpoint("Sign-in endpoint", get(optAuthority))
	return s, err
}

// ByPrincipal says that a service principal signs in, not a person.
func (s SignIn) ByPrincipal() bool { return s.client != "" && !s.device }

// ByCode says that a person signs in with a code.
func (s SignIn) ByCode() bool { return s.device }

// ClientOptions makes the options of Azure's library. Its own repeating is switched off: lanes do that.
func ClientOptions(lane *network.Lane) azcore.ClientOptions {
	return azcore.ClientOptions{Transport: lane.Client(), Retry: policy.RetryOptions{MaxRetries: -1}, Telemetry: policy.TelemetryOptions{Disabled: true}}
}

var api = network.API{Name: "Microsoft Entra ID", PerSecond: 1, Burst: 2} // Azure documents nothing, so that the design sets it

// Session is a person who signs in. It belongs to one goroutine.
type Session struct {
	signIn SignIn
	lane   *network.Lane
	token  azcore.TokenCredential
	now    func() time.Time
	claims string // that the next token must meet, where the one before was refused
	fault  error  // of the network, in the last request of a sign-in; Azure's library keeps only its text
}

// Do sends a request of a sign-in.
func (c *Session) Do(r *http.Request) (*http.Response, error) {
	response, err := c.lane.Client().Do(r)
	c.fault = err
	return response, err //nolint:wrapcheck // the library reads it
}

// Open reads the certificate where there is one. It calls nobody.
func (s SignIn) Open(via source.Reach) (*Session, error) {
	c := &Session{signIn: s, now: via.Now, lane: via.Door.Lane(api, "signing in for "+via.Purpose, via.Waiting)}
	var err error
	if s.device {
		c.token, err = c.byCode(via)
	} else {
		c.token, err = c.credential()
	}
	return c, err
}

// Usage says what signing in has called.
func (c *Session) Usage() network.Usage { return c.lane.Usage() }

// GetToken is what Azure's library signs in with.
func (c *Session) GetToken(ctx context.Context, opts policy.TokenRequestOptions) (azcore.AccessToken, error) {
	if opts.Claims == "" {
		opts.Claims = c.claims
	}
	token, err := c.token.GetToken(ctx, opts)
	if err == nil {
		c.claims = ""
	}
	return token, err //nolint:wrapcheck // Explain reads it
}

// Token returns a token of a scope, which the library keeps until it ends.
func (c *Session) Token(ctx context.Context, scope string) (string, error) {
	var token azcore.AccessToken
	err := c.lane.Do(ctx, func(ctx context.Context) (err error) {
		token, err = c.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{scope}, EnableCAE: true})
		return c.Explain(err)
	})
	return token.Token, err
}

// Renew has the next token be a new one: Azure does not accept the one that the library keeps. A person who signed in with a code is not asked
// again as long as Microsoft Entra ID renews the sign-in. challenge is the header WWW-Authenticate of the refusal. It reports whether a new one can
// be asked for.
func (c *Session) Renew(challenge string) bool {
	if c.signIn.device {
		c.claims = claimed(challenge, c.now())
		return true
	}
	token, err := c.credential()
	if err == nil {
		c.token = token
	}
	return err == nil
}

// claimsIn finds what a refusal asks of the next token.
var claimsIn = regexp.MustCompile(`claims="([A-Za-z0-9+/=]+)"`)

// claimed is what the next token must meet: what Azure asks for, else to be younger than now. With claims the library passes over the tokens
// that it keeps.
func claimed(challenge string, now time.Time) string {
	if m := claimsIn.FindStringSubmatch(challenge); m != nil {
		if text, err := base64.StdEncoding.DecodeString(m[1]); err == nil && json.Valid(text) {
			return string(text)
		}
	}
	return fmt.Sprintf(`{"access_token":{"nbf":{"essential":true,"value":"%d"}}}`, now.Unix())
}

// WhoAmI signs in and says as whom.
func (c *Session) WhoAmI(ctx context.Context, scope string) (string, error) {
	if _, err := c.Token(ctx, scope); err != nil {
		return "", err
	}
	if c.signIn.device {
		return "Signed in with a code.", nil
	}
	if !c.signIn.ByPrincipal() {
		return "Signed in as the Azure command line is.", nil
	}
	return fmt.Sprintf("Signed in as the service principal %s of the tenant %s.", c.signIn.client, c.signIn.tenant), nil
}

// commandLine has the Azure command line sign in, which is another program, unless the network is switched off.
type commandLine struct {
	az   azcore.TokenCredential
	lane *network.Lane
}

// GetToken asks the command line.
func (c commandLine) GetToken(ctx context.Context, opts policy.TokenRequestOptions) (azcore.AccessToken, error) {
	if err := c.lane.Allowed(); err != nil {
		return azcore.AccessToken{}, err
	}
	return c.az.GetToken(ctx, opts) //nolint:wrapcheck // Explain reads it
}

func (c *Session) credential() (azcore.TokenCredential, error) {
	s := c.signIn
	if s.client == "" {
		az, err := azidentity.NewAzureCLICredential(&azidentity.AzureCLICredentialOptions{TenantID: s.tenant})
		return commandLine{az, c.lane}, invalid(err)
	}
	base, own := c.options()
	if s.certificate != "" {
		certificates, key, err := readCertificate(s.certificate, s.password)
		if err != nil {
			return nil, err
		}
		credential, err := azidentity.NewClientCertificateCredential(s.tenant, s.client, certificates, key, &azidentity.ClientCertificateCredentialOptions{ClientOptions: base, DisableInstanceDiscovery: own})
		return credential, invalid(err)
	}
	credential, err := azidentity.NewClientSecretCredential(s.tenant, s.client, s.secret, &azidentity.ClientSecretCredentialOptions{ClientOptions: base, DisableInstanceDiscovery: own})
	return credential, invalid(err)
}

// options are those of the library, and whether signing in has another place than the public one.
func (c *Session) options() (base azcore.ClientOptions, own bool) {
	base, own = ClientOptions(c.lane), c.signIn.authority != ""
	base.Transport = c
	if own {
		base.Cloud = cloud.Configuration{ActiveDirectoryAuthorityHost: c.signIn.authority}
	}
	return base, own
}

// readCertificate reads a file with a certificate and its private key.
func readCertificate(path, password string) ([]*x509.Certificate, crypto.PrivateKey, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, finops.WrapError(finops.CodeInvalid, err, "The certificate file %s cannot be read. Check its path and its permissions.", path)
	}
	certificates, key, err := azidentity.ParseCertificates(text, []byte(password))
	if err != nil {
		return nil, nil, finops.Errorf(finops.CodeInvalid, "The certificate file %s holds no certificate with its private key, or its password is another one.", path) // the cause may hold a part of it
	}
	return certificates, key, nil
}

// invalid explains what the library does not take; nil = it takes it.
func invalid(err error) error {
	if err == nil {
		return nil
	}
	return finops.WrapError(finops.CodeInvalid, innermost(err), "The sign-in to Azure cannot be made from these options")
}
