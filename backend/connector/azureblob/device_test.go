package azureblob_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azureblob"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// TestDeviceCode signs in with a code that the person enters in a browser, once for a test and the sync that follows.
func TestDeviceCode(t *testing.T) {
	const pending = `{"error":"authorization_pending","error_codes":[70016]}`
	entered, polls := &atomic.Bool{}, &atomic.Int32{}
	address, _, via := connectortest.Entra(t, func(r *http.Request) (int, string) {
		assert.Equal(t, "device_code", r.FormValue("grant_type"))
		if polls.Add(1); !entered.Load() {
			return http.StatusBadRequest, pending
		}
		return http.StatusOK, connectortest.SignedIn(r, "planted-token", time.Hour)
	}, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/devicecode") {
			_, _ = fmt.Fprint(w, `{"user_code":"GH7K2","device_code":"planted-device-code","verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":1,"message":"x"}`)
			return
		}
		assert.Equal(t, "Bearer planted-token", r.Header.Get("Authorization"))
		w.Header().Set("Content-Type", "application/xml")
		_, _ = fmt.Fprint(w, `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="exports"><Blobs></Blobs><NextMarker/></EnumerationResults>`)
	})
	v := map[string]string{"account": "acmebilling", "container": "exports", "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "device_code": "on", "endpoint": address, "authority": address}

	steps := connectortest.Connect(t, azureblob.Connector{}, v, via).Test(t.Context())
	require.Len(t, steps, 1)
	assert.Contains(t, steps[0].Detail, "Somebody has to sign in", "nobody is there")
	assert.Zero(t, polls.Load())

	var asked []source.Prompt
	via.SignIn = &source.Kept{}
	via.Prompt = func(ctx context.Context, p source.Prompt) (string, error) {
		asked = append(asked, p)
		entered.Store(true)
		<-ctx.Done()
		return "", context.Cause(ctx)
	}
	for range 2 { // a test and a sync
		steps = connectortest.Connect(t, azureblob.Connector{}, v, via).Test(t.Context())
		require.Len(t, steps, 3, "%v", steps)
		assert.Equal(t, "Signed in with a code.", steps[0].Detail)
		assert.NotContains(t, fmt.Sprint(steps, asked), "planted")
	}
	assert.Equal(t, []source.Prompt{{Text: "Sign in to Microsoft on this page with this code.", Address: "https://microsoft.com/devicelogin", Code: "GH7K2"}}, asked)

	via.SignIn = &source.Kept{}
	entered.Store(false)
	via.Prompt = func(context.Context, source.Prompt) (string, error) {
		return "", finops.Errorf(finops.CodeDenied, "Nobody signed in within 15 minutes.")
	}
	steps = connectortest.Connect(t, azureblob.Connector{}, v, via).Test(t.Context())
	require.Len(t, steps, 1)
	assert.Contains(t, steps[0].Detail, "Nobody signed in within", "who does not come is not waited for")
}

// TestDeviceCode_RefusedToken: a token that Azure does not accept any more, in the middle of a listing, is renewed without the person.
func TestDeviceCode_RefusedToken(t *testing.T) {
	prompts, renewals := 0, 0
	address, _, via := connectortest.Entra(t, func(r *http.Request) (int, string) {
		if r.FormValue("grant_type") == "refresh_token" {
			renewals++
			assert.Contains(t, r.FormValue("claims"), `"nbf":{"essential":true`, "with claims no token is taken that was made before")
			return http.StatusOK, connectortest.SignedIn(r, "planted-second", time.Hour)
		}
		return http.StatusOK, connectortest.SignedIn(r, "planted-first", time.Hour)
	}, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/devicecode"):
			_, _ = fmt.Fprint(w, `{"user_code":"GH7K2","device_code":"planted-device-code","verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":1,"message":"x"}`)
		case r.URL.Query().Get("marker") == "two" && r.Header.Get("Authorization") == "Bearer planted-first":
			w.Header().Set("x-ms-error-code", "InvalidAuthenticationInfo")
			w.WriteHeader(http.StatusUnauthorized)
		default:
			w.Header().Set("Content-Type", "application/xml")
			next := map[string]string{"": "<NextMarker>two</NextMarker>"}[r.URL.Query().Get("marker")]
			_, _ = fmt.Fprint(w, `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="exports"><Blobs></Blobs>`+next+`</EnumerationResults>`)
		}
	})
	via.SignIn = &source.Kept{}
	via.Prompt = func(ctx context.Context, _ source.Prompt) (string, error) {
		prompts++
		<-ctx.Done()
		return "", context.Cause(ctx)
	}
	v := map[string]string{"account": "acmebilling", "container": "exports", "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "device_code": "on", "endpoint": address, "authority": address}
	require.NoError(t, connectortest.Connect(t, azureblob.Connector{}, v, via).List(t.Context(), func(source.Object) error { return nil }))
	assert.Equal(t, []int{1, 1}, []int{prompts, renewals})
}
