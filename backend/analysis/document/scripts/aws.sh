#!/usr/bin/env bash
# Makes the documents with which findings of savings are decided, for one account and one region.
# It reads only (describe, get, list) and changes nothing. Read what it writes before you hand it out.
# Run it in AWS CloudShell, or with the AWS CLI and the policy ReadOnlyAccess:
#   bash aws.sh eu-west-1
set -eu
region="${1:?Name the region, such as eu-west-1}"
folder="cloud-documents-aws-$region"
mkdir -p "$folder"
start="$(date -u -d '32 days ago' +%FT00:00:00Z 2>/dev/null || date -u -v-32d +%FT00:00:00Z)"
end="$(date -u +%FT00:00:00Z)"

# == aws-instances
aws ec2 describe-instances --region "$region" --output json > "$folder/describe-instances-$region.json"

# == aws-volumes
aws ec2 describe-volumes --region "$region" --output json > "$folder/describe-volumes-$region.json"

# == aws-snapshots
aws ec2 describe-snapshots --owner-ids self --region "$region" --output json > "$folder/describe-snapshots-$region.json"

# == aws-images
aws ec2 describe-images --owners self --region "$region" --output json > "$folder/describe-images-$region.json"

# == aws-addresses
aws ec2 describe-addresses --region "$region" --output json > "$folder/describe-addresses-$region.json"

# == aws-load-balancers
aws elbv2 describe-load-balancers --region "$region" --output json > "$folder/elbv2-describe-load-balancers-$region.json"

# == aws-target-groups
aws elbv2 describe-target-groups --region "$region" --output json > "$folder/elbv2-describe-target-groups-$region.json"

# == aws-target-health
# The output does not name its target group, so the file does: NAME__HASH.json.
for arn in $(aws elbv2 describe-target-groups --region "$region" --query 'TargetGroups[].TargetGroupArn' --output text); do
  name="${arn##*:targetgroup/}"
  aws elbv2 describe-target-health --target-group-arn "$arn" --region "$region" --output json > "$folder/${name%%/*}__${name##*/}.json"
done

# == aws-databases
aws rds describe-db-instances --region "$region" --output json > "$folder/rds-describe-db-instances-$region.json"

# == aws-metrics
# Each label says what its values are of: namespace, resource, metric, statistic and period. A search finds at most 500 resources.
search() { # id, namespace, dimension, metric, statistic, period
  printf '{"Id":"%s","Expression":"SEARCH('"'"'{%s,%s} MetricName=\\"%s\\"'"'"', '"'"'%s'"'"', %s)","Label":"%s ${PROP('"'"'Dim.%s'"'"')} %s %s %s"}' "$1" "$2" "$3" "$4" "$5" "$6" "$2" "$3" "$4" "$5" "$6"
}
memory="{\"Id\":\"m6\",\"Expression\":\"SEARCH('Namespace=\\\"CWAgent\\\" MetricName=\\\"mem_used_percent\\\"', 'Maximum', 86400)\",\"Label\":\"CWAgent \${PROP('Dim.InstanceId')} mem_used_percent Maximum 86400\"}"
daily="[$(search m1 AWS/EC2 InstanceId CPUUtilization Maximum 86400),$(search m2 AWS/EC2 InstanceId CPUUtilization p99 86400),$(search m3 AWS/EC2 InstanceId NetworkIn Sum 86400),$(search m4 AWS/EC2 InstanceId NetworkOut Sum 86400),$memory,$(search m7 AWS/RDS DBInstanceIdentifier DatabaseConnections Maximum 86400),$(search m8 AWS/RDS DBInstanceIdentifier CPUUtilization Maximum 86400),$(search m9 AWS/ApplicationELB LoadBalancer RequestCount Sum 86400)]"
hourly="[$(search m1 AWS/EBS VolumeId VolumeReadOps Sum 3600),$(search m2 AWS/EBS VolumeId VolumeWriteOps Sum 3600),$(search m3 AWS/EBS VolumeId VolumeReadBytes Sum 3600),$(search m4 AWS/EBS VolumeId VolumeWriteBytes Sum 3600)]"
aws cloudwatch get-metric-data --metric-data-queries "$daily" --start-time "$start" --end-time "$end" --region "$region" --output json > "$folder/cloudwatch-daily-$region.json"
aws cloudwatch get-metric-data --metric-data-queries "$hourly" --start-time "$start" --end-time "$end" --region "$region" --output json > "$folder/cloudwatch-volumes-$region.json"

# == aws-compute-optimizer
aws compute-optimizer get-ec2-instance-recommendations --region "$region" --output json > "$folder/compute-optimizer-$region.json" || echo "Compute Optimizer is not switched on."

# == aws-cost-optimization-hub
aws cost-optimization-hub list-recommendations --region us-east-1 --output json > "$folder/cost-optimization-hub.json" || echo "Cost Optimization Hub is not switched on."

# == aws-trusted-advisor
for check in Qch7DwouX1 DAvU99Dc4C Ti39halfu8; do
  aws support describe-trusted-advisor-check-result --check-id "$check" --region us-east-1 --output json > "$folder/trusted-advisor-$check.json" || echo "Trusted Advisor needs a support plan with the API."
done

# == aws-purchase-recommendations
# Cost Explorer charges $0.01 for each of these seven calls, so that they are made only with purchases=yes before the command.
if [ "${purchases:-no}" = yes ]; then
  for plan in COMPUTE_SP EC2_INSTANCE_SP; do
    aws ce get-savings-plans-purchase-recommendation --savings-plans-type "$plan" --term-in-years ONE_YEAR --payment-option NO_UPFRONT --lookback-period-in-days THIRTY_DAYS --region us-east-1 --output json > "$folder/purchase-$plan.json"
  done
  for service in 'Amazon Elastic Compute Cloud - Compute' 'Amazon Relational Database Service' 'Amazon ElastiCache' 'Amazon OpenSearch Service' 'Amazon Redshift'; do
    aws ce get-reservation-purchase-recommendation --service "$service" --term-in-years ONE_YEAR --payment-option NO_UPFRONT --lookback-period-in-days THIRTY_DAYS --region us-east-1 --output json > "$folder/purchase-${service##* }.json"
  done
fi

# == aws-prices
# Prices on demand of machines with Linux. A larger offer file of the price list can be handed out as well, up to 64 MB.
aws pricing get-products --service-code AmazonEC2 --region us-east-1 --filters "Type=TERM_MATCH,Field=regionCode,Value=$region" Type=TERM_MATCH,Field=tenancy,Value=Shared Type=TERM_MATCH,Field=capacitystatus,Value=Used Type=TERM_MATCH,Field=operatingSystem,Value=Linux Type=TERM_MATCH,Field=preInstalledSw,Value=NA --output json > "$folder/prices-machines-$region.json"
aws pricing get-products --service-code AmazonEC2 --region us-east-1 --filters "Type=TERM_MATCH,Field=regionCode,Value=$region" "Type=TERM_MATCH,Field=productFamily,Value=Storage" --output json > "$folder/prices-volumes-$region.json"
