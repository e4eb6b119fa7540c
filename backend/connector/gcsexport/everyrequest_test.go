package gcsexport_test

import (
	"maps"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/connector/gcsexport"
	"cloud-intelligence/backend/source"
)

// TestEveryRequest ends the token, and cuts an answer, at each request of a list in several pages and of files.
func TestEveryRequest(t *testing.T) {
	p := place(t)
	for key, text := range p.Files {
		p.Put(t, key, text)
	}
	signIn := connectortest.NewGoogleSignIn(t)
	connect := func(t *testing.T, plan func(*http.Request) *connectortest.Fault) source.Connection {
		t.Helper()
		proxy := connectortest.NewFaults(t, p.Values["endpoint"], func(r *http.Request) *connectortest.Fault {
			connectortest.TwoAPage(r, "maxResults")
			if plan != nil {
				if fault := plan(r); fault != nil {
					return fault
				}
			}
			if signIn.Whose(r) == "" {
				fault := refusal(http.StatusUnauthorized, "authError")
				return &fault
			}
			return nil
		})
		v := maps.Clone(p.Values)
		v["endpoint"], v["service_account_key"] = proxy.URL, signIn.Key
		return connectortest.Connect(t, gcsexport.Connector{}, v, p.Reach)
	}
	t.Run("DropsAgain", func(t *testing.T) {
		connectortest.DropsAgain(t, connect, func(r *http.Request) bool { return r.URL.Query().Get("alt") == "media" }, 1)
	})
	ended := 0
	for name, fault := range map[string]func(*http.Request) *connectortest.Fault{
		"TokenEnded": func(*http.Request) *connectortest.Fault { ended++; signIn.End(); return nil },
		"Cut":        func(*http.Request) *connectortest.Fault { return &connectortest.Fault{Cutoff: true, Cut: 3} },
	} {
		t.Run(name, func(t *testing.T) { connectortest.AtEveryRequest(t, connect, fault) })
	}
	assert.Positive(t, ended)
}
