package awscur

import (
	"bytes"
	"strings"
)

// service is what FOCUS says about a service. Every service has one category, but for
// Amazon EC2, which sells disks and networks under its own name.
type service struct{ name, category, subcategory string }

// serviceOf finds a service by the product code of its lines. The name that the report
// prints is kept; the table's is for reports that print none.
func serviceOf(code, name, family, usage string) service {
	s, ok := services[strings.ToLower(code)]
	if !ok {
		s, ok = servicesByRest[restOfCode(strings.ToLower(code))]
	}
	if !ok {
		s = service{code, "Other", "Other (Other)"}
		switch {
		case strings.HasSuffix(code, "SavingsPlans"):
			s = service{"Savings Plans", "Compute", "Virtual Machines"}
		case strings.Contains(code, "Support"): // AWSSupportBusiness, AWSDeveloperSupport, OCBPremiumSupport
			s = service{"AWS Support", "Other", "Support"}
		case strings.HasPrefix(code, "ContactCenterTelecomm"): // one code for each country
			s = service{"Contact Center Telecommunications", "Business Applications", "Other (Business Applications)"}
		case strings.HasSuffix(name, "(Amazon Bedrock Edition)"): // models of others, sold on the Marketplace
			s = service{name, "AI and Machine Learning", "Generative AI"}
		}
	}
	if code == "AmazonEC2" {
		s.category, s.subcategory = categoryOfEC2(s, family, usage)
	}
	if name != "" {
		s.name = name
	}
	if s.name == "" {
		s.category, s.subcategory = "", ""
	}
	return s
}

// categoryOfEC2 distinguishes what Amazon EC2 sells: by product family, or by the usage type
// where there is no family or one that mixes both.
func categoryOfEC2(s service, family, usage string) (category, subcategory string) {
	switch {
	case family == "Storage", family == "Storage Snapshot", family == "Provisioned Throughput", strings.Contains(usage, "EBS:"):
		return "Storage", "Block Storage"
	case strings.HasPrefix(family, "Load Balancer"), strings.Contains(usage, "LoadBalancerUsage"), strings.Contains(usage, "LCUUsage"):
		return "Networking", "Application Networking"
	case family == "Data Transfer", family == "NAT Gateway", family == "IP Address",
		strings.Contains(usage, "NatGateway"), strings.Contains(usage, "ElasticIP:"), strings.Contains(usage, "DataTransfer-"), strings.Contains(usage, "-AWS-Out-Bytes"), strings.Contains(usage, "-AWS-In-Bytes"):
		return "Networking", "Network Infrastructure"
	}
	return s.category, s.subcategory
}

// restOfCode is a product code without the prefix that AWS uses now this way, now that; OCB
// begins those of charges outside the monthly bill.
func restOfCode(code string) string {
	for _, prefix := range []string{"amazon", "aws", "ocb"} {
		if rest, ok := strings.CutPrefix(code, prefix); ok {
			return rest
		}
	}
	return code
}

var servicesByRest = func() map[string]service {
	all := make(map[string]service, len(services))
	for code, s := range services {
		all[restOfCode(code)] = s
	}
	return all
}()

// resourceType names the kind of a resource by its id: the segment of an ARN, or the
// prefix of an id of EC2; nil where the id does not show it.
func resourceType(id, code []byte) []byte {
	if rest, ok := bytes.CutPrefix(id, []byte("arn:")); ok { // arn:partition:service:region:account:resource
		_, rest, _ = bytes.Cut(rest, colon)
		owner, rest, _ := bytes.Cut(rest, colon)
		_, rest, _ = bytes.Cut(rest, colon)
		_, resource, _ := bytes.Cut(rest, colon)
		switch string(owner) {
		case "s3":
			return bucket
		case "sns":
			return []byte("topic")
		case "sqs":
			return []byte("queue")
		}
		resource = bytes.TrimPrefix(resource, []byte("/")) // arn:aws:apigateway:us-east-1::/restapis/x
		if i := bytes.IndexAny(resource, "/:"); i > 0 && string(owner) != "execute-api" {
			return resource[:i]
		}
		return arnKinds[string(owner)]
	}
	if string(code) == "AmazonS3" {
		return bucket
	}
	prefix, _, _ := bytes.Cut(id, []byte("-"))
	return idPrefixes[string(prefix)]
}

// arnKinds are the kinds of resources whose ARNs do not say it.
var arnKinds = map[string][]byte{
	"execute-api": []byte("api"), "codecommit": []byte("repository"), "codepipeline": []byte("pipeline"), "kafka": []byte("cluster"),
}

var bucket, colon = []byte("bucket"), []byte(":")

var idPrefixes = func() map[string][]byte {
	all := map[string][]byte{}
	for prefix, kind := range map[string]string{
		"i": "instance", "vol": "volume", "snap": "snapshot", "ami": "image", "eni": "network-interface",
		"nat": "natgateway", "eipalloc": "elastic-ip", "vpce": "vpc-endpoint", "vpn": "vpn-connection",
		"tgw": "transit-gateway", "cr": "capacity-reservation", "h": "dedicated-host", "fs": "file-system",
		"igw": "internet-gateway", "pcx": "vpc-peering-connection", "cvpn": "client-vpn-endpoint", "dxcon": "direct-connect-connection",
		"ipam": "ipam", "sgw": "gateway", "vgw": "vpn-gateway", "ws": "workspace", "d": "directory",
	} {
		all[prefix] = []byte(kind)
	}
	return all
}()
