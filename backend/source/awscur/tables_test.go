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
	assert.GreaterOrEqual(t, len(services), 300)
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
			t.Errorf("%s and %s are distinguished by their prefix alone", code, other)
		}
		rest[restOfCode(code)] = code
	}
}

func TestServiceOf(t *testing.T) {
	for _, c := range []struct {
		code, name, family, usage string
		want                      service
	}{
		{"AmazonEC2", "Amazon Elastic Compute Cloud", "Storage", "", service{"Amazon Elastic Compute Cloud", "Storage", "Block Storage"}},
		{"AmazonEC2", "", "Compute Instance", "", service{"Amazon Elastic Compute Cloud", "Compute", "Virtual Machines"}},
		{"AmazonEC2", "", "System Operation", "EUW1-EBS:VolumeP-IOPS.piops", service{"Amazon Elastic Compute Cloud", "Storage", "Block Storage"}},
		{"AmazonEC2", "", "", "USE2-NatGateway-Bytes", service{"Amazon Elastic Compute Cloud", "Networking", "Network Infrastructure"}},
		{"AmazonEC2", "", "", "EUW1-DataTransfer-Out-Bytes", service{"Amazon Elastic Compute Cloud", "Networking", "Network Infrastructure"}},
		{"AmazonEC2", "", "", "EUW1-LCUUsage", service{"Amazon Elastic Compute Cloud", "Networking", "Application Networking"}},
		{"AmazonEC2", "", "", "EBSOptimized:m1.large", service{"Amazon Elastic Compute Cloud", "Compute", "Virtual Machines"}},
		{"OCBElastiCache", "", "", "", service{"Amazon ElastiCache", "Databases", "Caching"}},
		{"AWSTransitGateway", "", "", "", service{"AWS Transit Gateway", "Networking", "Network Connectivity"}},
		{"AWSNeptune", "", "", "", service{"Amazon Neptune", "Databases", "NoSQL Databases"}}, // the other prefix
		{"AWSSupportEnterprise", "AWS Support (Enterprise)", "", "", service{"AWS Support (Enterprise)", "Other", "Support"}},
		{"ContactCenterTelecommDE", "", "", "", service{"Contact Center Telecommunications", "Business Applications", "Other (Business Applications)"}},
		{"NewSavingsPlans", "", "", "", service{"Savings Plans", "Compute", "Virtual Machines"}},
		{"abc", "Claude (Amazon Bedrock Edition)", "", "", service{"Claude (Amazon Bedrock Edition)", "AI and Machine Learning", "Generative AI"}},
		{"abc", "A product", "", "", service{"A product", "Other", "Other (Other)"}},
		{"", "", "", "", service{}},
	} {
		assert.Equal(t, c.want, serviceOf(c.code, c.name, c.family, c.usage), "%s %s", c.code, c.name)
	}
}

func TestRegionOf(t *testing.T) {
	for _, c := range []struct {
		code, zone, location string
		want                 region
	}{
		{"eu-west-1", "eu-west-1b", "EU (Ireland)", region{"eu-west-1", "Europe (Ireland)", "eu-west-1b"}},
		{"", "us-east-1", "", region{"us-east-1", "US East (N. Virginia)", ""}},
		{"us-west-2-lax-1", "us-west-2-lax-1a", "", region{"us-west-2-lax-1", "US West (Los Angeles)", "us-west-2-lax-1a"}},
		{"us-east-1-wl1", "us-east-1-wl1-bos-wlz-1", "US East (Verizon) - Boston", region{"us-east-1-wl1", "US East (Verizon) - Boston", "us-east-1-wl1-bos-wlz-1"}},
		{"", "us-east-1-wl1-bos-wlz-1", "", region{"us-east-1", "US East (N. Virginia)", "us-east-1-wl1-bos-wlz-1"}},
		{"", "", "EU (Zurich)", region{"eu-central-2", "Europe (Zurich)", ""}},
		{"", "us-gov-east-1a", "", region{"us-gov-east-1", "AWS GovCloud (US-East)", "us-gov-east-1a"}},
		{"", "cn-northwest-1b", "", region{"cn-northwest-1", "China (Ningxia)", "cn-northwest-1b"}},
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

// TestResourceType reads ids of many services: ARNs of all partitions, and ids of EC2.
func TestResourceType(t *testing.T) {
	for id, want := range map[string]string{
		"arn:aws:lambda:us-east-1:1:function:f":                                "function",
		"arn:aws:rds:eu-west-1:1:cluster:c":                                    "cluster",
		"arn:aws-us-gov:rds:us-gov-west-1:1:db:d":                              "db",
		"arn:aws-cn:s3:::bucket":                                               "bucket",
		"arn:aws:s3:::bucket/key":                                              "bucket",
		"arn:aws:sqs:us-east-1:1:jobs":                                         "queue",
		"arn:aws:sns:us-east-1:1:news":                                         "topic",
		"arn:aws:dynamodb:us-east-1:1:table/t":                                 "table",
		"arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/a/0":        "loadbalancer",
		"arn:aws:apigateway:us-east-1::/restapis/a/stages/b":                   "restapis",
		"arn:aws:execute-api:us-east-1:1:a/prod/GET":                           "api",
		"arn:aws:logs:us-east-1:1:log-group:/aws/lambda/f":                     "log-group",
		"arn:aws:route53:::hostedzone/Z":                                       "hostedzone",
		"arn:aws:ec2:us-east-1:1:dedicated-host/h-0":                           "dedicated-host",
		"arn:aws:eks:us-east-1:1:pod/c/n/p/u":                                  "pod",
		"arn:aws:ecs:us-east-1:1:task/c/t":                                     "task",
		"arn:aws:codecommit:us-east-1:1:r":                                     "repository",
		"arn:aws:unheard:us-east-1:1:x":                                        "",
		"arn:aws:sagemaker:us-east-1:1:notebook-instance/n":                    "notebook-instance",
		"arn:aws:kms:us-east-1:1:key/k":                                        "key",
		"arn:aws:secretsmanager:us-east-1:1:secret:s":                          "secret",
		"arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku": "foundation-model",
		"arn:aws:savingsplans::1:savingsplan/p":                                "savingsplan",
		"arn:":                                                                 "", "i-0": "instance", "vol-0": "volume", "nat-0": "natgateway", "igw-0": "internet-gateway", "h-0": "dedicated-host", "example.com": "", "": "",
	} {
		assert.Equal(t, want, string(resourceType([]byte(id), []byte("AmazonEC2"))), id)
	}
	assert.Equal(t, "bucket", string(resourceType([]byte("logs"), []byte("AmazonS3"))))
}

// TestTags_WrittenAgain reads tags as programs write them that have read a report and saved
// it again, and notes those that cannot be read.
func TestTags_WrittenAgain(t *testing.T) {
	for text, want := range map[string]string{
		`{"user_team":"web"}`: `web`, `[('user_team', 'web'), ('user_note', 'it\'s')]`: "web", `{'user_team': 'web'}`: "web", `{user_team=web, user_app=x}`: "web", `[]`: "",
	} {
		found, ok := parseMap([]byte(text))
		assert.True(t, ok, text)
		assert.Equal(t, want, found["user_team"], text)
	}
	_, ok := parseMap([]byte("user_team is web"))
	assert.False(t, ok)
}
