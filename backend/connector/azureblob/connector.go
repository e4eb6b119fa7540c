package azureblob

import (
	"context"
	"crypto"
	"crypto/x509"
	"errors"
	"net/url"
	"os"
	"regexp"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optAccount   = "account"
	optContainer = "container"
	optPrefix    = "prefix"
	optExports   = "exports"
	optTenant    = "tenant_id"
	optClient    = "client_id"
	optSecret    = "client_secret"
	optCert      = "certificate_file"
	optPassword  = "certificate_password"
	optSAS       = "sas"
	optKey       = "account_key"
	optEndpoint  = "endpoint"
	optAuthority = "authority"
)

// Connector connects to containers. The zero value is ready to use.
type Connector struct{}

var _ source.Connector = Connector{}

// Name is "azure-exports".
func (Connector) Name() string { return "azure-exports" }

// Label says what is read.
func (Connector) Label() string { return "Azure exports in Blob storage (cost details, FOCUS)" }

// Options asks for the container and for a way to sign in.
func (Connector) Options() []source.Option {
	return []source.Option{
		{Name: optAccount, Label: "Storage account", Required: true, Example: "acmebilling", Help: "The storage account that the exports are delivered into."},
		{Name: optContainer, Label: "Container", Required: true, Example: "exports", Help: "The container of the account."},
		{Name: optPrefix, Label: "Directory", Example: "focus/", Help: "Look only below this directory of the container."},
		{Name: optExports, Label: "Exports", Rare: true, Example: "daily-focus", Help: "Names of the exports to sync, with commas between; empty for all."},
		{Name: optTenant, Label: "Tenant ID", Example: "72f988bf-0000-4000-8000-2d7cd011db47", Help: "Of the service principal, or of the sign-in of the Azure command line."},
		{Name: optClient, Label: "Client ID", Help: "Of a service principal; without one, SAS token and account key the sign-in of the Azure command line is used (az login)."},
		{Name: optSecret, Label: "Client secret", Secret: true, Help: "The value of a secret of the service principal, not its ID; or name a certificate file."},
		{Name: optCert, Label: "Certificate file", Rare: true, Example: "/home/ann/cloud-intelligence.pem", Help: "In place of a client secret: the path of a PEM or PFX file with the certificate of the service principal and its private key. It stays where it is."},
		{Name: optPassword, Label: "Certificate password", Rare: true, Secret: true, Help: "Of the certificate file, where it has one."},
		{Name: optSAS, Label: "SAS token", Rare: true, Secret: true, Help: "In place of a service principal: a shared access signature of the container with the permissions Read and List."},
		{Name: optKey, Label: "Account key", Rare: true, Secret: true, Help: "In place of a service principal: a key of the storage account, which allows everything."},
		{Name: optEndpoint, Label: "Blob endpoint", Rare: true, Example: "https://acmebilling.blob.core.windows.net", Help: "In place of the public one: a private link or another cloud."},
		{Name: optAuthority, Label: "Sign-in endpoint", Rare: true, Example: "https://login.microsoftonline.us", Help: "In place of the public one, for another cloud."},
	}
}

var (
	accountName   = regexp.MustCompile(`^[a-z0-9]{3,24}$`)
	containerName = regexp.MustCompile(`^[a-z0-9](?:-?[a-z0-9]){2,62}$`)
)

// settings are the values of a person, checked.
type settings struct {
	account, container, prefix string
	exports                    map[string]bool // nil = all
	tenant, client, secret     string
	certificate, password      string // path and password of the file
	sas, key                   string
	endpoint, authority        string
}

func parse(values map[string]string) (s settings, err error) {
	get := func(name string) string { return strings.TrimSpace(values[name]) }
	s = settings{
		account: get(optAccount), container: strings.Trim(get(optContainer), "/"), prefix: strings.TrimPrefix(get(optPrefix), "/"), exports: source.NameSet(get(optExports)),
		tenant: get(optTenant), client: get(optClient), secret: get(optSecret), certificate: get(optCert), password: values[optPassword], sas: strings.TrimPrefix(get(optSAS), "?"), key: get(optKey),
	}
	ways := 0
	for _, given := range []bool{s.client != "", s.sas != "", s.key != ""} {
		if given {
			ways++
		}
	}
	switch {
	case !accountName.MatchString(s.account):
		return s, finops.Errorf(finops.CodeInvalid, "Storage account must be a name of 3 to 24 small letters and digits, such as acmebilling.")
	case !containerName.MatchString(s.container):
		return s, finops.Errorf(finops.CodeInvalid, "Container must be the name of a container, such as exports.")
	case ways > 1:
		return s, finops.Errorf(finops.CodeInvalid, "Client ID, SAS token and Account key are three ways to sign in: give one of them.")
	case s.client != "" && (s.tenant == "" || (s.secret == "" && s.certificate == "")):
		return s, finops.Errorf(finops.CodeInvalid, "Tenant ID and Client secret, or a Certificate file, belong to a Client ID: one of them is missing.")
	case s.secret != "" && s.certificate != "":
		return s, finops.Errorf(finops.CodeInvalid, "Client secret and Certificate file are two ways to sign in: give one of them.")
	}
	if s.endpoint, err = network.Endpoint("Blob endpoint", get(optEndpoint)); err != nil {
		return s, err
	}
	s.authority, err = network.Endpoint("Sign-in endpoint", get(optAuthority))
	return s, err
}

