package demo

var (
	gcpNetwork = service{"Networking", "Networking", "Network Infrastructure"}
	gke        = service{"Kubernetes Engine", "Compute", "Containers"}
	gcpLogging = service{"Cloud Logging", "Management and Governance", "Observability"}
	gcpStorage = service{"Cloud Storage", "Storage", "Object Storage"}
)

// objectState is the system label of objects that nobody sees any more.
func objectState(state string) string {
	return `[{"key":"storage.googleapis.com/object_state","value":"` + state + `"}]`
}

var gcpPlants = []template{
	{name: "nat-idle", waste: idle("G-NET-03"), provider: gcp, service: gcpNetwork, kind: "Cloud NAT",
		idPattern: "//compute.googleapis.com/projects/{a}/regions/{r}/routers/{n}", label: "nat-notebooks", accounts: []int{dataDev},
		regions: []string{"europe-west1"}, life: recent, born: plantDays,
		variants: one(sku{meter: "Networking Cloud NAT Gateway: Uptime charge", price: "0.0440", unit: "hour", daily: "24.00"})},
	{name: "nat-used", provider: gcp, service: gcpNetwork, kind: "Cloud NAT", idPattern: "//compute.googleapis.com/projects/{a}/regions/{r}/routers/{n}",
		label: "nat-orders", accounts: []int{ordersProd}, regions: []string{"us-central1"}, life: recent, born: plantDays,
		variants: one(
			sku{meter: "Networking Cloud NAT Gateway: Uptime charge", price: "0.0440", unit: "hour", daily: "24.00"},
			sku{meter: "Networking Cloud NAT Gateway: Data processing charge", price: "0.0450", unit: "gibibyte", daily: "18.00", weekend: 800, noise: 90})},
	{name: "objects-hidden", waste: []waste{{rule: "G-GCS-06", step: tier, price: "0.01", candidate: true}}, provider: gcp, service: gcpStorage, kind: "Bucket", idPattern: "//storage.googleapis.com/projects/_/buckets/{n}",
		label: "exports", accounts: []int{dataProd}, regions: []string{"us-central1"}, life: recent, born: plantDays, apps: []string{"data-lake"},
		variants: one(
			sku{meter: "Standard Storage US Regional", labels: objectState("noncurrent"), waste: []waste{{rule: "G-GCS-01", step: tier}},
				price: "0.0200", unit: "gibibyte month", monthly: "2600.00"},
			sku{meter: "Standard Storage US Regional", labels: objectState("soft_deleted"), waste: []waste{{rule: "G-GCS-02", step: tier}},
				price: "0.0200", unit: "gibibyte month", monthly: "1400.00"},
			sku{meter: "Standard Storage US Regional", labels: objectState("multipart"), waste: []waste{{rule: "G-GCS-03", step: tier}},
				price: "0.0200", unit: "gibibyte month", monthly: "380.00"})},
	{name: "reservation-unused", waste: []waste{{rule: "G-VM-07"}}, provider: gcp, service: computeEngine, kind: "Reservation",
		idPattern: "//compute.googleapis.com/projects/{a}/zones/{z}/reservations/{n}", label: "peak", accounts: []int{ordersProd}, regions: []string{"us-central1"},
		zonal: true, life: recent, born: plantDays,
		variants: one(sku{meter: "Reserved E2 machine hours", labels: `[{"key":"compute.googleapis.com/is_unused_reservation","value":"true"}]`, price: "0.1340",
			unit: "hour", daily: "24.00"})},
	{name: "sql-old", provider: gcp, service: cloudSQL, kind: "Cloud SQL Instance", idPattern: "//cloudsql.googleapis.com/projects/{a}/instances/{n}",
		label: "reports-db", accounts: []int{dataDev}, regions: []string{"europe-west1"}, life: recent, born: plantDays,
		waste: []waste{{rule: "G-SQL-05", review: true, skus: []int{3}}},
		variants: one(
			sku{meter: "Cloud SQL for PostgreSQL 11: extended support", waste: []waste{{rule: "G-SQL-04", step: modernise}}, price: "0.0500", unit: "hour", daily: "48.00"},
			sku{meter: "Cloud SQL: IP address idling - hour", waste: []waste{{rule: "G-SQL-03"}}, price: "0.0100", unit: "hour", daily: "24.00"},
			sku{meter: "Zonal storage", price: "0.1700", unit: "gibibyte month", monthly: "60.00"},
			sku{meter: "Cloud SQL: Backups", price: "0.0800", unit: "gibibyte month", monthly: "190.00"})},
	{name: "deleted-early", waste: []waste{{rule: "G-GCS-07", step: tier, events: true}}, provider: gcp, service: gcpStorage, kind: "Bucket",
		idPattern: "//storage.googleapis.com/projects/_/buckets/{n}", label: "staging-exports", accounts: []int{dataProd}, regions: []string{"us-central1"},
		life: recent, born: 26, gone: 15, apps: []string{"data-lake"},
		variants: one(sku{meter: "Nearline Storage US Regional (Early Delete)", price: "0.0100", unit: "gibibyte month", daily: "34.00", noise: 250})},
	{name: "gke-extended", waste: []waste{{rule: "G-GKE-01", step: modernise}}, provider: gcp, service: gke, kind: "GKE Cluster",
		idPattern: "//container.googleapis.com/projects/{a}/locations/{r}/clusters/{n}", label: "batch", accounts: []int{dataProd}, regions: []string{"us-central1"},
		life: recent, born: 34, variants: one(sku{meter: "Kubernetes extended period", price: "0.5000", unit: "hour", daily: "8.00"})},
	{name: "logs-vended", waste: []waste{{rule: "G-LOG-02", review: true, whole: true}}, provider: gcp, service: gcpLogging, kind: "Log Bucket",
		idPattern: "//logging.googleapis.com/projects/{a}/locations/{r}/buckets/{n}", label: "flow-logs", accounts: []int{ordersProd}, regions: []string{"us-central1"},
		life: recent, born: plantDays,
		variants: one(sku{meter: "Vended Logs", price: "0.2500", unit: "gibibyte", daily: "6.40", noise: 90})},
}
