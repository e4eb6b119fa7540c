package demo

import "math/big"

// plantDays is how long before the last day most of what is wasted was made: long enough to be seen, short enough to have slipped through.
const plantDays = 72

var (
	eks        = service{"Amazon EKS", "Compute", "Containers"}
	cloudTrail = service{"AWS CloudTrail", "Management and Governance", "Cloud Governance"}
	waf        = service{"AWS WAF", "Security", "Application Security"}
	kinesis    = service{"Amazon Kinesis", "Analytics", "Streaming Analytics"}
	opensearch = service{"Amazon OpenSearch", "Analytics", "Search"}
	workspaces = service{"Amazon WorkSpaces", "Compute", "End User Computing"}
	dynamoDB   = service{"Amazon DynamoDB", "Databases", "NoSQL Databases"}
)

// hoursOf is a SKU of AWS that is used all day.
func hoursOf(usageType, operation, price, daily string) sku {
	return sku{meter: usageType, usageType: usageType, operation: operation, price: price, unit: "Hours", daily: daily}
}

// idle is what costs money by the hour and is not used: no line of use in 31 days.
func idle(rule string) []waste { return []waste{{rule: rule, days: 31}} }

// reclassed is what is saved where the first SKUs cost so much of what they cost now.
func reclassed(o *owned, ratios ...string) *big.Rat {
	saved := new(big.Rat)
	for i, ratio := range ratios {
		part, _ := new(big.Rat).SetString(ratio)
		of := owned{o.book, o.res, o.items[i : i+1]}
		saved.Add(saved, part.Mul(part.Sub(big.NewRat(1, 1), part), of.cost(30)))
	}
	return saved
}

// chained are the tags of what is left of a machine that was terminated.
const chained = `{"Name":"warehouse-import","CostCenter":"CC-4200"}`

// stopped is what remains of a machine that does not run: it is said once for all of it.
var stopped = waste{rule: "A-EC2-10", candidate: true, whole: true}

// rateDays is how long before the last day the price of desktops rose.
const rateDays = 33

// desktop is a pool of desktops of which an hour costs so much, at first or after the price has changed.
func desktop(price string, repriced bool) sku {
	return sku{meter: "Pooled desktop, standard", usageType: "AW-HW-2-Pools", operation: "Running", price: price, repriced: repriced, unit: "Hours", daily: "40.0000"}
}

// dearer is what is paid more than at the price of the time before for as much.
var dearer = waste{rule: "X-06", step: commit, whole: true, saved: func(o *owned) *big.Rat {
	var now, before, used, usedBefore = new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)
	for _, it := range o.items {
		of := owned{o.book, it.res, []*item{it}}
		of.each(60, func(day int, s *spent) {
			cost, quantity := now, used
			if day <= o.end()-30 {
				cost, quantity = before, usedBefore
			}
			cost.Add(cost, ratOf(s.cost, it.scale))
			quantity.Add(quantity, ratOf(s.quantity, it.quantityScale))
		})
	}
	before.Quo(before.Mul(before, used), usedBefore)
	return now.Sub(now, before)
}}

