package connectortest

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
)

// Accounts that the sign-in of Google knows.
const (
	GoogleAccount = "reader@acme-finance.iam.gserviceaccount.com"
	GoogleOther   = "bills@acme-finance.iam.gserviceaccount.com" // may be impersonated
)

// GoogleSignIn plays where tokens of Google come from, and what projects are called: it checks what is signed, and gives tokens that it knows again.
type GoogleSignIn struct {
	URL string
	// Key is the JSON key file of GoogleAccount, User what the Google Cloud command line keeps of a person.
	Key, User string

	mu     sync.Mutex
	given  map[string]string                               // whose token it is
	Refuse func(r *http.Request) (status int, body string) // status 0 = it does not
}

var googleKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// NewGoogleSignIn starts one for the time of a test.
func NewGoogleSignIn(t *testing.T) *GoogleSignIn {
	t.Helper()
	key, err := googleKey()
	require.NoError(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	g := &GoogleSignIn{given: map[string]string{}}
	server := httptest.NewServer(http.HandlerFunc(g.serve))
	t.Cleanup(server.Close)
	g.URL = server.URL
	text, err := json.Marshal(map[string]string{
		"type": "service_account", "project_id": "acme-finance", "private_key_id": "k1", "client_email": GoogleAccount, "token_uri": g.URL + "/token",
		"private_key": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})),
	})
	require.NoError(t, err)
	g.Key = string(text)
	text, err = json.Marshal(map[string]string{"type": "authorized_user", "client_id": "planted-client", "client_secret": "planted-secret", "refresh_token": "planted-refresh", "quota_project_id": "acme-quota", "token_uri": g.URL + "/token"})
	require.NoError(t, err)
	g.User = string(text)
	return g
}

// Whose says whose token a request shows; "" = nobody's.
func (g *GoogleSignIn) Whose(r *http.Request) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.given[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
}

// End makes all tokens end.
func (g *GoogleSignIn) End() {
	g.mu.Lock()
	defer g.mu.Unlock()
	clear(g.given)
}

func (g *GoogleSignIn) give(whose string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	text := "planted-token-" + strconv.Itoa(len(g.given)+1) + "-" + rand.Text()
	g.given[text] = whose
	return text
}

func (g *GoogleSignIn) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if g.Refuse != nil {
		if status, body := g.Refuse(r); status != 0 {
			w.WriteHeader(status)
			_, _ = fmt.Fprint(w, body)
			return
		}
	}
	if account, ok := strings.CutPrefix(r.URL.Path, "/v1/projects/-/serviceAccounts/"); ok {
		if g.Whose(r) == "" || account != GoogleOther+":generateAccessToken" {
			w.WriteHeader(http.StatusForbidden)
			_, _ = fmt.Fprint(w, `{"error":{"code":403,"status":"PERMISSION_DENIED","message":"Permission 'iam.serviceAccounts.getAccessToken' denied"}}`)
			return
		}
		_, _ = fmt.Fprintf(w, `{"accessToken":%q,"expireTime":"2099-01-01T00:00:00Z"}`, g.give(GoogleOther))
		return
	}
	if r.URL.Path == "/v3/projects:search" {
		g.projects(w, r)
		return
	}
	whose, err := g.whose(r)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprint(w, `{"error":"invalid_grant","error_description":"Invalid JWT Signature."}`)
		return
	}
	_, _ = fmt.Fprintf(w, `{"access_token":%q,"expires_in":3599,"token_type":"Bearer"}`, g.give(whose))
}

var errNotSigned = errors.New("it is not signed")

// whose checks what a token is asked with.
func (g *GoogleSignIn) whose(r *http.Request) (string, error) {
	if err := r.ParseForm(); err != nil {
		return "", fmt.Errorf("read the form: %w", err)
	}
	if r.PostForm.Get("refresh_token") == "planted-refresh" && r.PostForm.Get("client_secret") == "planted-secret" {
		return "user", nil
	}
	var claims jwt.RegisteredClaims
	_, err := jwt.ParseWithClaims(r.PostForm.Get("assertion"), &claims, func(*jwt.Token) (any, error) {
		key, err := googleKey()
		if err != nil {
			return nil, err
		}
		return &key.PublicKey, nil
	}, jwt.WithValidMethods([]string{"RS256"}), jwt.WithAudience(g.URL+"/token"), jwt.WithExpirationRequired())
	if err != nil || claims.Issuer != GoogleAccount {
		return "", errors.Join(errNotSigned, err)
	}
	return GoogleAccount, nil
}

// ProjectNames are the projects that GoogleSignIn knows.
var ProjectNames = []source.Account{{ID: "shop-prod", Name: "Shop, production"}, {ID: "shop-test", Name: "Shop test"}}

