package demo

// plantDays is how long before the last day most of what is wasted was made: long enough to be seen, short enough to have slipped through.
const plantDays = 72

var (
	eks        = service{"Amazon EKS", "Compute", "Containers"}
	cloudTrail = service{"AWS CloudTrail", "Management and Governance", "Cloud Governance"}
	waf        = service{"AWS WAF", "Security", "Application Security"}
	kinesis    = service{"Amazon Kinesis", "Analytics", "Streaming Analytics"}
)

// hoursOf is a SKU of AWS that is used all day.
func hoursOf(usageType, operation, price, daily string) sku {
	return sku{meter: usageType, usageType: usageType, operation: operation, price: price, unit: "Hours", daily: daily}
}

// idle is what costs money by the hour and is not used: no line of use in 31 days.
func idle(rule string) []waste { return []waste{{rule: rule, days: 31}} }

var awsPlants = []template{
	{name: "nat-idle", waste: idle("A-NET-01"), provider: aws, service: vpc, kind: "NAT Gateway", idPattern: "arn:aws:ec2:{r}:{a}:natgateway/nat-0{x16}",
		label: "nat-old-vpc", accounts: []int{retailStaging}, regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"network"},
		variants: one(hoursOf("NatGateway-Hours", "NatGateway", "0.0450", "24.00"))},
	{name: "endpoint-idle", waste: idle("A-NET-03"), provider: aws, service: vpc, kind: "VPC Endpoint",
		idPattern: "arn:aws:ec2:{r}:{a}:vpc-endpoint/vpce-0{x16}", label: "kms-endpoint", accounts: []int{awsShared}, regions: []string{"us-east-1"},
		life: recent, born: plantDays, apps: []string{"network"}, variants: one(hoursOf("VpcEndpoint-Hours", "VpcEndpoint", "0.0100", "72.00"))},
	{name: "alb-idle", waste: idle("A-NET-05"), provider: aws, service: elb, kind: "Application Load Balancer",
		idPattern: "arn:aws:elasticloadbalancing:{r}:{a}:loadbalancer/app/{n}/{x16}", label: "alb-relaunch", accounts: []int{retailDev},
		regions: []string{"eu-west-1"}, life: recent, born: plantDays, apps: []string{"storefront"},
		variants: one(hoursOf("LoadBalancerUsage", "LoadBalancing:Application", "0.022500", "24.00"))},
	{name: "transit-idle", waste: idle("A-NET-13"), provider: aws, service: vpc, kind: "Transit Gateway Attachment",
		idPattern: "arn:aws:ec2:{r}:{a}:transit-gateway-attachment/tgw-attach-0{x16}", label: "tgw-orders", accounts: []int{logisticsProd},
		regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"orders"},
		variants: one(hoursOf("TransitGateway-Hours", "TransitGatewayVPC", "0.0500", "24.00"))},
	{name: "vpn-idle", waste: idle("A-NET-14"), provider: aws, service: vpc, kind: "Client VPN Endpoint",
		idPattern: "arn:aws:ec2:{r}:{a}:client-vpn-endpoint/cvpn-endpoint-0{x16}", label: "vpn-contractors", accounts: []int{awsShared},
		regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"network"},
		variants: one(hoursOf("ClientVPN-EndpointHours", "ClientVPN", "0.1000", "24.00"))},
	{name: "capacity-unused", waste: []waste{{rule: "A-EC2-11"}}, provider: aws, service: ec2, kind: "Capacity Reservation",
		idPattern: "arn:aws:ec2:{r}:{a}:capacity-reservation/cr-0{x16}", label: "black-friday-last-year", accounts: []int{retailProd},
		regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"storefront"},
		variants: one(hoursOf("UnusedBox:c7g.large", "RunInstances", "0.072500", "48.0000"))},
	{name: "eks-extended", waste: []waste{{rule: "A-EKS-01", step: modernise}}, provider: aws, service: eks, kind: "EKS Cluster",
		idPattern: "arn:aws:eks:{r}:{a}:cluster/{n}", label: "eks-labels", accounts: []int{logisticsProd}, regions: []string{"us-east-1"},
		life: recent, born: plantDays, apps: []string{"labels"},
		variants: one(hoursOf("AmazonEKS-Hours:extendedSupport", "ExtendedSupport", "0.5000", "24.00"))},
	{name: "trail-second", waste: []waste{{rule: "A-CT-01", events: true}}, provider: aws, service: cloudTrail, kind: "Trail",
		idPattern: "arn:aws:cloudtrail:{r}:{a}:trail/{n}", label: "audit-2019", accounts: []int{awsShared}, regions: []string{"us-east-1"},
		life: recent, born: plantDays, apps: []string{"security"},
		variants: one(sku{meter: "Paid events", usageType: "PaidEventsRecorded", operation: "None", price: "2.0000", unit: "100K Events", perUnit: 100_000,
			consumedUnit: "Events", daily: "0.4120", weekend: 700, noise: 90})},
	{name: "waf-idle", waste: []waste{{rule: "A-WAF-01", days: 31}}, provider: aws, service: waf, kind: "Web ACL",
		idPattern: "arn:aws:wafv2:{r}:{a}:regional/webacl/{n}", label: "acl-campaign", accounts: []int{retailProd}, regions: []string{"us-east-1"},
		life: recent, born: plantDays, apps: []string{"storefront"},
		variants: one(
			sku{meter: "Web ACL", usageType: "WebACLV2", operation: "None", price: "5.0000", unit: "Months", monthly: "1.0000"},
			sku{meter: "Rule", usageType: "RuleV2", operation: "None", price: "1.0000", unit: "Months", monthly: "4.0000"})},
	{name: "stream-idle", waste: idle("A-KIN-01"), provider: aws, service: kinesis, kind: "Kinesis Stream",
		idPattern: "arn:aws:kinesis:{r}:{a}:stream/{n}", label: "clicks-old", accounts: []int{lakeProd}, regions: []string{"us-east-1"},
		life: recent, born: plantDays, apps: []string{"data-lake"}, variants: one(hoursOf("Storage-ShardHour", "shardHourStorage", "0.0150", "96.00"))},
}