// sqlServer is a machine with licences of Windows and SQL Server, which costs as much as one of four processors would.
var sqlServer = sku{meter: "m6i.large Windows with SQL Server Standard", usageType: "BoxUsage:m6i.large", operation: "RunInstances:0006", price: "0.668000", unit: "Hours",
	daily: "9.0000", details: `{"InstanceType":"m6i.large","CoreCount":2}`, waste: []waste{{rule: "A-EC2-17", review: true}}}

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
	{name: "restore-fast", waste: []waste{{rule: "A-EBS-14"}}, provider: aws, service: ebs, kind: "EBS Snapshot",
		idPattern: "arn:aws:ec2:{r}::snapshot/snap-0{x16}", label: "golden-image", accounts: []int{retailProd}, regions: []string{"us-east-1"},
		life: recent, born: plantDays, apps: []string{"storefront"},
		variants: one(hoursOf("EBS:FastSnapshotRestore", "CreateSnapshot", "0.7500", "2.00"))},
	{name: "db-old", provider: aws, service: rds, kind: "RDS Instance", idPattern: "arn:aws:rds:{r}:{a}:db:{n}", label: "labels-db",
		accounts: []int{logisticsProd}, regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"labels"},
		variants: one(
			sku{meter: "db.r4.large MySQL", waste: []waste{{rule: "A-RDS-03", step: modernise, price: "0.22776", instead: "machine"}}, usageType: "InstanceUsage:db.r4.large", operation: "CreateDBInstance:0002", price: "0.240000", unit: "Hours", daily: "24.00",
				details: `{"InstanceType":"db.r4.large","CoreCount":2}`},
			sku{meter: "Extended support of MySQL 5.7", usageType: "ExtendedSupport:Yr1-Yr2:MySQL5.7", operation: "CreateDBInstance:0002",
				waste: []waste{{rule: "A-RDS-05", step: modernise}}, price: "0.100000", unit: "vCPU-Hours", daily: "48.00"},
			sku{meter: "Backup storage", usageType: "RDS:ChargedBackupUsage", operation: "CreateDBInstance:0002", waste: []waste{{rule: "A-RDS-10", step: tier}},
				price: "0.0950", unit: "GB-Months", monthly: "310.0000"})},
	{name: "search-old", provider: aws, service: opensearch, kind: "OpenSearch Domain", idPattern: "arn:aws:es:{r}:{a}:domain/{n}", label: "logs-es",
		accounts: []int{awsShared}, regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"platform"},
		variants: one(
			sku{meter: "Extended support of Elasticsearch 7.1", usageType: "ES:ExtendedSupport-NIH", operation: "ESDomain",
				waste: []waste{{rule: "A-OSR-02", step: modernise}}, price: "0.006500", unit: "NIH", daily: "96.00"},
			sku{meter: "gp2 storage", usageType: "ES:GP2-Storage", operation: "ESDomain", waste: []waste{{rule: "A-OSR-01", step: modernise, part: "0.096"}},
				price: "0.135000", unit: "GB-Months", monthly: "600.00"})},
	{name: "credits", provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "labels-render", accounts: []int{logisticsProd},
		regions: []string{"us-east-1"}, zonal: true, life: recent, born: plantDays, apps: []string{"labels"},
		variants: one(
			sku{meter: "t4g.medium Linux", usageType: "BoxUsage:t4g.medium", operation: "RunInstances", price: "0.033600", unit: "Hours", daily: "24.0000", family: "t4g",
				details: `{"InstanceType":"t4g.medium","CoreCount":2}`},
			sku{meter: "CPU credits", usageType: "CPUCredits:t4g", operation: "RunInstances", waste: []waste{{rule: "A-EC2-13", step: modernise}},
				price: "0.040000", unit: "vCPU-Hours", daily: "22.0000", weekend: 600, noise: 100})},
	{name: "io1", provider: aws, service: ebs, kind: "EBS Volume", idPattern: volARN, label: "reports", accounts: []int{lakeProd},
		regions: []string{"us-east-1"}, zonal: true, life: recent, born: plantDays, apps: []string{"data-lake"},
		waste: []waste{{rule: "A-EBS-09", review: true, skus: []int{0}, when: largerThan(100)},
			{rule: "A-EBS-02", step: modernise, candidate: true, instead: "volume", saved: func(o *owned) *big.Rat { return reclassed(o, "80/125", "5/65") }}},
		variants: one(
			sku{meter: "io1 volume", usageType: "EBS:VolumeUsage.piops", operation: "CreateVolume-PIOPS", price: "0.1250", unit: "GB-Months", monthly: "200.0000"},
			sku{meter: "io1 operations", usageType: "EBS:VolumeP-IOPS.piops", operation: "CreateVolume-P-IOPS", price: "0.0650", unit: "IOPS-Months",
				monthly: "1500.0000"})},
	{name: "machine-old", provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "ftp", accounts: []int{logisticsProd},
		regions: []string{"us-east-1"}, zonal: true, life: recent, born: plantDays, tagged: `{"Name":"warehouse-ftp","CostCenter":"CC-4200"}`,
		variants: [][]sku{sending(ec2Instance("m4", "large", "2", "0.100000", "24.0000", 0, "BoxUsage:", armed("0.0816"), waste{rule: "A-EC2-05", step: modernise, price: "0.096", instead: "machine"}))}},
	{name: "machine-older", provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "wiki", accounts: []int{awsShared},
		regions: []string{"us-east-1"}, zonal: true, life: recent, born: plantDays, apps: []string{"platform"},
		variants: [][]sku{sending(ec2Instance("t2", "large", "2", "0.092800", "24.0000", 0, "BoxUsage:", armed("0.0672"), amd("0.0752"),
			waste{rule: "A-EC2-05", step: modernise, price: "0.0832", instead: "machine"}))}},
	{name: "sql-small", provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "sql-labels", accounts: []int{logisticsProd},
		regions: []string{"us-east-1"}, zonal: true, life: recent, born: 20, apps: []string{"labels"},
		variants: [][]sku{sending([]sku{sqlServer})}},
	{name: "sql-development", provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "sql-dev", accounts: []int{retailDev},
		regions: []string{"us-east-1"}, zonal: true, life: recent, born: 20, cadence: workdays, tagged: `{"env":"dev"}`,
		waste:    []waste{{rule: "A-EC2-18", review: true, candidate: true, skus: []int{0}}},
		variants: [][]sku{sending([]sku{sqlServer})}},
	{name: "aurora", provider: aws, service: rds, kind: "Aurora Cluster", idPattern: "arn:aws:rds:{r}:{a}:cluster:{n}", label: "events", accounts: []int{lakeProd},
		regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"data-lake"},
		waste: []waste{{rule: "A-RDS-13", step: tier, whole: true, saved: func(o *owned) *big.Rat { return reclassed(o, "1.3", "2.25", "0") }}},
		variants: one(
			sku{meter: "db.r6g.large Aurora", usageType: "InstanceUsage:db.r6g.large", operation: "CreateDBInstance:0016", price: "0.260000", unit: "Hours", daily: "24.00",
				details: `{"InstanceType":"db.r6g.large","CoreCount":2}`},
			sku{meter: "Aurora storage", usageType: "Aurora:StorageUsage", operation: "CreateDBInstance:0016", price: "0.1000", unit: "GB-Months", monthly: "180.0000"},
			sku{meter: "Aurora operations", usageType: "Aurora:StorageIOUsage", operation: "CreateDBInstance:0016", price: "0.2000", unit: "1M IOs", perUnit: 1_000_000,
				consumedUnit: "IOs", daily: "42.000000", weekend: 850, noise: 90})},
	{name: "io2", provider: aws, service: ebs, kind: "EBS Volume", idPattern: volARN, label: "events", accounts: []int{lakeProd},
		regions: []string{"us-east-1"}, zonal: true, life: recent, born: plantDays, apps: []string{"data-lake"},
		waste: []waste{{rule: "A-EBS-02", step: modernise, candidate: true, instead: "volume", saved: func(o *owned) *big.Rat { return reclassed(o, "80/125", "5/65") }}},
		variants: one(
			sku{meter: "io2 volume", usageType: "EBS:VolumeUsage.io2", operation: "CreateVolume-Io2", price: "0.1250", unit: "GB-Months", monthly: "80.0000"},
			sku{meter: "io2 operations", usageType: "EBS:VolumeP-IOPS.io2", operation: "CreateVolume-P-IOPS", price: "0.0650", unit: "IOPS-Months", monthly: "400.0000"})},
	{name: "class-read", waste: []waste{{rule: "A-S3-06", review: true}}, provider: aws, service: s3, kind: "S3 Bucket", idPattern: "arn:aws:s3:::{n}", label: "receipts",
		accounts: []int{retailProd}, regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"checkout"},
		variants: one(
			sku{meter: "S3 Standard-IA storage", usageType: "TimedStorage-SIA-ByteHrs", operation: "StandardIAStorage", price: "0.012500", unit: "GB-Months", monthly: "1800.0000"},
			sku{meter: "S3 Standard-IA retrieval", usageType: "Retrieval-SIA", operation: "GetObject", price: "0.0100", unit: "GB", daily: "31.0000", weekend: 800, noise: 80},
			sku{meter: "S3 GET requests", usageType: "Requests-Tier2", operation: "GetObject", price: "0.0004", unit: "1K Requests", perUnit: 1000,
				consumedUnit: "Requests", daily: "510.000", noise: 80})},
	{name: "class-watched", provider: aws, service: s3, kind: "S3 Bucket", idPattern: "arn:aws:s3:::{n}", label: "thumbnails", accounts: []int{retailProd},
		regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"media"},
		variants: one(
			sku{meter: "S3 Intelligent-Tiering storage", usageType: "TimedStorage-INT-FA-ByteHrs", operation: "IntelligentTieringFAStorage", price: "0.023000", unit: "GB-Months",
				monthly: "110.0000"},
			sku{meter: "S3 Intelligent-Tiering monitoring", usageType: "Monitoring-Automation-INT", operation: "None", price: "0.0025", unit: "1K Objects", perUnit: 1000,
				consumedUnit: "Objects", monthly: "2400.0000", waste: []waste{{rule: "A-S3-09", step: tier, candidate: true}}},
			sku{meter: "S3 GET requests", usageType: "Requests-Tier2", operation: "GetObject", price: "0.0004", unit: "1K Requests", perUnit: 1000,
				consumedUnit: "Requests", daily: "840.000", noise: 80})},
	{name: "rate-before", waste: []waste{dearer}, provider: aws, service: workspaces, kind: "WorkSpaces Pool", idPattern: "arn:aws:workspaces:{r}:{a}:workspacespool/wspool-{x12}",
		label: "agents", accounts: []int{awsShared}, regions: []string{"us-east-1"}, life: recent, born: plantDays, gone: rateDays, apps: []string{"service-desk"},
		variants: one(desktop("0.3000", false))},
	{name: "rate-after", waste: []waste{dearer}, provider: aws, service: workspaces, kind: "WorkSpaces Pool", idPattern: "arn:aws:workspaces:{r}:{a}:workspacespool/wspool-{x12}",
		label: "agents", accounts: []int{awsShared}, regions: []string{"us-east-1"}, life: recent, born: rateDays, apps: []string{"service-desk"},
		variants: one(desktop("0.3360", true))},
	{name: "dormant-volume", provider: aws, service: ebs, kind: "EBS Volume", idPattern: volARN, label: "shop-db", accounts: []int{bookshop},
		regions: []string{"us-east-1"}, zonal: true, life: recent, born: plantDays, tagged: `{"Name":"bookshop-db"}`,
		waste:    []waste{{rule: "X-09", whole: true}, {rule: "A-EBS-05", candidate: true}},
		variants: [][]sku{ebsVolume("gp3", "0.0800", "90.0000")}},
	{name: "dormant-snapshot", provider: aws, service: ebs, kind: "EBS Snapshot", idPattern: "arn:aws:ec2:{r}::snapshot/snap-0{x16}", label: "shop-db-last", accounts: []int{bookshop},
		regions: []string{"us-east-1"}, life: recent, born: plantDays, tagged: `{"Name":"bookshop-db"}`,
		waste:    []waste{{rule: "X-09", whole: true}},
		variants: one(sku{meter: "EBS snapshot", usageType: "EBS:SnapshotUsage", operation: "CreateSnapshot", price: "0.0500", unit: "GB-Months", monthly: "380.0000"})},
	{name: "machine-disk", provider: aws, service: ebs, kind: "EBS Volume", idPattern: volARN, label: "ftp", accounts: []int{logisticsProd},
		regions: []string{"us-east-1"}, zonal: true, life: recent, born: plantDays, tagged: `{"Name":"warehouse-ftp","CostCenter":"CC-4200"}`,
		variants: [][]sku{ebsVolume("gp3", "0.0800", "40.0000")}},
	{name: "config-items", waste: []waste{{rule: "A-CFG-01", review: true, whole: true}}, provider: aws,
		service: service{"AWS Config", "Management and Governance", "Cloud Governance"}, kind: "Configuration Recorder",
		idPattern: "arn:aws:config:{r}:{a}:config-recorder/{n}", label: "recorder", accounts: []int{retailStaging}, regions: []string{"us-east-1"},
		life: recent, born: plantDays, apps: []string{"security"},
		variants: one(sku{meter: "Configuration item", usageType: "ConfigurationItemRecorded", operation: "None", price: "0.0030", unit: "Items", daily: "410.0000",
			weekend: 700, noise: 80})},
	{name: "table-cold", provider: aws, service: dynamoDB, kind: "DynamoDB Table", idPattern: "arn:aws:dynamodb:{r}:{a}:table/{n}", label: "order-archive",
		accounts: []int{logisticsProd}, regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"orders"},
		waste: []waste{{rule: "A-DDB-01", step: tier, saved: func(o *owned) *big.Rat { return reclassed(o, "0.4", "1.25") }}},
		variants: one(
			sku{meter: "Table storage", usageType: "TimedStorage-ByteHrs", operation: "StandardStorage", price: "0.2500", unit: "GB-Months", monthly: "240.0000"},
			sku{meter: "Write request units", usageType: "WriteRequestUnits", operation: "PayPerRequestThroughput", price: "0.6250", unit: "1M Requests",
				perUnit: 1_000_000, consumedUnit: "Requests", daily: "0.300000", noise: 120})},
	{name: "table-warm", provider: aws, service: dynamoDB, kind: "DynamoDB Table", idPattern: "arn:aws:dynamodb:{r}:{a}:table/{n}", label: "price-cache",
		accounts: []int{retailProd}, regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"pricing"},
		waste: []waste{{rule: "A-DDB-02", step: tier, saved: func(o *owned) *big.Rat { return reclassed(o, "2.5", "0.8") }}},
		variants: one(
			sku{meter: "Table storage, IA", usageType: "IA-TimedStorage-ByteHrs", operation: "StandardStorage", price: "0.1000", unit: "GB-Months", monthly: "30.0000"},
			sku{meter: "Write request units, IA", usageType: "IA-WriteRequestUnits", operation: "PayPerRequestThroughput", price: "0.7800", unit: "1M Requests",
				perUnit: 1_000_000, consumedUnit: "Requests", daily: "6.200000", weekend: 900, noise: 100})},
	{name: "glacier", waste: []waste{{rule: "A-S3-08", step: tier, price: "0.00099", instead: "objects", skus: []int{0}}}, provider: aws, service: s3, kind: "S3 Bucket", idPattern: "arn:aws:s3:::{n}",
		label: "tape-replacement", accounts: []int{lakeProd}, regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"data-lake"},
		variants: one(
			sku{meter: "Glacier storage", usageType: "TimedStorage-GlacierByteHrs", operation: "GlacierStorage", price: "0.003600", unit: "GB-Months", monthly: "21000.0000"},
			sku{meter: "S3 requests", usageType: "Requests-Tier1", operation: "PutObject", price: "0.005000", unit: "1K Requests", perUnit: 1000,
				consumedUnit: "Requests", daily: "0.400"})},
	{name: "deleted-early", waste: []waste{{rule: "A-S3-05", step: tier, events: true}}, provider: aws, service: s3, kind: "S3 Bucket", idPattern: "arn:aws:s3:::{n}",
		label: "scratch", accounts: []int{lakeProd}, regions: []string{"us-east-1"}, life: recent, born: 24, gone: 12, apps: []string{"data-lake"},
		variants: one(sku{meter: "Early deletion", usageType: "EarlyDelete-SIA", operation: "None", price: "0.012500", unit: "GB-Months", daily: "52.0000", noise: 300})},
	{name: "idle-covered", waste: []waste{{rule: "A-EC2-02", candidate: true, skus: []int{0}}, {rule: "A-EC2-15", review: true}}, provider: aws, service: ec2,
		kind: "EC2 Instance", idPattern: ec2ARN, label: "demand-cache", accounts: []int{lakeProd}, regions: []string{"us-east-1"}, zonal: true, hourly: true,
		cover: coverSavingsPlan, life: recent, born: plantDays, apps: []string{"demand-forecast"},
		variants: [][]sku{ec2Instance("r6i", "12xlarge", "48", "3.024000", "24.0000", 0, "BoxUsage:", armed("2.5704"))}},
	{name: "brief", provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "render", accounts: []int{lakeProd},
		regions: []string{"us-east-1"}, zonal: true, hourly: true, floor: 8, life: recent, born: 3, gone: 2, every: 3, apps: []string{"media"},
		waste:    []waste{{rule: "A-EC2-08", step: modernise, part: "0.55", whole: true}},
		variants: [][]sku{ec2Instance("m7g", "4xlarge", "16", "0.652800", "4.0000", 0, "BoxUsage:")}},
	{name: "chain-volume", provider: aws, service: ebs, kind: "EBS Volume", idPattern: volARN, label: "import", accounts: []int{logisticsProd},
		regions: []string{"us-east-1"}, zonal: true, life: recent, born: 130, tagged: chained,
		waste:    []waste{gp3Instead, {rule: "A-EBS-09", review: true, when: largerThan(100)}, {rule: "A-EBS-05", candidate: true}, stopped},
		variants: [][]sku{ebsVolume("gp2", "0.1000", "120.0000")}},
	{name: "chain-address", provider: aws, service: vpc, kind: "Public IPv4 Address", idPattern: "arn:aws:ec2:{r}:{a}:elastic-ip/eipalloc-0{x16}",
		label: "import", accounts: []int{logisticsProd}, regions: []string{"us-east-1"}, life: recent, born: 130, tagged: chained,
		waste:    []waste{{rule: "A-NET-07"}, stopped},
		variants: one(hoursOf("PublicIPv4:IdleAddress", "AllocateAddressVPC", "0.0050", "24.00"))},
	{name: "chain-snapshot", provider: aws, service: ebs, kind: "EBS Snapshot", idPattern: "arn:aws:ec2:{r}::snapshot/snap-0{x16}", label: "import",
		accounts: []int{logisticsProd}, regions: []string{"us-east-1"}, life: recent, born: 130, tagged: chained,
		waste:    []waste{{rule: "A-EBS-10"}, {rule: "A-EBS-12", step: tier, part: "0.75"}},
		variants: one(sku{meter: "EBS snapshot", usageType: "EBS:SnapshotUsage", operation: "CreateSnapshot", price: "0.0500", unit: "GB-Months", monthly: "420.0000"})},
	{name: "storage-runaway", waste: []waste{{rule: "X-07", review: true}}, provider: aws, service: s3, kind: "S3 Bucket", idPattern: "arn:aws:s3:::{n}",
		label: "clickstream-raw", accounts: []int{lakeProd}, regions: []string{"us-east-1"}, life: recent, born: plantDays, apps: []string{"data-lake"},
		variants: one(
			sku{meter: "S3 Standard storage", usageType: "TimedStorage-ByteHrs", operation: "StandardStorage", price: "0.023000", unit: "GB-Months",
				monthly: "2600.0000", monthlyGainPermille: 180},
			sku{meter: "S3 Standard requests", usageType: "Requests-Tier1", operation: "PutObject", price: "0.005000", unit: "1K Requests", perUnit: 1000,
				consumedUnit: "Requests", daily: "96.000", noise: 90})},
	{name: "fixed", fixed: "A-NET-05", provider: aws, service: elb, kind: "Network Load Balancer",
		idPattern: "arn:aws:elasticloadbalancing:{r}:{a}:loadbalancer/net/{n}/{x16}", label: "nlb-old-checkout", accounts: []int{retailProd},
		regions: []string{"us-east-1"}, life: recent, born: plantDays, gone: 14, apps: []string{"checkout"},
		variants: one(hoursOf("LoadBalancerUsage", "LoadBalancing:Network", "0.022500", "72.00"))},
	{name: "exception", provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "partner-sandbox", accounts: []int{retailDev},
		regions: []string{"us-east-1"}, zonal: true, hourly: true, life: recent, born: plantDays, tagged: `{"env":"production","Owner":"maya.lindqvist"}`,
		variants: [][]sku{sending(ec2Instance("t4g", "large", "2", "0.067200", "24.0000", 0, "BoxUsage:"))}},
}
