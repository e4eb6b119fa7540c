package awscur

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/finops"
)

// valuesOf returns the allowed values of a column in the FOCUS specification.
func valuesOf(column string) []string {
	c, _ := finops.ColumnByName(column)
	return c.Values
}

func TestServices_WordsOfFOCUS(t *testing.T) {
	categories, details := valuesOf("ServiceCategory"), valuesOf("ServiceSubcategory")
	assert.GreaterOrEqual(t, len(services), 200)
	category := map[string]string{} // of each subcategory: it belongs to one
	rest := map[string]string{}
	for code, s := range services {
		assert.Equal(t, strings.ToLower(code), code)
		assert.NotEmpty(t, s.name, code)
		assert.Contains(t, categories, s.category, code)
		assert.Contains(t, details, s.subcategory, code)
		if name, ok := strings.CutPrefix(s.subcategory, "Other ("); ok {
			assert.Equal(t, s.category, strings.TrimSuffix(name, ")"), code)
		}
		if known := category[s.subcategory]; known != "" {
			assert.Equal(t, known, s.category, "%s: %s belongs to one category", code, s.subcategory)
		}
		category[s.subcategory] = s.category
		if other := rest[restOfCode(code)]; other != "" {
			t.Errorf("%s and %s are told apart by their prefix alone", code, other)
		}
		rest[restOfCode(code)] = code
	}
}

func TestServiceOf(t *testing.T) {
	for _, c := range []struct {
		code, name, family string
		want               service
	}{
		{"AmazonEC2", "Amazon Elastic Compute Cloud", "Storage", service{"Amazon Elastic Compute Cloud", "Storage", "Block Storage"}},
		{"AmazonEC2", "", "Compute Instance", service{"Amazon Elastic Compute Cloud", "Compute", "Virtual Machines"}},
		{"AWSTransitGateway", "", "", service{"AWS Transit Gateway", "Networking", "Network Connectivity"}},
		{"AWSNeptune", "", "", service{"Amazon Neptune", "Databases", "NoSQL Databases"}}, // the other prefix
		{"AWSSupportEnterprise", "AWS Support (Enterprise)", "", service{"AWS Support (Enterprise)", "Other", "Support"}},
		{"ContactCenterTelecommDE", "", "", service{"Contact Center Telecommunications", "Business Applications", "Other (Business Applications)"}},
		{"NewSavingsPlans", "", "", service{"Savings Plans", "Compute", "Virtual Machines"}},
		{"abc", "Claude (Amazon Bedrock Edition)", "", service{"Claude (Amazon Bedrock Edition)", "AI and Machine Learning", "Generative AI"}},
		{"abc", "A product", "", service{"A product", "Other", "Other (Other)"}},
		{"", "", "", service{}},
	} {
		assert.Equal(t, c.want, serviceOf(c.code, c.name, c.family), "%s %s", c.code, c.name)
	}
}

func TestRegionOf(t *testing.T) {
	for _, c := range []struct {
		code, zone, location string
		want                 region
	}{
		{"eu-west-1", "eu-west-1b", "EU (Ireland)", region{"eu-west-1", "Europe (Ireland)", "eu-west-1b"}},
		{"", "us-east-1", "", region{"us-east-1", "US East (N. Virginia)", ""}},
		{"", "us-west-2c", "", region{"us-west-2", "US West (Oregon)", "us-west-2c"}},
		{"", "", "EU (Frankfurt)", region{"eu-central-1", "Europe (Frankfurt)", ""}},
		{"moon-1", "", "The Moon", region{"moon-1", "The Moon", ""}},
		{"moon-1", "", "", region{"moon-1", "moon-1", ""}},
		{"", "", "Any", region{}},
		{"global", "", "Any", region{"global", "Global", ""}},
	} {
		assert.Equal(t, c.want, regionOf(c.code, c.zone, c.location), "%s %s %s", c.code, c.zone, c.location)
	}
}
