#!/usr/bin/env bash
# An import on Kubernetes: spark-submit.sh IMAGE API-SERVER s3://exports/ s3://touchstone/data
set -euo pipefail
image=$1 api_server=$2 exports=$3 data=$4

spark-submit \
    --master "k8s://$api_server" \
    --deploy-mode cluster \
    --name touchstone-import \
    --conf spark.kubernetes.container.image="$image" \
    --conf spark.kubernetes.authenticate.driver.serviceAccountName=touchstone \
    --conf spark.executor.instances=8 \
    --conf spark.executor.cores=4 \
    --conf spark.executor.memory=2g \
    --conf spark.executor.memoryOverhead=4g \
    --conf spark.driver.memory=2g \
    local:///opt/touchstone/submit.py import "$exports" --to "$data"
