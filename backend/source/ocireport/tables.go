package ocireport

import "strings"

// service is a service in the words of FOCUS.
type service struct{ name, category, subcategory string }

// services translates product/service. The words are those of Oracle's public product
// pages, the categories those of FOCUS.
var services = map[string]service{
	"COMPUTE":                  {"Compute", "Compute", "Virtual Machines"},
	"BLOCK_STORAGE":            {"Block Volume", "Storage", "Block Storage"},
	"OBJECTSTORE":              {"Object Storage", "Storage", "Object Storage"},
	"FILE_STORAGE":             {"File Storage", "Storage", "File Storage"},
	"LUSTRE_FILE_STORAGE":      {"File Storage with Lustre", "Storage", "File Storage"},
	"NETWORK":                  {"Networking", "Networking", "Network Connectivity"},
	"VIRTUAL_CLOUD_NETWORK":    {"Virtual Cloud Network", "Networking", "Network Infrastructure"},
	"LBAAS":                    {"Load Balancer", "Networking", "Application Networking"},
	"LOAD_BALANCER":            {"Load Balancer", "Networking", "Application Networking"},
	"FASTCONNECT":              {"FastConnect", "Networking", "Network Connectivity"},
	"DNS":                      {"DNS", "Networking", "Network Routing"},
	"NETWORK_FIREWALL":         {"Network Firewall", "Networking", "Network Security"},
	"WAF":                      {"Web Application Firewall", "Security", "Network Security"},
	"DATABASE":                 {"Oracle Database", "Databases", "Relational Databases"},
	"ADW":                      {"Autonomous Data Warehouse", "Databases", "Data Warehouses"},
	"ATP":                      {"Autonomous Transaction Processing", "Databases", "Relational Databases"},
	"MYSQL":                    {"MySQL HeatWave", "Databases", "Relational Databases"},
	"POSTGRESQL":               {"Database with PostgreSQL", "Databases", "Relational Databases"},
	"NOSQL":                    {"NoSQL Database", "Databases", "NoSQL Databases"},
	"REDIS":                    {"Cache", "Databases", "Caching"},
	"TELEMETRY":                {"Monitoring", "Management and Governance", "Observability"},
	"LOGGING":                  {"Logging", "Management and Governance", "Observability"},
	"LOGGING_ANALYTICS":        {"Log Analytics", "Management and Governance", "Observability"},
	"APM":                      {"Application Performance Monitoring", "Management and Governance", "Observability"},
	"NOTIFICATIONS":            {"Notifications", "Integration", "Messaging"},
	"EMAIL_DELIVERY":           {"Email Delivery", "Integration", "Messaging"},
	"QUEUE":                    {"Queue", "Integration", "Messaging"},
	"INTEGRATION":              {"Oracle Integration", "Integration", "Workflow Orchestration"},
	"API_GATEWAY":              {"API Gateway", "Integration", "API Management"},
	"ORACLE_STREAMING_SERVICE": {"Streaming", "Analytics", "Streaming Analytics"},
	"STREAMING":                {"Streaming", "Analytics", "Streaming Analytics"},
	"BIG_DATA":                 {"Big Data Service", "Analytics", "Analytics Platforms"},
	"DATA_FLOW":                {"Data Flow", "Analytics", "Data Processing"},
	"DATA_CATALOG":             {"Data Catalog", "Analytics", "Data Governance"},
	"DATA_INTEGRATION":         {"Data Integration", "Analytics", "Data Processing"},
	"ANALYTICS":                {"Analytics Cloud", "Analytics", "Business Intelligence"},
	"DATA_SCIENCE":             {"Data Science", "AI and Machine Learning", "Machine Learning"},
	"GENERATIVE_AI":            {"Generative AI", "AI and Machine Learning", "Generative AI"},
	"DIGITAL_ASSISTANT":        {"Digital Assistant", "AI and Machine Learning", "Bots"},
	"CONTAINER_ENGINE":         {"Kubernetes Engine", "Compute", "Containers"},
	"CONTAINER_INSTANCES":      {"Container Instances", "Compute", "Containers"},
	"FUNCTIONS":                {"Functions", "Compute", "Serverless Compute"},
	"KMS":                      {"Vault", "Security", "Secret Management"},
	"VAULT":                    {"Vault", "Security", "Secret Management"},
	"CLOUD_GUARD":              {"Cloud Guard", "Security", "Security Posture Management"},
	"BASTION":                  {"Bastion", "Security", "Network Security"},
	"IDENTITY":                 {"Identity and Access Management", "Identity", "Identity and Access Management"},
	"VMWARE":                   {"VMware Solution", "Compute", "Virtual Machines"},
	"DEVOPS":                   {"DevOps", "Developer Tools", "Continuous Integration and Deployment"},
	"VISUAL_BUILDER":           {"Visual Builder", "Developer Tools", "Developer Platforms"},
	"GOLDENGATE":               {"GoldenGate", "Databases", "Other (Databases)"},

	"NETWORK_LOAD_BALANCER":  {"Network Load Balancer", "Networking", "Application Networking"},
	"CDN":                    {"Content Delivery Network", "Networking", "Content Delivery"},
	"HEALTH_CHECKS":          {"Health Checks", "Management and Governance", "Observability"},
	"EVENTS":                 {"Events", "Integration", "Messaging"},
	"CONNECTOR_HUB":          {"Connector Hub", "Integration", "Messaging"},
	"OPENSEARCH":             {"Search with OpenSearch", "Analytics", "Search"},
	"DATA_SAFE":              {"Data Safe", "Security", "Security Posture Management"},
	"VULNERABILITY_SCANNING": {"Vulnerability Scanning", "Security", "Security Posture Management"},
	"THREAT_INTELLIGENCE":    {"Threat Intelligence", "Security", "Threat Detection and Response"},
	"CERTIFICATES":           {"Certificates", "Security", "Other (Security)"},
	"DATABASE_MANAGEMENT":    {"Database Management", "Databases", "Other (Databases)"},
	"DATABASE_MIGRATION":     {"Database Migration", "Migration", "Data Migration"},
	"DATA_TRANSFER":          {"Data Transfer", "Migration", "Data Migration"},
	"CLOUD_MIGRATIONS":       {"Cloud Migrations", "Migration", "Resource Migration"},
	"OPERATIONS_INSIGHTS":    {"Ops Insights", "Management and Governance", "Observability"},
	"STACK_MONITORING":       {"Stack Monitoring", "Management and Governance", "Observability"},
	"RESOURCE_MANAGER":       {"Resource Manager", "Management and Governance", "Other (Management and Governance)"},
	"CONTAINER_REGISTRY":     {"Container Registry", "Compute", "Containers"},
	"FULL_STACK_DR":          {"Full Stack Disaster Recovery", "Storage", "Disaster Recovery"},
	"AI_LANGUAGE":            {"Language", "AI and Machine Learning", "Natural Language Processing"},
	"AI_SPEECH":              {"Speech", "AI and Machine Learning", "Natural Language Processing"},
	"AI_VISION":              {"Vision", "AI and Machine Learning", "Machine Learning"},
	"AI_DOCUMENT":            {"Document Understanding", "AI and Machine Learning", "Machine Learning"},
	"GENERATIVE_AI_AGENTS":   {"Generative AI Agents", "AI and Machine Learning", "Generative AI"},
	"BLOCKCHAIN_PLATFORM":    {"Blockchain Platform", "Databases", "Ledger Databases"},
	"MEDIA_FLOW":             {"Media Flow", "Media", "Content Creation"},
	"MEDIA_STREAMS":          {"Media Streams", "Media", "Media Streaming"},
	"CONTENT_MANAGEMENT":     {"Content Management", "Business Applications", "Productivity and Collaboration"},
	"SECURE_DESKTOPS":        {"Secure Desktops", "Compute", "End User Computing"},
	"ROVING_EDGE":            {"Roving Edge Infrastructure", "Compute", "Other (Compute)"},
	"JAVA_MANAGEMENT":        {"Java Management", "Management and Governance", "Other (Management and Governance)"},
	"EXADATA":                {"Exadata Database", "Databases", "Relational Databases"},
	"AUTONOMOUS_DATABASE":    {"Autonomous Database", "Databases", "Relational Databases"},
	"AUTONOMOUS_JSON":        {"Autonomous JSON Database", "Databases", "NoSQL Databases"},
	"AUTONOMOUS_RECOVERY":    {"Autonomous Recovery", "Storage", "Backup Storage"},
}

