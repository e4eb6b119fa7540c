package azureblob_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azureblob"
	"cloud-intelligence/backend/connector/connectortest"
)

func TestBadLines(t *testing.T) {
	p := place(t)
	p.Files[sep2] = connectortest.Large()
	put(t, p, sep1, sep2, sepOf, oct1, octOf)
	connectortest.OverBadLines(t, azureblob.Connector{}, p.Values["endpoint"], func(address string) map[string]string {
		v := maps.Clone(p.Values)
		v["endpoint"] = address
		return v
	}, time.Now)
}

// TestBreaksAtTheEnd breaks the line behind the last byte of a file: nothing is asked for behind its end.
func TestBreaksAtTheEnd(t *testing.T) {
	p, long := place(t), connectortest.Large()
	p.Put(t, oct1, long)
	put(t, p, octOf)
	proxy := connectortest.NewFaults(t, strings.TrimSuffix(p.Values["endpoint"], "/"+connectortest.AzuriteAccount), nil)
	proxy.Answer = connectortest.BreaksAtTheEnd(oct1)
	v := maps.Clone(p.Values)
	v["endpoint"] = proxy.URL + "/" + connectortest.AzuriteAccount
	text, err := connectortest.Fetch(t, connectortest.Connect(t, azureblob.Connector{}, v, p.Reach), oct1)
	require.NoError(t, err)
	assert.Equal(t, long, text)
}
