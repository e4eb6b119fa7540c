package azureblob

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"

	"cloud-intelligence/backend/connector/azurecloud"
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
	optSAS       = "sas"
	optKey       = "account_key"
	optEndpoint  = "endpoint"
	optManage    = "management_endpoint"
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
	return append([]source.Option{
		{Name: optAccount, Label: "Storage account", Required: true, Example: "acmebilling", Help: "The storage account that exports are delivered into. Set an export up in the Azure portal: Cost Management → Exports."},
		{Name: optContainer, Label: "Container", Required: true, Example: "exports", Help: "The container of the account."},
		{Name: optPrefix, Label: "Directory", Example: "focus/", Help: "Look only below this directory of the container."},
		{Name: optExports, Label: "Exports", Rare: true, Example: "daily-focus", Help: "Names of the exports to sync, with commas between; empty for all."},
	}, slices.Concat(azurecloud.Options(), []source.Option{
		{Name: optSAS, Label: "SAS token", Rare: true, Secret: true, Help: "In place of a service principal: a shared access signature of the container with the permissions Read and List."},
		{Name: optKey, Label: "Account key", Rare: true, Secret: true, Help: "In place of a service principal: a key of the storage account, which allows everything."},
		{Name: optEndpoint, Label: "Blob endpoint", Rare: true, Example: "https://acmebilling.blob.core.windows.net", Help: "In place of the public one: a private link or another cloud."},
	}, azurecloud.BesideOptions(), []source.Option{azurecloud.ManagementOption(optManage), azurecloud.AuthorityOption()})...)
}

var (
	accountName   = regexp.MustCompile(`^[a-z0-9]{3,24}$`)
	containerName = regexp.MustCompile(`^[a-z0-9](?:-?[a-z0-9]){2,62}$`)
)

// settings are the values of a person, checked.
type settings struct {
	account, container, prefix string
	exports                    map[string]bool // nil = all
	signIn                     azurecloud.SignIn
	sas, key                   string
	endpoint, management       string
}

func parse(values map[string]string) (s settings, err error) {
	get := func(name string) string { return strings.TrimSpace(values[name]) }
	s = settings{
		account: get(optAccount), container: strings.Trim(get(optContainer), "/"), prefix: strings.TrimPrefix(get(optPrefix), "/"), exports: source.NameSet(get(optExports)),
		sas: strings.TrimPrefix(get(optSAS), "?"), key: get(optKey),
	}
	signIn, invalid := azurecloud.ParseSignIn(values)
	s.signIn = signIn
	ways := 0
	for _, given := range []bool{signIn.ByPrincipal(), signIn.ByCode(), s.sas != "", s.key != ""} {
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
	case invalid != nil:
		return s, invalid
	case azurecloud.BesideWanted(values) && (s.sas != "" || s.key != ""):
		return s, finops.Errorf(finops.CodeInvalid, "What is read beside bills can be read by a service principal or the sign-in of the Azure command line, not with a SAS token or an account key.")
	}
	if s.management, err = azurecloud.ManagementEndpoint(values[optManage]); err != nil {
		return s, err
	}
	s.endpoint, err = network.Endpoint("Blob endpoint", get(optEndpoint))
	return s, err
}

// apiBlob is paced as the design sets it: Azure documents nothing.
var apiBlob = network.API{Name: "Azure Blob storage", PerSecond: 5, Burst: 5}

// Connect checks the values.
func (c Connector) Connect(values map[string]string, via source.Reach) (source.Connection, error) {
	if err := source.CheckOptions(c.Options(), values); err != nil {
		return nil, err
	}
	s, err := parse(values)
	if err != nil {
		return nil, err
	}
	conn := &connection{settings: s, now: via.Now, blobs: via.Door.Lane(apiBlob, via.Purpose, via.Waiting)}
	if s.sas == "" && s.key == "" {
		if conn.session, err = s.signIn.Open(via); err != nil {
			return nil, err
		}
		if conn.beside, err = conn.session.Beside(values, s.management, via); err != nil {
			return nil, err
		}
	}
	conn.api, err = conn.open()
	return conn, err
}

// open makes the client of the container for the way of signing in.
func (c *connection) open() (*container.Client, error) {
	address := c.endpoint
	if address == "" {
		address = "https://" + c.account + ".blob.core.windows.net"
	}
	address += "/" + c.container
	opts := &container.ClientOptions{ClientOptions: azurecloud.ClientOptions(c.blobs)}
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
			return nil, finops.Errorf(finops.CodeInvalid, "Account key is not complete: it is a long text that ends in ==.") // the cause would hold it
		}
		client, err = container.NewClientWithSharedKeyCredential(address, key, opts)
	default:
		client, err = container.NewClient(address, c.session, opts)
	}
	if err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, plain(err), "The connection to Azure cannot be made from these options")
	}
	return client, nil
}
