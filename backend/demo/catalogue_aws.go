package demo

import "strings"

var (
	ec2        = service{"Amazon EC2", "Compute", "Virtual Machines"}
	ebs        = service{"Amazon EBS", "Storage", "Block Storage"}
	vpc        = service{"Amazon VPC", "Networking", "Network Infrastructure"}
	elb        = service{"Elastic Load Balancing", "Networking", "Application Networking"}
	s3         = service{"Amazon S3", "Storage", "Object Storage"}
	rds        = service{"Amazon RDS", "Databases", "Relational Databases"}
	awsSupport = service{"AWS Support", "Management and Governance", "Support"}
)

func ec2Instance(family, size, cores, price, daily string, weekend int64, prefix string, found ...waste) []sku {
	kind := family + "." + size
	if prefix != "BoxUsage:" {
		family = ""
	}
	return []sku{{
		family:    family,
		meter:     kind + " Linux",
		usageType: prefix + kind, operation: "RunInstances", price: price, unit: "Hours", daily: daily, weekend: weekend,
		details: `{"InstanceType":"` + kind + `","CoreCount":` + cores + `}`, waste: found,
	}}
}

func ebsVolume(kind, price, size string) []sku {
	return []sku{{meter: kind + " volume", usageType: "EBS:VolumeUsage." + kind, operation: "CreateVolume-" + strings.ToUpper(kind[:1]) + kind[1:], price: price, unit: "GB-Months", monthly: size}}
}

func rdsInstance(kind, cores, price, storage string) []sku {
	return []sku{
		{meter: kind + " MySQL Multi-AZ",
			usageType: "Multi-AZUsage:" + kind, operation: "CreateDBInstance:0002", price: price, unit: "Hours", daily: "24.00",
			details: `{"InstanceType":"` + kind + `","CoreCount":` + cores + `}`},
		{meter: "RDS gp3 storage",
			usageType: "RDS:Multi-AZ-GP3-Storage", operation: "CreateDBInstance:0002", price: "0.2300", unit: "GB-Months",
			monthly: storage},
	}
}

const (
	ec2ARN = "arn:aws:ec2:{r}:{a}:instance/i-0{x16}"
	volARN = "arn:aws:ec2:{r}:{a}:volume/vol-0{x16}"
)

var awsRegions = []string{"us-east-1", "us-east-1", "eu-west-1", "eu-central-1"}

