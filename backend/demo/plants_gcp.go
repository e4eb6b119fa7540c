package demo

import "math/big"

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

// coresAndMemory are the SKUs of a machine of a series that is billed by its cores and its memory, of so many core hours and GB hours a day.
func coresAndMemory(series, family, core, coreHours, memory, memoryHours string) []sku {
	return []sku{
		{family: family, meter: series + " Instance Core running in Americas", price: core, unit: "hour", daily: coreHours},
		{family: family, meter: series + " Instance Ram running in Americas", price: memory, unit: "gibibyte hour", daily: memoryHours},
	}
}

// The list prices of a core hour and a GB hour of predefined E2 machines.
const coreE2, memoryE2 = "0.0218", "0.0029"

// asE2 is what cores and memory cost more than those of predefined E2 machines cost the client.
func asE2(o *owned) *big.Rat {
	saved := new(big.Rat)
	for i, list := range []string{coreE2, memoryE2} {
		price := priceIn(list, o.res.region, "USD").permille(negotiated(billings[accounts[o.res.account].billing]))
		of := owned{o.book, o.res, o.items[i : i+1]}
		of.each(30, func(_ int, s *spent) {
			saved.Add(saved, ratOf(s.cost, o.items[i].scale))
			saved.Sub(saved, new(big.Rat).Mul(ratOf(price.units, price.scale), ratOf(s.quantity, o.items[i].quantityScale)))
		})
	}
	return saved
}

const clusterID = "//container.googleapis.com/projects/{a}/zones/{z}/clusters/{n}"

// clusterFee is what a cluster costs beside its nodes.
var clusterFee = sku{meter: "Zonal Kubernetes Clusters", price: "0.1000", unit: "hour", daily: "24.00"}

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
	{name: "books-old", provider: gcp, service: computeEngine, kind: "Compute Instance", idPattern: gceID, label: "catalogue", accounts: []int{bookshopWeb},
		regions: []string{"us-central1"}, zonal: true, life: recent, born: plantDays,
		waste:    []waste{{rule: "G-VM-03", step: modernise, instead: "machine", saved: asE2}},
		variants: [][]sku{coresAndMemory("N1 Predefined", "n1", "0.0316", "48.00", "0.0042", "180.00")}},
	{name: "books-custom", provider: gcp, service: computeEngine, kind: "Compute Instance", idPattern: gceID, label: "search", accounts: []int{bookshopWeb},
		regions: []string{"us-central1"}, zonal: true, life: recent, born: plantDays,
		waste:    []waste{{rule: "G-VM-04", step: modernise, saved: asE2}},
		variants: [][]sku{coresAndMemory("E2 Custom", "e2", "0.0229", "96.00", "0.0031", "240.00")}},
	{name: "books-cluster", provider: gcp, service: gke, kind: "GKE Cluster", idPattern: clusterID, label: "shop", accounts: []int{bookshopWeb},
		regions: []string{"us-central1"}, zonal: true, life: recent, born: plantDays, tagged: `{"goog-k8s-cluster-name":"shop"}`, variants: one(clusterFee)},
	{name: "books-node", provider: gcp, service: computeEngine, kind: "Compute Instance", idPattern: gceID, label: "gke-shop-default-pool", accounts: []int{bookshopWeb},
		regions: []string{"us-central1"}, zonal: true, floor: 2, life: recent, born: plantDays, tagged: `{"goog-k8s-cluster-name":"shop"}`,
		variants: [][]sku{coresAndMemory("E2", "e2", coreE2, "48.00", memoryE2, "192.00")}},
	{name: "books-cluster-empty", waste: []waste{{rule: "G-CUD-05", whole: true}}, provider: gcp, service: gke, kind: "GKE Cluster", idPattern: clusterID, label: "trial",
		accounts: []int{bookshopWeb}, regions: []string{"us-central1"}, zonal: true, life: recent, born: plantDays, tagged: `{"goog-k8s-cluster-name":"trial"}`,
		variants: one(clusterFee)},
}