// What Azure documents for neither; the design sets it.
var (
	apiBlob  = network.API{Name: "Azure Blob storage", PerSecond: 5, Burst: 5}
	apiEntra = network.API{Name: "Microsoft Entra ID", PerSecond: 1, Burst: 2}
)

// Connect checks the values.
func (c Connector) Connect(values map[string]string, via source.Reach) (source.Connection, error) {
	if err := source.CheckOptions(c.Options(), values); err != nil {
		return nil, err
	}
	s, err := parse(values)
	if err != nil {
		return nil, err
	}
	conn := &connection{settings: s, now: via.Now, blobs: via.Door.Lane(apiBlob, via.Purpose, via.Waiting), entra: via.Door.Lane(apiEntra, "signing in for "+via.Purpose, via.Waiting)}
	conn.api, err = conn.open()
	return conn, err
}

// options makes the options of the library. Its own repeating is switched off: lanes do that.
func options(lane *network.Lane) azcore.ClientOptions {
	return azcore.ClientOptions{Transport: lane.Client(), Retry: policy.RetryOptions{MaxRetries: -1}, Telemetry: policy.TelemetryOptions{Disabled: true}}
}

// open makes the client of the container for the way of signing in.
func (c *connection) open() (*container.Client, error) {
	address := c.endpoint
	if address == "" {
		address = "https://" + c.account + ".blob.core.windows.net"
	}
	address += "/" + c.container
	opts := &container.ClientOptions{ClientOptions: options(c.blobs)}
	var client *container.Client
	var err error
	switch {
	case c.sas != "":
		if _, err := url.ParseQuery(c.sas); err != nil || !strings.Contains(c.sas, "sig=") {
			return nil, finops.Errorf(finops.CodeInvalid, "SAS token must be the part behind the question mark of a shared access signature.")
		}
		client, err = container.NewClientWithNoCredential(address+"?"+c.sas, opts)
	case c.key != "":
		key, invalid := container.NewSharedKeyCredential(c.account, c.key)
		if invalid != nil {
			return nil, finops.Errorf(finops.CodeInvalid, "Account key is not one: it is a long text that ends in ==.") // the cause would hold it
		}
		client, err = container.NewClientWithSharedKeyCredential(address, key, opts)
	default:
		if c.token, err = c.credential(); err == nil {
			client, err = container.NewClient(address, c.token, opts)
		}
	}
	if own, ok := errors.AsType[*finops.Error](err); ok {
		return nil, own
	}
	if err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, plain(err), "The connection to Azure cannot be made from these options")
	}
	return client, nil
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
	return c.az.GetToken(ctx, opts) //nolint:wrapcheck // explain reads it
}

func (c *connection) credential() (azcore.TokenCredential, error) {
	if c.client == "" {
		az, err := azidentity.NewAzureCLICredential(&azidentity.AzureCLICredentialOptions{TenantID: c.tenant})
		return commandLine{az, c.entra}, err //nolint:wrapcheck // open explains it
	}
	base, own := options(c.entra), c.authority != ""
	if own {
		base.Cloud = cloud.Configuration{ActiveDirectoryAuthorityHost: c.authority}
	}
	if c.certificate != "" {
		certificates, key, err := readCertificate(c.certificate, c.password)
		if err != nil {
			return nil, err
		}
		return azidentity.NewClientCertificateCredential(c.tenant, c.client, certificates, key, &azidentity.ClientCertificateCredentialOptions{ClientOptions: base, DisableInstanceDiscovery: own}) //nolint:wrapcheck // open explains it
	}
	return azidentity.NewClientSecretCredential(c.tenant, c.client, c.secret, &azidentity.ClientSecretCredentialOptions{ClientOptions: base, DisableInstanceDiscovery: own}) //nolint:wrapcheck // open explains it
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
