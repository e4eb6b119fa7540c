package awsexport_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/connector/connectortest"
)

func TestBadLines(t *testing.T) {
	p := place(t)
	p.Files[oct2] = connectortest.Large()
	for key, text := range p.Files {
		p.Put(t, key, text)
	}
	connectortest.OverBadLines(t, awsexport.Connector{}, p.Values["endpoint"], func(address string) map[string]string { return values(address, "prefix", "exp/") }, time.Now)
}

// TestBreaksAtTheEnd breaks the line behind the last byte of a file: nothing is asked for behind its end.
func TestBreaksAtTheEnd(t *testing.T) {
	p, long := place(t), connectortest.Large()
	p.Put(t, oct1, long)
	p.Put(t, octOf, manifestText("m1", oct1))
	proxy := connectortest.NewFaults(t, p.Values["endpoint"], nil)
	proxy.Answer = connectortest.BreaksAtTheEnd(oct1)
	text, err := connectortest.Fetch(t, connectortest.Connect(t, awsexport.Connector{}, values(proxy.URL, "prefix", "exp/"), p.Reach), oct1)
	require.NoError(t, err)
	assert.Equal(t, long, text)
}
