package savings

import "cloud-intelligence/backend/analysis/document"

// provers are what decides from documents, by the name that rules call it.
var provers map[string]*prover

func init() {
	awsDisks := []document.Kind{document.AWSVolumes}
	azureAll := []document.Kind{document.AzureInventory}
	assets := []document.Kind{document.GoogleAssets}
	inventory := func(kinds []document.Kind, needs string, judge func(*trial) ruling) *prover {
		return &prover{class: byInventory, kinds: kinds, needs: needs, judge: judge}
	}
	metrics := func(kind document.Kind, needs string, judge func(*trial) ruling) *prover {
		return &prover{class: byMetrics, kinds: []document.Kind{kind}, needs: needs, judge: judge}
	}
	alone := func(kinds []document.Kind, needs string, judge func(*trial) ruling) *prover {
		p := inventory(kinds, needs, judge)
		p.alone = true
		return p
	}
	const (
		volumes     = "a list of volumes (aws ec2 describe-volumes)"
		resources   = "an inventory (az graph query)"
		assetExport = "an inventory (gcloud asset export)"
		cloudWatch  = "metrics (aws cloudwatch get-metric-data)"
		monitor     = "metrics (az monitor metrics list)"
		timeSeries  = "metrics of Cloud Monitoring"
	)
	provers = map[string]*prover{
		"unattached-volume":     alone(awsDisks, volumes, attachedDisk),
		"volume-of-stopped":     inventory(awsDisks, volumes, diskOfStopped),
		"stopped-machine":       inventory([]document.Kind{document.AWSInstances}, "a list of machines (aws ec2 describe-instances)", stoppedMachine),
		"orphaned-snapshot":     inventory([]document.Kind{document.AWSSnapshots}, "lists of snapshots, volumes and images (aws ec2 describe-snapshots, describe-volumes, describe-images)", orphanedSnapshot),
		"idle-address":          inventory([]document.Kind{document.AWSAddresses, document.GoogleAssets}, "a list of addresses", idleAddress),
		"idle-balancer":         inventory([]document.Kind{document.AWSBalancers}, "a list of load balancers", idleBalancer),
		"no-healthy-target":     inventory([]document.Kind{document.AWSTargetHealth, document.AWSTargetGroups}, "the health of targets (aws elbv2 describe-target-health)", noHealthyTarget),
		"not-deallocated":       alone(azureAll, resources, notDeallocated),
		"disk-of-deallocated":   alone(azureAll, resources, diskOfDeallocated),
		"unattached-disk":       alone(azureAll, resources, attachedDisk),
		"free-address":          inventory(azureAll, resources, freeAddress),
		"empty-plan":            inventory(azureAll, resources, emptyPlan),
		"no-backend":            inventory(azureAll, resources, noBackend(document.Balancer)),
		"no-gateway-backend":    inventory(azureAll, resources, noBackend(document.Gateway)),
		"old-snapshot":          {class: byInventory, kinds: azureAll, needs: resources, ages: true, judge: oldSnapshot},
		"asset-unattached-disk": alone(assets, assetExport, attachedDisk),
		"asset-orphaned":        inventory(assets, assetExport, orphanedSnapshot),
		"idle-machine":          metrics(document.AWSMetrics, cloudWatch, idleMachine("")),
		"idle-proxy":            metrics(document.AWSMetrics, cloudWatch, idleMachine("A-EC2-01")),
		"smaller-machine":       metrics(document.AWSMetrics, cloudWatch, smallerFits),
		"idle-database":         metrics(document.AWSMetrics, cloudWatch, idleDatabase),
		"unused-operations":     metrics(document.AWSMetrics, cloudWatch, unusedOperations),
		"quiet-volume":          metrics(document.AWSMetrics, cloudWatch, quietDisk),
		"azure-idle-machine":    metrics(document.AzureMetrics, monitor, idleMachine("")),
		"azure-smaller-machine": metrics(document.AzureMetrics, monitor, smallerFits),
		"gcp-idle-machine":      metrics(document.GoogleMetrics, timeSeries, idleGoogle),
		"gcp-smaller-machine":   metrics(document.GoogleMetrics, timeSeries, smallerFits),
	}
}
