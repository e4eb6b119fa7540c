package demo

var (
	gcpNetwork = service{"Networking", "Networking", "Network Infrastructure"}
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
	{name: "objects-hidden", waste: []waste{{rule: "G-GCS-06", step: tier, price: "0.01", candidate: true}}, provider: gcp, service: gcpStorage, kind: "Bucket", idPattern: "//storage.googleapis.com/projects/_/buckets/{n}",
		label: "exports", accounts: []int{dataProd}, regions: []string{"us-central1"}, life: recent, born: plantDays, apps: []string{"data-lake"},
		variants: one(
			sku{meter: "Standard Storage US Regional", labels: objectState("noncurrent"), waste: []waste{{rule: "G-GCS-01", step: tier}},
				price: "0.0200", unit: "gibibyte month", monthly: "2600.00"},
			sku{meter: "Standard Storage US Regional", labels: objectState("soft_deleted"), waste: []waste{{rule: "G-GCS-02", step: tier}},
				price: "0.0200", unit: "gibibyte month", monthly: "1400.00"},
			sku{meter: "Standard Storage US Regional", labels: objectState("multipart"), waste: []waste{{rule: "G-GCS-03", step: tier}},
				price: "0.0200", unit: "gibibyte month", monthly: "380.00"})},
}