var awsTemplates = []template{
	{name: "ec2-web", provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "web",
		accounts: []int{retailProd, retailProd, logisticsProd, lakeProd}, regions: awsRegions, zonal: true, weight: 18, floor: 1,
		cover: coverSavingsPlan, hourly: true, life: churns, apps: []string{"storefront", "search", "pricing", "warehouse"},
		variants: [][]sku{
			ec2Instance("m7i", "4xlarge", "16", "0.806400", "24.0000", 0, "BoxUsage:"),
			ec2Instance("m7g", "2xlarge", "8", "0.326400", "24.0000", 0, "BoxUsage:"),
			ec2Instance("c7g", "8xlarge", "32", "1.160000", "24.0000", 700, "BoxUsage:", waste{rule: "A-EC2-15", review: true}),
			ec2Instance("r6i", "4xlarge", "16", "1.008000", "24.0000", 0, "BoxUsage:", armed("1.0336"))}},
	{name: "ec2-orders", provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "orders",
		accounts: []int{logisticsProd}, regions: []string{"us-east-1"}, zonal: true, hourly: true, weight: 6, floor: 1,
		cover: coverSavingsPlan, life: leaves, apps: []string{"orders"},
		variants: [][]sku{
			ec2Instance("m6i", "2xlarge", "8", "0.384000", "24.0000", 0, "BoxUsage:"),
			ec2Instance("c6i", "2xlarge", "8", "0.340000", "24.0000", 0, "BoxUsage:")}},
	{name: "ec2-nonprod-always-on", waste: []waste{alwaysOn("X-08"), {rule: "A-EC2-16", step: commit, review: true, hours: true, when: olderThan(90)}}, provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "qa",
		accounts: []int{retailStaging, retailDev}, regions: []string{"us-east-1", "eu-west-1"}, zonal: true, hourly: true, weight: 5, floor: 1,
		apps: []string{"storefront", "search"}, life: churns,
		variants: [][]sku{
			ec2Instance("m5", "4xlarge", "16", "0.768000", "24.0000", 0, "BoxUsage:", armed("0.616"), amd("0.6912")),
			ec2Instance("r5", "2xlarge", "8", "0.504000", "24.0000", 0, "BoxUsage:", armed("0.4512"), amd("0.5076"))}},
	{name: "ec2-dev", provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "dev",
		accounts: []int{retailDev, retailStaging}, regions: []string{"eu-west-1", "us-east-1"}, zonal: true, hourly: true, weight: 5,
		apps: []string{"storefront", "search", "pricing"}, cadence: workdays, life: churns,
		variants: [][]sku{
			ec2Instance("t3", "large", "2", "0.083200", "11.0000", 0, "BoxUsage:", armed("0.0736"), amd("0.0816")),
			ec2Instance("t3", "xlarge", "4", "0.166400", "10.5000", 0, "BoxUsage:", armed("0.1344"), amd("0.1504"))}},
	{name: "ec2-spot", provider: aws, service: ec2, kind: "EC2 Instance", idPattern: ec2ARN, label: "batch",
		accounts: []int{lakeProd}, regions: []string{"us-east-1"}, zonal: true, hourly: true, weight: 4, floor: 1, spot: true,
		apps: []string{"demand-forecast"}, cadence: workdays,
		variants: [][]sku{
			ec2Instance("c6i", "4xlarge", "16", "0.680000", "9.0000", 0, "SpotUsage:"),
			ec2Instance("m6i", "4xlarge", "16", "0.768000", "7.5000", 0, "SpotUsage:")}},
	{name: "ebs-gp3", waste: []waste{{rule: "A-EBS-09", review: true, when: largerThan(100)}}, provider: aws, service: ebs, kind: "EBS Volume", idPattern: volARN, label: "data",
		accounts: []int{retailProd, logisticsProd, lakeProd, retailStaging}, regions: awsRegions, zonal: true, sized: true,
		weight: 8, floor: 1, life: churns, apps: []string{"storefront", "search", "warehouse"},
		variants: [][]sku{ebsVolume("gp3", "0.0800", "500.0000")}},
	{name: "ebs-gp2", waste: []waste{{rule: "A-EBS-09", review: true, when: largerThan(100)}, gp3Instead}, provider: aws, service: ebs, kind: "EBS Volume", idPattern: volARN, label: "legacy",
		accounts: []int{logisticsProd, retailProd}, regions: []string{"us-east-1", "eu-west-1"}, zonal: true, sized: true, weight: 4,
		floor: 1, life: churns, apps: []string{"warehouse", "storefront"}, variants: [][]sku{ebsVolume("gp2", "0.1000", "500.0000")}},
	{name: "ebs-unattached", waste: []waste{{rule: "A-EBS-09", review: true, when: largerThan(100)}, gp3Instead}, provider: aws, service: ebs, kind: "EBS Volume", idPattern: volARN, label: "unattached",
		accounts: []int{retailDev, retailStaging}, regions: []string{"us-east-1", "eu-west-1"}, zonal: true, sized: true, weight: 2,
		life: gathers, apps: []string{"search"}, variants: [][]sku{ebsVolume("gp2", "0.1000", "300.0000")}},
	{name: "ebs-snapshot", waste: []waste{{rule: "A-EBS-10", when: olderThan(90)}}, provider: aws, service: ebs, kind: "EBS Snapshot", idPattern: "arn:aws:ec2:{r}::snapshot/snap-0{x16}",
		label: "manual-backup", accounts: []int{retailProd, logisticsProd, retailDev}, regions: []string{"us-east-1", "eu-west-1"},
		sized: true, weight: 3, floor: 1, life: gathers, apps: []string{"warehouse"},
		variants: one(sku{meter: "EBS snapshot",
			usageType: "EBS:SnapshotUsage", operation: "CreateSnapshot", price: "0.0500", unit: "GB-Months", monthly: "800.0000",
			monthlyGainPermille: 20})},
	{name: "nat-gateway", waste: []waste{{rule: "A-NET-02", review: true, candidate: true}}, provider: aws, service: vpc, kind: "NAT Gateway", idPattern: "arn:aws:ec2:{r}:{a}:natgateway/nat-0{x16}",
		label: "nat", accounts: []int{retailProd, logisticsProd}, regions: []string{"us-east-1"}, weight: 2, floor: 1,
		story: natSpike, apps: []string{"network"},
		variants: one(
			sku{meter: "NAT gateway hour", usageType: "NatGateway-Hours", operation: "NatGateway", price: "0.0450", unit: "Hours", daily: "24.00"},
			sku{meter: "NAT gateway data", usageType: "NatGateway-Bytes", operation: "NatGateway", price: "0.0450", unit: "GB", daily: "410.0000", weekend: 800, noise: 70, grows: true})},
	{name: "ip-idle", waste: []waste{{rule: "A-NET-07", when: olderThan(5)}}, provider: aws, service: vpc, kind: "Public IPv4 Address",
		idPattern: "arn:aws:ec2:{r}:{a}:elastic-ip/eipalloc-0{x16}", label: "eip", accounts: []int{retailDev, retailStaging, logisticsProd},
		regions: []string{"us-east-1", "eu-west-1"}, weight: 2, floor: 1, life: gathers,
		variants: one(sku{meter: "Idle public IPv4 address",
			usageType: "PublicIPv4:IdleAddress", operation: "AllocateAddressVPC", price: "0.0050", unit: "Hours", daily: "24.00"})},
	{name: "alb", provider: aws, service: elb, kind: "Application Load Balancer",
		idPattern: "arn:aws:elasticloadbalancing:{r}:{a}:loadbalancer/app/{n}/{x16}", label: "alb", weight: 2, floor: 1,
		accounts: []int{retailProd, logisticsProd, retailStaging}, regions: awsRegions, apps: []string{"storefront", "warehouse"},
		variants: one(
			sku{meter: "ALB hour", usageType: "LoadBalancerUsage", operation: "LoadBalancing:Application", price: "0.022500", unit: "Hours", daily: "24.00"},
			sku{meter: "ALB LCU", usageType: "LCUUsage", operation: "LoadBalancing:Application", price: "0.008000", unit: "LCU-Hours", daily: "212.0000", weekend: 760, noise: 60, grows: true})},
	{name: "s3-bucket", provider: aws, service: s3, kind: "S3 Bucket", idPattern: "arn:aws:s3:::{n}", label: "assets",
		accounts: []int{retailProd, lakeProd, logisticsProd, retailDev}, regions: []string{"us-east-1", "eu-west-1"}, sized: true,
		weight: 4, floor: 1, life: churns, apps: []string{"media", "data-lake", "warehouse"},
		variants: one(
			sku{meter: "S3 Standard storage",
				usageType: "TimedStorage-ByteHrs", operation: "StandardStorage", price: "0.023000", unit: "GB-Months", monthly: "5830.0000",
				monthlyGainPermille: 18},
			sku{meter: "S3 Standard requests", usageType: "Requests-Tier1", operation: "PutObject", price: "0.005000", unit: "1K Requests", perUnit: 1000, consumedUnit: "Requests",
				daily: "1930.000", weekend: 820, noise: 90, grows: true})},
	{name: "rds-mysql", provider: aws, service: rds, kind: "RDS Instance", idPattern: "arn:aws:rds:{r}:{a}:db:{n}", label: "mysql",
		accounts: []int{retailProd, logisticsProd}, regions: []string{"us-east-1"}, weight: 3, floor: 1, cover: coverRDS,
		apps: []string{"storefront", "warehouse"}, variants: [][]sku{rdsInstance("db.r6g.xlarge", "4", "0.860000", "800.0000")}},
	{name: "rds-orders", provider: aws, service: rds, kind: "RDS Instance", idPattern: "arn:aws:rds:{r}:{a}:db:{n}", label: "orders-db",
		accounts: []int{logisticsProd}, regions: []string{"us-east-1"}, weight: 2, floor: 1, cover: coverRDS, life: leaves,
		apps: []string{"orders"}, variants: [][]sku{rdsInstance("db.r6g.xlarge", "4", "0.860000", "1600.0000")}},
	{name: "rds-nonprod", waste: []waste{{rule: "A-RDS-07", step: modernise, part: "1/2", skus: []int{0}, when: nonProduction}, alwaysOn("A-RDS-12")}, provider: aws, service: rds, kind: "RDS Instance", idPattern: "arn:aws:rds:{r}:{a}:db:{n}", label: "mysql-test",
		accounts: []int{retailStaging, retailDev}, regions: []string{"eu-west-1"}, weight: 2, apps: []string{"storefront"},
		life: churns, variants: [][]sku{rdsInstance("db.m6g.large", "2", "0.304000", "200.0000")}},
	{name: "dynamodb", provider: aws, service: service{"Amazon DynamoDB", "Databases", "NoSQL Databases"}, kind: "DynamoDB Table",
		idPattern: "arn:aws:dynamodb:{r}:{a}:table/{n}", label: "sessions", accounts: []int{retailProd}, regions: []string{"us-east-1"},
		weight: 2, floor: 1, sized: true, apps: []string{"storefront", "basket"},
		variants: one(sku{meter: "Write request units", usageType: "WriteRequestUnits", operation: "PayPerRequestThroughput", price: "0.6250", unit: "1M Requests", perUnit: 1_000_000, consumedUnit: "Requests",
			daily: "11.150000", weekend: 900, noise: 110, grows: true})},
	{name: "elasticache", waste: []waste{{rule: "A-EC-02", review: true, candidate: true, when: olderThan(90)}}, provider: aws, service: service{"Amazon ElastiCache", "Databases", "Caching"}, kind: "ElastiCache Node",
		idPattern: "arn:aws:elasticache:{r}:{a}:cluster:{n}", label: "valkey", accounts: []int{retailProd},
		regions: []string{"us-east-1", "eu-west-1"}, weight: 2, floor: 1, apps: []string{"storefront", "basket"},
		variants: one(sku{meter: "cache.r7g.large", usageType: "NodeUsage:cache.r7g.large", operation: "CreateCacheCluster:0003", price: "0.206000", unit: "Hours", daily: "24.00",
			details: `{"InstanceType":"cache.r7g.large","CoreCount":2}`})},
	{name: "lambda", waste: []waste{{rule: "A-LAM-06", step: modernise, part: "0.2"}}, provider: aws, service: service{"AWS Lambda", "Compute", "Serverless Compute"}, kind: "Lambda Function",
		idPattern: "arn:aws:lambda:{r}:{a}:function:{n}", label: "fn", accounts: []int{retailProd, logisticsProd, lakeProd},
		regions: []string{"us-east-1", "eu-west-1"}, weight: 4, floor: 1, sized: true, apps: []string{"checkout", "labels", "imports"},
		variants: one(sku{meter: "Lambda GB-second", usageType: "Lambda-GB-Second", operation: "Invoke", price: "0.01666670", unit: "1K GB-Seconds", perUnit: 1000, consumedUnit: "GB-Seconds", daily: "842.17",
			weekend: 850, noise: 140, grows: true})},
	{name: "cloudfront", provider: aws, service: service{"Amazon CloudFront", "Networking", "Content Delivery"},
		kind: "CloudFront Distribution", idPattern: "arn:aws:cloudfront::{a}:distribution/E{X13}", label: "cdn",
		accounts: []int{retailProd}, regions: []string{"global"}, weight: 1, floor: 1, sized: true, apps: []string{"media"},
		variants: one(sku{meter: "Data transfer out",
			usageType: "US-DataTransfer-Out-Bytes", price: "0.085000", unit: "GB", daily: "360.5000", weekend: 1120,
			noise: 60, grows: true})},
	{name: "cloudwatch", waste: []waste{{rule: "A-CW-03", step: tier, part: "0.5"}}, provider: aws, service: service{"Amazon CloudWatch", "Management and Governance", "Observability"},
		kind: "Log Group", idPattern: "arn:aws:logs:{r}:{a}:log-group:/harbourpine/{n}", label: "app-logs",
		accounts: []int{retailProd, logisticsProd, retailDev}, regions: awsRegions, weight: 3, floor: 1, sized: true,
		apps:     []string{"storefront", "warehouse"},
		variants: one(sku{meter: "Log ingestion", usageType: "DataProcessing-Bytes", operation: "PutLogEvents", price: "0.5000", unit: "GB", daily: "12.300000", weekend: 780, noise: 90, grows: true})},
	{name: "eks", provider: aws, service: service{"Amazon EKS", "Compute", "Containers"}, kind: "EKS Cluster",
		idPattern: "arn:aws:eks:{r}:{a}:cluster/{n}", label: "eks", accounts: []int{retailProd, retailStaging}, regions: []string{"us-east-1"},
		floor: 1, weight: 1, apps: []string{"platform"},
		variants: one(sku{meter: "EKS cluster hour", usageType: "AmazonEKS-Hours:perCluster", operation: "CreateOperation", price: "0.1000", unit: "Hours", daily: "24.00"})},
	{name: "fargate", waste: []waste{{rule: "A-ECS-03", step: modernise, part: "0.2"}}, provider: aws, service: service{"Amazon ECS", "Compute", "Containers"}, kind: "ECS Service",
		idPattern: "arn:aws:ecs:{r}:{a}:service/retail/{n}", label: "svc", accounts: []int{retailProd, retailStaging},
		regions: []string{"us-east-1", "eu-west-1"}, weight: 4, floor: 1, apps: []string{"checkout", "basket", "pricing"},
		variants: one(sku{meter: "Fargate vCPU hour", usageType: "Fargate-vCPU-Hours:perCPU", operation: "FargateTask", price: "0.040480", unit: "vCPU-Hours", daily: "96.0000", weekend: 720, noise: 50, grows: true})},
	{name: "opensearch", provider: aws, service: service{"Amazon OpenSearch", "Analytics", "Search"}, kind: "OpenSearch Domain",
		idPattern: "arn:aws:es:{r}:{a}:domain/{n}", label: "search", accounts: []int{retailProd}, regions: []string{"us-east-1"},
		weight: 1, floor: 1, apps: []string{"search"},
		variants: one(sku{meter: "r6g.xlarge.search", usageType: "ESInstance:r6g.xlarge", price: "0.335000", unit: "Hours", daily: "72.00",
			details: `{"InstanceType":"r6g.xlarge.search","CoreCount":4}`})},
	{name: "sqs", provider: aws, service: service{"Amazon SQS", "Integration", "Messaging"}, kind: "SQS Queue",
		idPattern: "arn:aws:sqs:{r}:{a}:{n}", label: "queue", accounts: []int{logisticsProd, retailProd}, regions: []string{"us-east-1"},
		weight: 2, floor: 1, cadence: workdays, sized: true, apps: []string{"labels", "orders"},
		variants: one(sku{meter: "Standard requests", usageType: "Requests-RBP",
			price: "0.4000", unit: "1M Requests", perUnit: 1_000_000, consumedUnit: "Requests", daily: "6.480000", noise: 120, grows: true})},
	{name: "guardduty", waste: []waste{{rule: "A-GD-01", review: true, whole: true, when: costing(50)}}, provider: aws, service: service{"Amazon GuardDuty", "Security", "Threat Detection and Response"},
		kind: "GuardDuty Detector", idPattern: "arn:aws:guardduty:{r}:{a}:detector/{x32}", label: "detector", accounts: []int{awsShared},
		regions: []string{"us-east-1"}, floor: 1, apps: []string{"security"},
		variants: one(sku{meter: "CloudTrail events analysed", usageType: "PaidEventsAnalyzed", price: "4.0000", unit: "1M Events", perUnit: 1_000_000, consumedUnit: "Events", daily: "1.210000",
			weekend: 800, noise: 80, grows: true})},
	{name: "secrets", provider: aws, service: service{"AWS Secrets Manager", "Security", "Secret Management"}, kind: "Secret",
		idPattern: "arn:aws:secretsmanager:{r}:{a}:secret:{n}", label: "credentials", accounts: []int{awsShared, retailProd},
		regions: []string{"us-east-1"}, floor: 2, cadence: monthly, apps: []string{"security"},
		variants: one(sku{meter: "Secret month", usageType: "AWSSecretsManager-Secrets", price: "0.4000", unit: "Secrets", daily: "37.00"})},
	{name: "route53", provider: aws, service: service{"Amazon Route 53", "Networking", "Network Routing"}, kind: "Hosted Zone",
		idPattern: "arn:aws:route53:::hostedzone/Z{X13}", label: "zone", accounts: []int{awsShared}, regions: []string{"global"}, floor: 2,
		cadence: monthly, apps: []string{"network"},
		variants: one(sku{meter: "Hosted zone", usageType: "HostedZone", price: "0.5000", unit: "Zones", daily: "9.00"})},
	{name: "backup", provider: aws, service: service{"AWS Backup", "Storage", "Backup Storage"}, kind: "Backup Vault",
		idPattern: "arn:aws:backup:{r}:{a}:backup-vault:{n}", label: "vault", accounts: []int{awsShared, logisticsProd},
		regions: []string{"eu-west-1", "us-east-1"}, floor: 1, weight: 1, sized: true, apps: []string{"platform"},
		variants: one(sku{meter: "Warm backup storage",
			usageType: "WarmStorage-ByteHrs-EBS", price: "0.0500", unit: "GB-Months", monthly: "2700.0000", monthlyGainPermille: 25})},
	{name: "marketplace", provider: aws, service: service{"Datadog Pro", "Management and Governance", "Observability"},
		kind: "Marketplace Subscription", idPattern: "arn:aws:aws-marketplace:{r}:{a}:agreement/agmt-{x16}", label: "datadog",
		accounts: []int{awsShared}, regions: []string{"us-east-1"}, floor: 1, cadence: monthly, publisher: "Datadog, Inc.",
		category: "Purchase", frequency: "Recurring", apps: []string{"observability"},
		variants: one(sku{meter: "Pro host month",
			usageType: "SoftwareUsage:ProHosts", price: "18.0000", unit: "Hosts", daily: "28.00"})},
}
