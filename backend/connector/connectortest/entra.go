package connectortest

import (
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// Entra plays Microsoft Entra ID, where token says what is answered to who asks for a token, and behind it what rest plays. It returns the
// address, the file with its certificate, and how it is reached: the library for Azure sends tokens over TLS only.
func Entra(t *testing.T, token func(*http.Request) (status int, answer string), rest http.HandlerFunc) (address, caFile string, via source.Reach) {
	t.Helper()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/.well-known/openid-configuration"):
			at := "https://" + r.Host + "/" + strings.Split(r.URL.Path, "/")[1]
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"issuer":"%[1]s/v2.0","authorization_endpoint":"%[1]s/oauth2/v2.0/authorize","token_endpoint":"%[1]s/oauth2/v2.0/token"}`, at)
		case strings.HasSuffix(r.URL.Path, "/oauth2/v2.0/token"):
			status, answer := token(r)
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = fmt.Fprint(w, answer)
		default:
			rest(w, r)
		}
	}))
	t.Cleanup(server.Close)
	caFile = certificate(t, server)
	door, err := network.New(network.Settings{CAFile: caFile})
	require.NoError(t, err)
	t.Cleanup(door.Close)
	return server.URL, caFile, source.Reach{Door: door.WithPatience(Quick()), Purpose: "bills of Test", Now: time.Now}
}

// SignedIn is what Microsoft Entra ID answers to a person who has signed in, as r asks: a token that is good for a time, and another one to renew it.
func SignedIn(r *http.Request, token string, goodFor time.Duration) string {
	text := func(v map[string]any) string {
		out, _ := json.Marshal(v)
		return base64.RawURLEncoding.EncodeToString(out)
	}
	id := text(map[string]any{"alg": "none"}) + "." + text(map[string]any{"oid": "o1", "tid": "t1", "sub": "s1", "preferred_username": "ann@acme.example", "exp": 4102444800}) + "."
	return fmt.Sprintf(`{"token_type":"Bearer","expires_in":%d,"access_token":%q,"refresh_token":"planted-refresh","scope":%q,"id_token":%q,"client_info":%q}`, int(goodFor.Seconds()), token, r.FormValue("scope"), id, text(map[string]any{"uid": "o1", "utid": "t1"}))
}

// certificate writes the certificate of a server to a file, which it returns.
func certificate(t *testing.T, server *httptest.Server) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
	return path
}
