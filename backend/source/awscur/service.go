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
func serviceOf(code, name, family string) service {
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
		switch family {
		case "Storage", "Storage Snapshot", "Provisioned Throughput":
			s.category, s.subcategory = "Storage", "Block Storage"
		case "Data Transfer", "NAT Gateway", "IP Address", "Load Balancer", "Load Balancer-Application", "Load Balancer-Network":
			s.category, s.subcategory = "Networking", "Network Infrastructure"
		}
	}
	if name != "" {
		s.name = name
	}
	if s.name == "" {
		s.category, s.subcategory = "", ""
	}
	return s
}

// restOfCode is a product code without the prefix that AWS uses now this way, now that.
func restOfCode(code string) string {
	for _, prefix := range []string{"amazon", "aws"} {
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
// prefix of an id of EC2; nil where the id does not tell.
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
		if i := bytes.IndexAny(resource, "/:"); i > 0 {
			return resource[:i]
		}
		return nil
	}
	if string(code) == "AmazonS3" {
		return bucket
	}
	prefix, _, _ := bytes.Cut(id, []byte("-"))
	return idPrefixes[string(prefix)]
}

var bucket, colon = []byte("bucket"), []byte(":")

var idPrefixes = func() map[string][]byte {
	all := map[string][]byte{}
	for prefix, kind := range map[string]string{
		"i": "instance", "vol": "volume", "snap": "snapshot", "ami": "image", "eni": "network-interface",
		"nat": "natgateway", "eipalloc": "elastic-ip", "vpce": "vpc-endpoint", "vpn": "vpn-connection",
		"tgw": "transit-gateway", "cr": "capacity-reservation", "h": "dedicated-host", "fs": "file-system",
	} {
		all[prefix] = []byte(kind)
	}
	return all
}()