// projects plays the search for projects of Google Cloud Resource Manager, one a page.
func (g *GoogleSignIn) projects(w http.ResponseWriter, r *http.Request) {
	if g.Whose(r) == "" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	at, _ := strconv.Atoi(r.URL.Query().Get("pageToken"))
	p, next := ProjectNames[at], ""
	if at+1 < len(ProjectNames) {
		next = strconv.Itoa(at + 1)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"projects": []any{map[string]string{"name": "projects/1", "projectId": p.ID, "displayName": p.Name, "state": "ACTIVE"}}, "nextPageToken": next})
}

// CheckAssertion checks that a token is asked for with something that a client has signed with its key.
func CheckAssertion(r *http.Request, key *rsa.PublicKey, client string) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read the form: %w", err)
	}
	var claims jwt.RegisteredClaims
	_, err := jwt.ParseWithClaims(r.PostForm.Get("client_assertion"), &claims, func(*jwt.Token) (any, error) { return key, nil }, jwt.WithValidMethods([]string{"RS256", "PS256"}), jwt.WithExpirationRequired())
	if err != nil || claims.Issuer != client {
		return errors.Join(errNotSigned, err)
	}
	return nil
}

// fakeGCSProgram runs fake-gcs-server until its standard input ends, which it does with the process that started it.
const fakeGCSProgram = `"$1" -scheme http -host 127.0.0.1 -port "$2" -public-host "127.0.0.1:$2" -backend memory -data "$3" 2>&1 & pid=$!
cat >/dev/null; kill $pid`

var startFakeGCS = sync.OnceValues(func() (string, error) {
	program := filepath.Join(emulators(), "fake-gcs-server", "fake-gcs-server")
	if _, err := os.Stat(program); err != nil {
		return "", errNoFakeGCS
	}
	none, err := os.MkdirTemp("", "gcs")
	if err != nil {
		return "", fmt.Errorf("start an emulator: %w", err)
	}
	defer func() { _ = os.Remove(none) }()
	port, err := freePort()
	if err != nil {
		return "", err
	}
	if _, err := start("server started at ", "sh", "-c", fakeGCSProgram, "sh", program, port, none); err != nil {
		return "", err
	}
	return "http://127.0.0.1:" + port, nil
})

// GCSBucket is a bucket of fake-gcs-server.
type GCSBucket struct{ Address, Name string }

// NewGCSBucket makes a bucket of its own for a test.
func NewGCSBucket(t *testing.T) GCSBucket {
	t.Helper()
	b := GCSBucket{FakeGCS(t), fmt.Sprintf("b%x", time.Now().UnixNano())}
	Send(t, http.MethodPost, b.Address+"/storage/v1/b?project=acme-finance", `{"name":"`+b.Name+`"}`)
	return b
}

// Put writes a file.
func (b GCSBucket) Put(t *testing.T, key, content string) {
	t.Helper()
	Send(t, http.MethodPost, b.Address+"/upload/storage/v1/b/"+b.Name+"/o?uploadType=media&name="+url.QueryEscape(key), content)
}

var updated = regexp.MustCompile(`"updated":\s*"[^"]+"`)

// Old has files be older than they are: those that were written just now are not read.
func Old(r *http.Response) error {
	if !strings.Contains(r.Header.Get("Content-Type"), "json") {
		return nil
	}
	text, err := io.ReadAll(r.Body)
	if err = errors.Join(err, r.Body.Close()); err != nil {
		return fmt.Errorf("read an answer: %w", err)
	}
	text = updated.ReplaceAll(text, []byte(`"updated":"2026-01-01T00:00:00Z"`))
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	r.Header.Set("Content-Length", strconv.Itoa(len(text)))
	return nil
}

// Remove removes a file.
func (b GCSBucket) Remove(t *testing.T, key string) {
	t.Helper()
	Send(t, http.MethodDelete, b.Address+"/storage/v1/b/"+b.Name+"/o/"+url.PathEscape(key), "")
}

var errNoFakeGCS = errors.New("fake-gcs-server, which plays Google Cloud Storage, is not installed; build/emulators installs it")

// FakeGCS returns the address of a server that plays Google Cloud Storage. A test is skipped where it is not installed.
func FakeGCS(t *testing.T) string {
	t.Helper()
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("Tests against fake-gcs-server are left out of the short run, and on Windows, where it is started in another way.")
	}
	address, err := startFakeGCS()
	if errors.Is(err, errNoFakeGCS) {
		t.Skip(err)
	}
	require.NoError(t, err)
	return address
}
