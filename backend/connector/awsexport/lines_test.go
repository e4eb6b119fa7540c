package awsexport_test

import (
	"testing"
	"time"

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
