#!/usr/bin/env bash
# Makes the documents with which findings of savings are decided, for all subscriptions that you can read.
# It reads only (query, list) and changes nothing. Read what it writes before you hand it out.
# Run it in Azure Cloud Shell, or with the Azure CLI and the role Reader:
#   bash azure.sh
set -eu
folder="cloud-documents-azure"
mkdir -p "$folder"
start="$(date -u -d '32 days ago' +%FT00:00:00Z 2>/dev/null || date -u -v-32d +%FT00:00:00Z)"

# == azure-inventory
query="resources | where type in~ ('microsoft.compute/virtualmachines', 'microsoft.compute/disks', 'microsoft.compute/snapshots', 'microsoft.network/publicipaddresses', 'microsoft.network/loadbalancers', 'microsoft.network/applicationgateways', 'microsoft.web/serverfarms') | project id, name, type, location, resourceGroup, subscriptionId, managedBy, sku, properties"
token=''
page=1
while :; do
  file="$folder/resource-graph-$page.json"
  az graph query -q "$query" --first 1000 ${token:+--skip-token "$token"} --output json > "$file"
  token="$(sed -n 's/.*"skip_token": "\([^"]*\)".*/\1/p' "$file")"
  [ -n "$token" ] || break
  page=$((page + 1))
done

# == azure-metrics
az vm list --query '[].id' --output tsv | while read -r id; do
  az monitor metrics list --resource "$id" --metric 'Percentage CPU' 'Network In Total' 'Network Out Total' 'Available Memory Bytes' \
    --aggregation Average Maximum Minimum Total --interval P1D --start-time "$start" --output json < /dev/null > "$folder/monitor-$(echo "$id" | cut -d/ -f5)-${id##*/}.json"
done

# == azure-advisor
az advisor recommendation list --category Cost --output json > "$folder/advisor.json"

# == azure-reservation-recommendations
# The portal makes this one: Cost Management, Exports, Create, Reservation recommendations. Hand out the CSV file as it is.

# == azure-prices
# The portal makes this one: Cost Management, Exports, Create, Price sheet; or Billing account, Usage + charges, Download price sheet. Hand out the CSV file as it is.