// servicesByName finds services by other spellings of their key or name: without case,
// separators and words that say nothing.
var servicesByName = func() map[string]service {
	all := make(map[string]service, 2*len(services))
	for _, s := range services {
		all[foldService(s.name)] = s
	}
	for key, s := range services {
		all[foldService(key)] = s
	}
	return all
}()

func foldService(name string) string {
	folded := fold(name)
	for _, word := range []string{"oracle", "oci", "service", "cloud", "platform"} {
		folded = strings.ReplaceAll(folded, word, "")
	}
	return strings.TrimSuffix(folded, "s")
}

// serviceOf translates a name of product/service; a service that the table does not know
// keeps its name.
func serviceOf(name string) service {
	if s, ok := services[name]; ok {
		return s
	}
	if s, ok := servicesByName[foldService(name)]; ok {
		return s
	}
	return service{name, "Other", "Other (Other)"}
}

// regions gives the commercial regions the names of Oracle's documentation.
var regions = map[string]string{
	"us-ashburn-1": "US East (Ashburn)", "us-phoenix-1": "US West (Phoenix)", "us-sanjose-1": "US West (San Jose)", "us-chicago-1": "US Midwest (Chicago)",
	"ca-toronto-1": "Canada Southeast (Toronto)", "ca-montreal-1": "Canada Southeast (Montreal)",
	"sa-saopaulo-1": "Brazil East (Sao Paulo)", "sa-vinhedo-1": "Brazil Southeast (Vinhedo)", "sa-santiago-1": "Chile Central (Santiago)",
	"sa-valparaiso-1": "Chile West (Valparaiso)", "sa-bogota-1": "Colombia Central (Bogota)", "mx-queretaro-1": "Mexico Central (Queretaro)",
	"mx-monterrey-1": "Mexico Northeast (Monterrey)",
	"uk-london-1":    "UK South (London)", "uk-cardiff-1": "UK West (Newport)", "eu-frankfurt-1": "Germany Central (Frankfurt)",
	"eu-amsterdam-1": "Netherlands Northwest (Amsterdam)", "eu-zurich-1": "Switzerland North (Zurich)", "eu-milan-1": "Italy Northwest (Milan)",
	"eu-paris-1": "France Central (Paris)", "eu-marseille-1": "France South (Marseille)", "eu-madrid-1": "Spain Central (Madrid)",
	"eu-stockholm-1": "Sweden Central (Stockholm)", "eu-jovanovac-1": "Serbia Central (Jovanovac)",
	"il-jerusalem-1": "Israel Central (Jerusalem)", "me-jeddah-1": "Saudi Arabia West (Jeddah)", "me-riyadh-1": "Saudi Arabia Central (Riyadh)",
	"me-dubai-1": "UAE East (Dubai)", "me-abudhabi-1": "UAE Central (Abu Dhabi)", "af-johannesburg-1": "South Africa Central (Johannesburg)",
	"ap-tokyo-1": "Japan East (Tokyo)", "ap-osaka-1": "Japan Central (Osaka)", "ap-seoul-1": "South Korea Central (Seoul)",
	"ap-chuncheon-1": "South Korea North (Chuncheon)", "ap-singapore-1": "Singapore (Singapore)", "ap-singapore-2": "Singapore West (Singapore)",
	"ap-mumbai-1": "India West (Mumbai)", "ap-hyderabad-1": "India South (Hyderabad)", "ap-sydney-1": "Australia East (Sydney)",
	"ap-melbourne-1": "Australia Southeast (Melbourne)",

	"us-langley-1": "US Gov East (Ashburn)", "us-luke-1": "US Gov West (Phoenix)",
	"us-gov-ashburn-1": "US DoD East (Ashburn)", "us-gov-chicago-1": "US DoD North (Chicago)", "us-gov-phoenix-1": "US DoD West (Phoenix)",
	"uk-gov-london-1": "UK Gov South (London)", "uk-gov-cardiff-1": "UK Gov West (Newport)",
	"eu-frankfurt-2": "EU Sovereign Central (Frankfurt)", "eu-madrid-2": "EU Sovereign South (Madrid)",
}
