#!/usr/bin/env bash
# Makes the documents with which findings of savings are decided, for one project.
# It reads only (list, and GET requests of Cloud Monitoring) and changes nothing. Read what it writes before you hand it out.
# Run it in Cloud Shell, or with the Google Cloud CLI and the roles Cloud Asset Viewer, Monitoring Viewer and Recommender Viewer:
#   bash gcp.sh my-project
set -eu
project="${1:?Name the project}"
folder="cloud-documents-gcp-$project"
mkdir -p "$folder"
start="$(date -u -d '32 days ago' +%FT00:00:00Z 2>/dev/null || date -u -v-32d +%FT00:00:00Z)"
end="$(date -u +%FT00:00:00Z)"

# == gcp-assets
gcloud asset list --project "$project" --content-type resource --format json \
  --asset-types 'compute.googleapis.com/Instance,compute.googleapis.com/Disk,compute.googleapis.com/Snapshot,compute.googleapis.com/Image,compute.googleapis.com/Address,sqladmin.googleapis.com/Instance' > "$folder/assets.json"

# == gcp-metrics
number=1
for metric in 'compute.googleapis.com/instance/cpu/utilization ALIGN_MAX' 'compute.googleapis.com/instance/network/received_bytes_count ALIGN_SUM' 'compute.googleapis.com/instance/network/sent_bytes_count ALIGN_SUM' 'agent.googleapis.com/memory/percent_used ALIGN_MAX'; do
  page=''
  while :; do
    file="$folder/monitoring-$number.json"
    curl -sSG "https://monitoring.googleapis.com/v3/projects/$project/timeSeries" -H "Authorization: Bearer $(gcloud auth print-access-token)" \
      --data-urlencode "filter=metric.type=\"${metric% *}\"" --data-urlencode "interval.startTime=$start" --data-urlencode "interval.endTime=$end" \
      --data-urlencode 'aggregation.alignmentPeriod=86400s' --data-urlencode "aggregation.perSeriesAligner=${metric#* }" --data-urlencode "pageToken=$page" > "$file"
    number=$((number + 1))
    page="$(sed -n 's/.*"nextPageToken": "\([^"]*\)".*/\1/p' "$file")"
    [ -n "$page" ] || break
  done
done

# == gcp-recommender
for place in $(gcloud compute instances list --project "$project" --format 'value(zone.basename())' | sort -u); do
  for recommender in google.compute.instance.IdleResourceRecommender google.compute.instance.MachineTypeRecommender google.compute.disk.IdleResourceRecommender; do
    gcloud recommender recommendations list --project "$project" --location "$place" --recommender "$recommender" --format json > "$folder/recommender-$place-${recommender#google.compute.}.json"
  done
done
for place in $(gcloud compute addresses list --project "$project" --format 'value(region.basename())' | sort -u); do
  gcloud recommender recommendations list --project "$project" --location "$place" --recommender google.compute.address.IdleResourceRecommender --format json > "$folder/recommender-$place-address.json"
done

# == gcp-prices
# The articles of Compute Engine and Cloud Storage, which are the same for every project. The Cloud Billing API must be switched on in it.
for service in 6F81-5844-456A 95FF-2EF1-5EA1; do
  number=1
  page=''
  while :; do
    file="$folder/prices-$service-$number.json"
    curl -sSG "https://cloudbilling.googleapis.com/v1/services/$service/skus" -H "Authorization: Bearer $(gcloud auth print-access-token)" -H "X-Goog-User-Project: $project" \
      --data-urlencode "currencyCode=${currency:-USD}" --data-urlencode 'pageSize=5000' --data-urlencode "pageToken=$page" > "$file"
    number=$((number + 1))
    page="$(sed -n 's/.*"nextPageToken": "\([^"]*\)".*/\1/p' "$file")"
    [ -n "$page" ] || break
  done
done

# == price-list
# For a price that was agreed, a table does: a CSV file with the columns provider, region, name, operation, unit, price, currency and day.
# The name is the SKU description on the bill, or what the finding calls it, such as pd-standard. Region, operation and day may be empty.
