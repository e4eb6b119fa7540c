package googlecloud

import (
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optKey         = "service_account_key"
	optImpersonate = "impersonate"
	optIAM         = "iam_endpoint"
)

// Options ask how to sign in. A connector adds its own.
func Options() []source.Option {
	return []source.Option{
		{Name: optKey, Label: "Service account key", Secret: true, Help: "Paste the whole text of the JSON key file of a service account. Without one, the sign-in of the Google Cloud command line on this computer is used (gcloud auth application-default login)."},
		{Name: optImpersonate, Label: "Service account to impersonate", Example: "bills@acme-finance.iam.gserviceaccount.com", Help: "Reads the bills after signing in; needs no key of its own."},
		{Name: optIAM, Label: "Sign-in endpoint", Rare: true, Example: "https://iamcredentials.googleapis.com", Help: "Where tokens to impersonate are asked for, in place of the public address."},
	}
}

// SignIn is how a person signs in, checked.
type SignIn struct {
	key         *identity // nil = the sign-in of the command line
	impersonate string
	iam         string
}

var accountMail = regexp.MustCompile(`^[a-z0-9-]+@[a-z0-9.-]+\.gserviceaccount\.com$`)

// ParseSignIn reads the values of Options. It answers CodeInvalid, and never with what a secret holds.
func ParseSignIn(values map[string]string) (s SignIn, err error) {
	s.impersonate = strings.TrimSpace(values[optImpersonate])
	if s.impersonate != "" && !accountMail.MatchString(s.impersonate) {
		return s, finops.Errorf(finops.CodeInvalid, "Service account to impersonate must be its e-mail address, such as bills@acme-finance.iam.gserviceaccount.com.")
	}
	if text := strings.TrimSpace(values[optKey]); text != "" {
		if s.key, err = readIdentity([]byte(text)); err != nil || s.key.kind != kindService {
			return s, finops.Errorf(finops.CodeInvalid, "Service account key is not complete: paste the whole text of the JSON file that Google Cloud offers when a key is made.")
		}
	}
	s.iam, err = network.Endpoint("Sign-in endpoint", values[optIAM])
	return s, err
}

// The kinds of credential files that are read.
const (
	kindService     = "service_account"
	kindUser        = "authorized_user"
	kindImpersonate = "impersonated_service_account"
)

// identity is a file of credentials: a key, or what the Google Cloud command line keeps.
type identity struct {
	kind       string
	mail       string
	keyID      string
	key        *rsa.PrivateKey
	tokenURL   string
	clientID   string
	clientKey  string
	refresh    string
	quota      string    // project that calls of a person are counted for
	source     *identity // of an impersonated one
	mailBehind string    // the account that it impersonates
}

// publicToken is where tokens are asked for unless a file names another place.
const publicToken = "https://oauth2.googleapis.com/token" //nolint:gosec // an address

// behind finds the account in the address of an impersonation.
var behind = regexp.MustCompile(`/serviceAccounts/([^/:]+):generateAccessToken$`)

func readIdentity(text []byte) (*identity, error) {
	var f struct {
		Type          string          `json:"type"`
		Mail          string          `json:"client_email"`
		KeyID         string          `json:"private_key_id"`
		Key           string          `json:"private_key"`
		TokenURL      string          `json:"token_uri"`
		ClientID      string          `json:"client_id"`
		ClientSecret  string          `json:"client_secret"`
		Refresh       string          `json:"refresh_token"`
		Quota         string          `json:"quota_project_id"`
		Impersonation string          `json:"service_account_impersonation_url"`
		Source        json.RawMessage `json:"source_credentials"`
	}
	if json.Unmarshal(text, &f) != nil {
		return nil, errDamaged // the cause would hold a part of the text
	}
	id := &identity{kind: f.Type, mail: f.Mail, keyID: f.KeyID, tokenURL: f.TokenURL, clientID: f.ClientID, clientKey: f.ClientSecret, refresh: f.Refresh, quota: f.Quota}
	if id.tokenURL == "" {
		id.tokenURL = publicToken
	}
	var err error
	switch f.Type {
	case kindService:
		if id.key, err = jwt.ParseRSAPrivateKeyFromPEM([]byte(f.Key)); err != nil || id.mail == "" {
			return nil, errDamaged
		}
	case kindUser:
		if id.refresh == "" || id.clientID == "" {
			return nil, errDamaged
		}
	case kindImpersonate:
		account := behind.FindStringSubmatch(f.Impersonation)
		if account == nil {
			return nil, errDamaged
		}
		id.mailBehind = account[1]
		if id.source, err = readIdentity(f.Source); err != nil || id.source.kind == kindImpersonate {
			return nil, errDamaged
		}
	default:
		return nil, errDamaged
	}
	return id, nil
}

var errDamaged = finops.Errorf(finops.CodeDenied, "The sign-in of the Google Cloud command line on this computer cannot be used. Run `gcloud auth application-default login`, or enter a service account key.")

// commandLine reads the sign-in that the Google Cloud command line keeps on this computer, or the file that GOOGLE_APPLICATION_CREDENTIALS
// names. It answers CodeDenied where there is none.
func commandLine() (*identity, error) {
	path := os.Getenv("GOOGLE_APPLICATION_CREDENTIALS")
	if path == "" {
		folder := os.Getenv("CLOUDSDK_CONFIG")
		if folder == "" && runtime.GOOS == "windows" {
			folder = filepath.Join(os.Getenv("APPDATA"), "gcloud")
		}
		if folder == "" {
			home, err := os.UserHomeDir()
			if err != nil {
				return nil, errDamaged
			}
			folder = filepath.Join(home, ".config", "gcloud")
		}
		path = filepath.Join(folder, "application_default_credentials.json")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, finops.WrapError(finops.CodeDenied, err, "There is no sign-in of the Google Cloud command line on this computer. Run `gcloud auth application-default login`, or enter a service account key")
	}
	return readIdentity(text)
}

// whose says whose sign-in it is.
func (id *identity) whose() string {
	switch id.kind {
	case kindService:
		return "the service account " + id.mail
	case kindImpersonate:
		return "the service account " + id.mailBehind
	}
	return "the Google account of the Google Cloud command line"
}

// who says who reads.
func (s SignIn) who(id *identity) string {
	if s.impersonate != "" {
		return fmt.Sprintf("Signed in as %s, impersonating %s.", id.whose(), s.impersonate)
	}
	return fmt.Sprintf("Signed in as %s.", id.whose())
}
