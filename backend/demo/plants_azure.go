package demo

var azurePlants = []template{
	{name: "nat-idle", waste: idle("Z-NET-02"), provider: azure, service: service{"NAT Gateway", "Networking", "Network Infrastructure"}, kind: "NAT gateway",
		idPattern: azureID("Microsoft.Network/natGateways"), label: "nat-erp-old", accounts: []int{erpTest}, regions: []string{"eastus2"},
		life: recent, born: plantDays, apps: []string{"erp"},
		variants: one(sku{meter: "Standard Gateway", subcategory: "NAT Gateway", price: "0.045000", unit: "1 Hour", consumedUnit: "Hours", daily: "24.000000"})},
	{name: "firewall-idle", waste: idle("Z-NET-07"), provider: azure, service: service{"Azure Firewall", "Security", "Network Security"}, kind: "Firewall",
		idPattern: azureID("Microsoft.Network/azureFirewalls"), label: "fw-lab", accounts: []int{shopDEDev}, regions: []string{"germanywestcentral"},
		life: recent, born: plantDays, apps: []string{"network"},
		variants: one(sku{meter: "Basic Deployment", subcategory: "Basic", price: "0.395000", unit: "1 Hour", consumedUnit: "Hours", daily: "24.000000"})},
	{name: "endpoint-idle", waste: idle("Z-NET-11"), provider: azure, service: azureNetwork, kind: "Private endpoint",
		idPattern: azureID("Microsoft.Network/privateEndpoints"), label: "pe-ledger", accounts: []int{erpProd}, regions: []string{"eastus2"},
		life: recent, born: plantDays, apps: []string{"ledger"},
		variants: one(sku{meter: "Standard Private Endpoint", subcategory: "Private Link", price: "0.010000", unit: "1 Hour", consumedUnit: "Hours", daily: "24.000000"})},
}
