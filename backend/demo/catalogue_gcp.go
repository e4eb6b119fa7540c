package demo

import "strings"

var (
	computeEngine = service{"Compute Engine", "Compute", "Virtual Machines"}
	cloudSQL      = service{"Cloud SQL", "Databases", "Relational Databases"}
	bigQuery      = service{"BigQuery", "Analytics", "Data Warehouses"}
	gcpSupport    = service{"Support", "Management and Governance", "Support"}
)

func gcpInstance(kind, series, cores, price, daily string) []sku {
	return []sku{{
		family: strings.ToLower(series), meter: series + " Instance " + kind, price: price, unit: "hour", consumedUnit: "hour", daily: daily,
		details: `{"InstanceType":"` + kind + `","CoreCount":` + cores + `}`,
	}}
}

const gceID = "//compute.googleapis.com/projects/{a}/zones/{z}/instances/{n}"

var gcpRegions = []string{"europe-west1", "us-central1"}

var gcpTemplates = []template{
	{name: "gce-orders", provider: gcp, service: computeEngine, kind: "Compute Instance", idPattern: gceID, label: "orders",
		accounts: []int{ordersProd}, regions: []string{"us-central1"}, zonal: true, weight: 6, floor: 1, cover: coverCUD, life: arrives,
		apps: []string{"orders"},
		variants: [][]sku{
			gcpInstance("n2-standard-8", "N2", "8", "0.3885", "24.00"),
			gcpInstance("c3-standard-8", "C3", "8", "0.4031", "24.00")}},
	{name: "gce-pipeline", provider: gcp, service: computeEngine, kind: "Compute Instance", idPattern: gceID, label: "pipeline",
		accounts: []int{dataProd, dataProd, dataDev}, regions: gcpRegions, zonal: true, weight: 6, floor: 1, cover: coverCUD, life: churns,
		apps: []string{"data-lake", "demand-forecast"},
		variants: [][]sku{
			gcpInstance("e2-standard-4", "E2", "4", "0.1340", "24.00"),
			gcpInstance("n2-highmem-4", "N2", "4", "0.2620", "24.00")}},
	{name: "gce-dev-always-on", provider: gcp, service: computeEngine, kind: "Compute Instance", idPattern: gceID, label: "notebook",
		accounts: []int{dataDev}, regions: gcpRegions, zonal: true, weight: 3, apps: []string{"demand-forecast"}, life: churns,
		variants: [][]sku{gcpInstance("n2-standard-16", "N2", "16", "0.7769", "24.00")}},
	{name: "pd", waste: []waste{{rule: "G-DSK-04", step: tier, price: "0.04", candidate: true}}, provider: gcp, service: computeEngine, kind: "Persistent Disk",
		idPattern: "//compute.googleapis.com/projects/{a}/zones/{z}/disks/{n}", accounts: []int{dataProd}, regions: gcpRegions, zonal: true, weight: 5, sized: true, apps: []string{"data-lake"}, of: []string{"gce-pipeline"},
		variants: one(sku{meter: "SSD backed PD Capacity", price: "0.1700", unit: "gibibyte month",
			monthly: "500.00"})},
	{name: "gcp-ip-idle", waste: []waste{{rule: "G-NET-01", when: olderThan(5)}}, provider: gcp, service: service{"Networking", "Networking", "Network Infrastructure"}, kind: "External IP Address",
		idPattern: "//compute.googleapis.com/projects/{a}/regions/{r}/addresses/{n}", label: "static-ip", accounts: []int{dataDev, ordersProd},
		regions: gcpRegions, weight: 2, floor: 1, life: gathers,
		variants: one(sku{meter: "Static Ip Charge (unused)", price: "0.0100", unit: "hour", daily: "24.00"})},
	{name: "gcs", waste: []waste{{rule: "G-GCS-06", step: tier, price: "0.01", candidate: true, when: costing(10)}}, provider: gcp, service: service{"Cloud Storage", "Storage", "Object Storage"}, kind: "Bucket",
		idPattern: "//storage.googleapis.com/projects/_/buckets/{n}", label: "bucket", accounts: []int{dataProd, ordersProd, dataDev},
		regions: gcpRegions, weight: 4, floor: 1, sized: true, apps: []string{"data-lake", "orders"}, life: churns,
		variants: one(sku{meter: "Standard Storage", price: "0.0200", unit: "gibibyte month", monthly: "10100.00",
			monthlyGainPermille: 20})},
	{name: "bigquery", waste: []waste{{rule: "G-BQ-03", review: true, skus: []int{1}, when: costing(50)}, {rule: "G-BQ-02", review: true, skus: []int{0}, whole: true, when: costing(2922)}}, provider: gcp, service: bigQuery, kind: "BigQuery Dataset",
		idPattern: "//bigquery.googleapis.com/projects/{a}/datasets/{n}", label: "sales", accounts: []int{dataProd}, regions: gcpRegions,
		weight: 4, floor: 1, sized: true, story: fullScans, apps: []string{"sales-reporting", "demand-forecast"},
		variants: one(
			sku{meter: "Analysis", price: "6.2500", unit: "tebibyte", daily: "7.40", weekend: 550, noise: 90, grows: true},
			sku{meter: "Active Logical Storage", price: "0.0200", unit: "gibibyte month", monthly: "15000.00",
				monthlyGainPermille: 22})},
	{name: "cloudsql-orders", provider: gcp, service: cloudSQL, kind: "Cloud SQL Instance",
		idPattern: "//cloudsql.googleapis.com/projects/{a}/instances/{n}", label: "orders-db", accounts: []int{ordersProd},
		regions: []string{"us-central1"}, weight: 2, floor: 1, life: arrives, apps: []string{"orders"},
		variants: one(
			sku{meter: "Regional vCPU", price: "0.0826", unit: "hour", daily: "192.00",
				details: `{"CoreCount":8}`},
			sku{meter: "Regional storage", price: "0.3400",
				unit: "gibibyte month", monthly: "1600.00", monthlyGainPermille: 15})},
	{name: "gke", provider: gcp, service: service{"Kubernetes Engine", "Compute", "Containers"}, kind: "GKE Cluster",
		idPattern: "//container.googleapis.com/projects/{a}/locations/{r}/clusters/{n}", label: "gke", accounts: []int{ordersProd},
		regions: []string{"us-central1"}, floor: 1, life: arrives, apps: []string{"orders"},
		variants: one(sku{meter: "Regional Kubernetes Clusters", price: "0.1000", unit: "hour", daily: "24.00"})},
	{name: "run", provider: gcp, service: service{"Cloud Run", "Compute", "Serverless Compute"}, kind: "Cloud Run Service",
		idPattern: "//run.googleapis.com/projects/{a}/locations/{r}/services/{n}", label: "api", accounts: []int{ordersProd, dataProd},
		regions: gcpRegions, weight: 3, floor: 1, sized: true, apps: []string{"orders", "sales-reporting"},
		variants: one(sku{meter: "CPU Allocation Time", price: "0.0240", unit: "1000 vCPU seconds",
			perUnit: 1000, consumedUnit: "seconds", daily: "318.40", weekend: 760, noise: 80, grows: true})},
	{name: "pubsub", provider: gcp, service: service{"Cloud Pub/Sub", "Integration", "Messaging"}, kind: "Pub/Sub Topic",
		idPattern: "//pubsub.googleapis.com/projects/{a}/topics/{n}", label: "events", accounts: []int{dataProd, ordersProd},
		regions: gcpRegions, weight: 2, floor: 1, sized: true, cadence: workdays, apps: []string{"data-lake", "orders"},
		variants: one(sku{meter: "Message Delivery Basic", price: "40.0000", unit: "tebibyte", daily: "0.15",
			noise: 100, grows: true})},
	{name: "logging", provider: gcp, service: service{"Cloud Logging", "Management and Governance", "Observability"}, kind: "Log Bucket",
		idPattern: "//logging.googleapis.com/projects/{a}/locations/{r}/buckets/{n}", label: "logs", accounts: []int{ordersProd, dataProd},
		regions: gcpRegions, weight: 2, floor: 1, sized: true, apps: []string{"platform"},
		variants: one(sku{meter: "Log Storage", price: "0.5000", unit: "gibibyte", daily: "12.70", weekend: 800,
			noise: 90, grows: true})},
	{name: "vertex", provider: gcp, service: service{"Vertex AI", "AI and Machine Learning", "Machine Learning"}, kind: "Vertex AI Endpoint",
		idPattern: "//aiplatform.googleapis.com/projects/{a}/locations/{r}/endpoints/{x12}", label: "forecast", accounts: []int{dataProd},
		regions: []string{"europe-west1"}, weight: 1, floor: 1, cadence: workdays, apps: []string{"demand-forecast"},
		variants: one(sku{meter: "Prediction core", price: "0.0436", unit: "hour",
			daily: "64.00", noise: 150, grows: true})},
}
