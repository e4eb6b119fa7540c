package finops

// serviceCategories are the allowed values of ServiceCategory in FOCUS 1.0 to 1.4.
var serviceCategories = []string{
	"AI and Machine Learning", "Analytics", "Business Applications", "Compute", "Databases", "Developer Tools", "Multicloud", "Identity",
	"Integration", "Internet of Things", "Management and Governance", "Media", "Migration", "Mobile", "Networking", "Security", "Storage",
	"Web", "Other",
}

// serviceSubcategories are the allowed values of ServiceSubcategory since FOCUS 1.1; every
// category has its "Other (…)" besides.
var serviceSubcategories = func() []string {
	values := []string{
		"AI Platforms", "Bots", "Generative AI", "Machine Learning", "Natural Language Processing",
		"Analytics Platforms", "Business Intelligence", "Data Processing", "Search", "Streaming Analytics",
		"Productivity and Collaboration",
		"Containers", "End User Computing", "Quantum Compute", "Serverless Compute", "Virtual Machines",
		"Caching", "Data Warehouses", "Ledger Databases", "NoSQL Databases", "Relational Databases", "Time Series Databases",
		"Developer Platforms", "Continuous Integration and Deployment", "Development Environments", "Source Code Management", "Quality Assurance",
		"Identity and Access Management",
		"API Management", "Messaging", "Workflow Orchestration",
		"IoT Analytics", "IoT Platforms",
		"Architecture", "Compliance", "Cost Management", "Data Governance", "Disaster Recovery", "Endpoint Management", "Observability", "Support",
		"Content Creation", "Gaming", "Media Streaming", "Mixed Reality",
		"Data Migration", "Resource Migration",
		"Multicloud Integration",
		"Application Networking", "Content Delivery", "Network Connectivity", "Network Infrastructure", "Network Routing", "Network Security",
		"Secret Management", "Security Posture Management", "Threat Detection and Response",
		"Backup Storage", "Block Storage", "File Storage", "Object Storage", "Storage Platforms",
		"Application Platforms",
	}
	for _, category := range serviceCategories {
		values = append(values, "Other ("+category+")")
	}
	return values
}()
