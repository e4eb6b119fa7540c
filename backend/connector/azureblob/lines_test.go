package azureblob_test

import (
	"maps"
	"testing"
	"time"

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
