package awscur

import "strings"

// service is what FOCUS says about a service. Every service has one category, but for
// Amazon EC2, which sells disks and networks under its own name.
type service struct{ name, category, subcategory string }

// serviceOf finds a service by the product code of its lines. The name that the report
// prints is kept; the table's is for reports that print none.
func serviceOf(code, name, family string) service {
	s, ok := services[strings.ToLower(code)]
	if !ok {
		s = service{code, "Other", "Other (Other)"}
		switch {
		case strings.HasSuffix(code, "SavingsPlans"):
			s = service{"Savings Plans", "Compute", "Virtual Machines"}
		case strings.HasPrefix(code, "AWSSupport"), strings.Contains(code, "Support"):
			s = service{"AWS Support", "Other", "Support"}
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

// resourceType names the kind of a resource by its id: the segment of an ARN, or the
// prefix of an id of EC2.
func resourceType(id, code string) string {
	if rest, ok := strings.CutPrefix(id, "arn:"); ok { // arn:partition:service:region:account:resource
		_, rest, _ = strings.Cut(rest, ":")
		owner, rest, _ := strings.Cut(rest, ":")
		_, rest, _ = strings.Cut(rest, ":")
		_, resource, _ := strings.Cut(rest, ":")
		switch owner {
		case "s3":
			return "bucket"
		case "sns":
			return "topic"
		case "sqs":
			return "queue"
		}
		if i := strings.IndexAny(resource, "/:"); i > 0 {
			return resource[:i]
		}
		return ""
	}
	if code == "AmazonS3" {
		return "bucket"
	}
	prefix, _, _ := strings.Cut(id, "-")
	return idPrefixes[prefix]
}

var idPrefixes = map[string]string{
	"i": "instance", "vol": "volume", "snap": "snapshot", "ami": "image", "eni": "network-interface",
	"nat": "natgateway", "eipalloc": "elastic-ip", "vpce": "vpc-endpoint", "vpn": "vpn-connection",
	"tgw": "transit-gateway", "cr": "capacity-reservation", "h": "dedicated-host", "fs": "file-system",
}
