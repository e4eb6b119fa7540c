package finops_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/finops"
)

func TestCanonicalProvider_OneNameForEachCloud(t *testing.T) {
	for want, spellings := range map[string][]string{
		"AWS":             {"AWS", "aws", "Amazon", "Amazon Web Services", "Amazon Web Services, Inc.", "Amazon Web Services EMEA SARL", "AWS Inc.", "Amazon Internet Services Private Limited"},
		"Microsoft Azure": {"Microsoft", "Azure", "Microsoft Azure", "microsoft corporation", "Microsoft Ireland Operations Limited", " Microsoft "},
		"Google Cloud":    {"Google", "GCP", "Google Cloud", "Google Cloud Platform", "Google Cloud EMEA Limited", "Google LLC"},
		"Oracle Cloud":    {"Oracle", "OCI", "Oracle Cloud", "Oracle Cloud Infrastructure", "Oracle America, Inc."},
		"Alibaba Cloud":   {"Alibaba", "Aliyun", "Alibaba Cloud"},
	} {
		for _, name := range append(spellings, want) {
			assert.Equal(t, want, finops.CanonicalProvider(name), name)
		}
	}
}

func TestCanonicalProvider_KeepsWhatItDoesNotKnow(t *testing.T) {
	for _, name := range []string{"Hetzner", "Google Workspace", "Microsoft 365", "Oracle NetSuite", "Awsome Hosting", "ACMECORP", "Azureus", "云"} {
		assert.Equal(t, name, finops.CanonicalProvider(name))
	}
}

func TestCanonicalProvider_FirstColumnThatSaysAnything(t *testing.T) {
	assert.Equal(t, "AWS", finops.CanonicalProvider("AWS", "Datadog", "AWS", "Amazon Web Services, Inc.", "Datadog"))
	assert.Equal(t, "Microsoft Azure", finops.CanonicalProvider("", "Microsoft", "", "", ""))
	assert.Equal(t, "Google Cloud", finops.CanonicalProvider("NULL", " ", "GCP", "Reseller", "Vendor"))
	assert.Equal(t, "Reseller", finops.CanonicalProvider("", "", "", "Reseller", "Vendor"))
	assert.Empty(t, finops.CanonicalProvider("", `\N`, "null"))
	assert.Empty(t, finops.CanonicalProvider())
	for _, name := range finops.ProviderColumns {
		column, ok := finops.ColumnByName(name)
		assert.True(t, ok && column.Name == name, name)
	}
}

func TestCanonicalAccount(t *testing.T) {
	const guid = "a243c6f2-199f-4074-9a2c-40e671cf1584"
	for id, want := range map[string]string{
		"418273645501": "418273645501", " 1 ": "1", "": "", "NULL": "", "/": "/",
		"/providers/Microsoft.Billing/billingAccounts/1":                                       "1",
		"/providers/Microsoft.Billing/billingAccounts/1/billingProfiles/ABCD-EFGH":             "ABCD-EFGH",
		"/subscriptions/A243C6F2-199F-4074-9A2C-40E671CF1584/":                                 guid,
		"A243C6F2-199F-4074-9A2C-40E671CF1584":                                                 guid,
		"A243C6F2-199F-4074-9A2C-40E671CF1584:B243C6F2-199F-4074-9A2C-40E671CF1584_2019-05-31": guid + ":b243c6f2-199f-4074-9a2c-40e671cf1584_2019-05-31",
		"billingAccounts/01A2B3-C4D5E6-F7A8B9":                                                 "01A2B3-C4D5E6-F7A8B9", "projects/shop-prod": "shop-prod",
		"team a/prod": "team a/prod", "a/": "a/", "A243C6F2": "A243C6F2", "Shop": "Shop",
	} {
		assert.Equal(t, want, finops.CanonicalAccount(id), id)
		assert.Equal(t, want, finops.CanonicalAccount(want), "again: %s", id)
	}
}
