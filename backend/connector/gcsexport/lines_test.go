package gcsexport_test

import (
	"maps"
	"testing"

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
