package gcsexport_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/connector/gcsexport"
)

func TestBadLines(t *testing.T) {
	p := place(t)
	p.Files[oct2] = connectortest.Large()
	for key, text := range p.Files {
		p.Put(t, key, text)
	}
	connectortest.OverBadLines(t, gcsexport.Connector{}, p.Values["endpoint"], func(address string) map[string]string {
		v := maps.Clone(p.Values)
		v["endpoint"] = address
		return v
	}, later)
}

// TestBreaksAtTheEnd breaks the line behind the last byte of a file: nothing is asked for behind its end.
func TestBreaksAtTheEnd(t *testing.T) {
	p, long := place(t), connectortest.Large()
	p.Put(t, oct1, long)
	proxy := connectortest.NewFaults(t, p.Values["endpoint"], nil)
	proxy.Answer = connectortest.BreaksAtTheEnd(oct1)
	v := maps.Clone(p.Values)
	v["endpoint"] = proxy.URL
	text, err := connectortest.Fetch(t, connectortest.Connect(t, gcsexport.Connector{}, v, p.Reach), oct1)
	require.NoError(t, err)
	assert.Equal(t, long, text)
}
