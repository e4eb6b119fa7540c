package document

import (
	_ "embed"
	"slices"
	"strings"
)

// KindInfo says what a kind of document is and how a client makes one.
type KindInfo struct {
	Kind     Kind
	Provider string // canonical
	Title    string
	Contains string // what is in it, for whoever is asked to hand it out
	Decides  string // what it decides
}

// Kinds lists the kinds that a client makes, in the order of their providers.
func Kinds() []KindInfo {
	return []KindInfo{
		{AWSInstances, aws, "EC2 instances", "Ids, names, tags, types, states and private addresses of machines. No data and no passwords.", "whether a machine is stopped"},
		{AWSVolumes, aws, "EBS volumes", "Ids, tags, sizes, types and attachments of volumes. Nothing of what is stored on them.", "whether a volume belongs to a machine"},
		{AWSSnapshots, aws, "EBS snapshots", "Ids, dates, sizes and sources of the account's own snapshots.", "whether the volume of a snapshot is gone"},
		{AWSImages, aws, "Images (AMI)", "Ids, names and snapshots of the account's own images.", "whether an image is made of a snapshot"},
		{AWSAddresses, aws, "Elastic IP addresses", "Public addresses and what they are associated with.", "whether an address is free"},
		{AWSBalancers, aws, "Load balancers", "Names, DNS names, states and zones of load balancers.", "whether a load balancer is active"},
		{AWSTargetGroups, aws, "Target groups", "Names, ports and load balancers of target groups.", "what stands behind a load balancer"},
		{AWSTargetHealth, aws, "Health of targets", "The ids of the targets of each group and whether they are healthy.", "whether anything behind a load balancer works"},
		{AWSDatabases, aws, "RDS instances", "Ids, classes, engines, host names and settings of databases. No passwords and no data.", "which database a metric is of"},
		{AWSMetrics, aws, "CloudWatch metrics", "CPU, network, memory, connections, requests and operations by day, of volumes by hour, with the ids they are of.", "whether something is idle or too large"},
		{ComputeOptimizer, aws, "Compute Optimizer", "What AWS recommends for EC2 instances, with utilisation and savings.", "what AWS says beside a finding"},
		{CostOptimizationHub, aws, "Cost Optimization Hub", "What AWS recommends for all resources, with savings.", "what AWS says beside a finding"},
		{TrustedAdvisor, aws, "Trusted Advisor", "What AWS flags as idle or little used. Needs a support plan with the API.", "what AWS says beside a finding"},
		{AWSPurchases, aws, "Purchase recommendations", "Which Savings Plans and reserved instances Cost Explorer recommends, with savings. Each page costs $0.01.", "what AWS says about commitments"},
		{AWSPrices, aws, "Price list", "Prices of AWS for the region: an answer of get-products, or an offer file as JSON or CSV. Nothing of the account.", "what machines and volumes would cost instead, before the bill and the price book"},
		{AzureInventory, azure, "Resource Graph", "Ids, names, sizes, power states and connections of machines, disks, snapshots, public addresses, plans and load balancers.", "whether something is stopped, unattached or empty"},
		{AzureMetrics, azure, "Azure Monitor metrics", "CPU, network and free memory of machines by day.", "whether a machine is idle or too large"},
		{AzureAdvisor, azure, "Azure Advisor", "What Azure recommends about costs.", "what Azure says beside a finding"},
		{AzureReservations, azure, "Reservation recommendations", "Which reservations Azure recommends, with quantities and savings: an export of Cost Management, or the answer of the Consumption API.", "what Azure says about commitments"},
		{AzurePrices, azure, "Price sheet", "The prices of the agreement by meter, as the portal exports them.", "what machines and storage would cost instead, before the bill and the price book"},
		{GoogleAssets, google, "Cloud Asset inventory", "Names, numbers, types, states and users of machines, disks, snapshots, images, addresses and Cloud SQL.", "whether something is unattached, and which machine a metric is of"},
		{GoogleMetrics, google, "Cloud Monitoring metrics", "CPU, network and memory of machines by day.", "whether a machine is idle or too large"},
		{GoogleRecommender, google, "Recommender", "What Google recommends for machines, disks and addresses, with savings.", "what Google says beside a finding"},
		{GooglePrices, google, "Cloud Billing catalogue", "Prices of Google Cloud as it lists them, by SKU: answers of its catalogue. Nothing of the account.", "what disks, storage and machines would cost instead, before the bill and the price book"},
		{PriceList, google, "Price list as a table", "A CSV file with the columns provider, region, name, unit, price and currency, for any provider.", "what something would cost instead, before the bill and the price book"},
	}
}

//go:embed scripts/aws.sh
var awsScript string

//go:embed scripts/azure.sh
var azureScript string

//go:embed scripts/gcp.sh
var googleScript string

// Script returns the commands that make a document of a kind, or all of a provider (aws, azure or gcp), for the client to run. They
// read only. ok is false for what is neither; an export that a portal makes has a comment in place of commands.
func Script(name string) (script string, ok bool) {
	scripts := map[string]string{"aws": awsScript, "azure": azureScript, "gcp": googleScript}
	if s, ok := scripts[strings.ToLower(name)]; ok {
		return s, true
	}
	for _, s := range []string{awsScript, azureScript, googleScript} {
		head, sections := sectionsOf(s)
		if at := slices.IndexFunc(sections, func(one section) bool { return strings.EqualFold(one.kind, name) }); at >= 0 {
			return head + sections[at].text, true
		}
	}
	return "", false
}

// section is the part of a script that makes one kind.
type section struct{ kind, text string }

// sectionMark begins a section: the name of its kind follows.
const sectionMark = "# == "

func sectionsOf(script string) (head string, sections []section) {
	head, rest, _ := strings.Cut(script, sectionMark)
	for rest != "" {
		var text string
		text, rest, _ = strings.Cut(rest, "\n"+sectionMark)
		kind, _, _ := strings.Cut(text, "\n")
		sections = append(sections, section{strings.TrimSpace(kind), sectionMark + strings.TrimRight(text, "\n") + "\n"})
	}
	return head, sections
}
