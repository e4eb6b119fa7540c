package connectortest

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/sas"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
)

// Container is a container of Azurite.
type Container struct {
	Address string // of the account
	Name    string
	client  *container.Client
}

// NewContainer makes a container of its own for a test.
func NewContainer(t *testing.T) Container {
	t.Helper()
	c := Container{Address: Azurite(t), Name: fmt.Sprintf("c%x", time.Now().UnixNano())}
	key, err := container.NewSharedKeyCredential(AzuriteAccount, AzuriteKey)
	require.NoError(t, err)
	c.client, err = container.NewClientWithSharedKeyCredential(c.Address+"/"+c.Name, key, nil)
	require.NoError(t, err)
	_, err = c.client.Create(t.Context(), nil)
	require.NoError(t, err)
	return c
}

// Put writes a blob.
func (c Container) Put(t *testing.T, key, content string) {
	t.Helper()
	_, err := c.client.NewBlockBlobClient(key).UploadBuffer(t.Context(), []byte(content), nil)
	require.NoError(t, err)
}

// Remove removes a blob.
func (c Container) Remove(t *testing.T, key string) {
	t.Helper()
	_, err := c.client.NewBlobClient(key).Delete(t.Context(), nil)
	require.NoError(t, err)
}

// SAS is a SAS token of a container that ends at a time, without a question mark.
func SAS(t *testing.T, name string, permissions sas.ContainerPermissions, end time.Time) string {
	t.Helper()
	key, err := container.NewSharedKeyCredential(AzuriteAccount, AzuriteKey)
	require.NoError(t, err)
	q, err := sas.BlobSignatureValues{Protocol: sas.ProtocolHTTPSandHTTP, ExpiryTime: end.UTC(), ContainerName: name, Permissions: permissions.String()}.SignWithSharedKey(key)
	require.NoError(t, err)
	return q.Encode()
}

// TokenBlobs plays Microsoft Entra ID, which lets everybody in, and behind it Blob storage that checks tokens, which Azurite does not: what shows one that has not
// ended is passed on to a container of Azurite.
type TokenBlobs struct {
	URL    string // of the account
	Entra  string // where to sign in
	CAFile string // has the certificate of both
	Reach  source.Reach

	mu    sync.Mutex
	given int
	valid string
	wire  strings.Builder
	signs strings.Builder
}

// NewTokenBlobs starts one for the time of a test. plan is asked for each request to Blob storage; a fault with a status is its answer, any other ends the
// connection, and nil is none. It may change the request.
func NewTokenBlobs(t *testing.T, c Container, plan func(*http.Request) *Fault) *TokenBlobs {
	t.Helper()
	target, err := url.Parse(strings.TrimSuffix(c.Address, "/"+AzuriteAccount))
	require.NoError(t, err)
	signed := SAS(t, c.Name, sas.ContainerPermissions{Read: true, List: true}, time.Now().Add(time.Hour))
	forward := &httputil.ReverseProxy{ErrorLog: log.New(io.Discard, "", 0), Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Header.Del("Authorization")
		r.Out.URL.RawQuery += "&" + signed
	}}
	b := &TokenBlobs{}
	b.Entra, b.CAFile, b.Reach = Entra(t, b.give, func(w http.ResponseWriter, r *http.Request) {
		b.note(&b.wire, r)
		if plan != nil {
			if fault := plan(r); fault != nil {
				fault.Reset = fault.Status == 0
				fault.play(w)
				return
			}
		}
		if !b.accepts(r) {
			w.Header().Set("X-Ms-Error-Code", "InvalidAuthenticationInfo")
			w.Header().Set("WWW-Authenticate", "Bearer authorization_uri=https://"+r.Host+"/72f988bf-0000-4000-8000-2d7cd011db47/oauth2/authorize resource_id=https://storage.azure.com")
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		forward.ServeHTTP(w, r)
	})
	b.URL = b.Entra + "/" + AzuriteAccount
	return b
}

// note keeps what was sent.
func (b *TokenBlobs) note(where *strings.Builder, r *http.Request) {
	text, err := httputil.DumpRequest(r, true)
	b.mu.Lock()
	defer b.mu.Unlock()
	where.Write(text)
	if err != nil { // what was sent is not known, which no test may take for nothing
		where.WriteString(err.Error())
	}
}

func (b *TokenBlobs) give(r *http.Request) (status int, answer string) {
	b.note(&b.signs, r)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.given++
	b.valid = fmt.Sprintf("planted-token-%d", b.given)
	return http.StatusOK, fmt.Sprintf(`{"token_type":"Bearer","expires_in":3599,"access_token":%q}`, b.valid)
}

func (b *TokenBlobs) accepts(r *http.Request) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.valid != "" && r.Header.Get("Authorization") == "Bearer "+b.valid
}

// End makes all tokens end.
func (b *TokenBlobs) End() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.valid = ""
}

// Wire is all that was sent to Blob storage so far.
func (b *TokenBlobs) Wire() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.wire.String()
}

// SignIns is all that was sent to sign in so far.
func (b *TokenBlobs) SignIns() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.signs.String()
}
