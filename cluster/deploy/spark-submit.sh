#!/usr/bin/env bash
# On Kubernetes: spark-submit.sh IMAGE API-SERVER import s3://exports/ --to s3://touchstone/data
#            and spark-submit.sh IMAGE API-SERVER attribute --data s3://touchstone/data
set -euo pipefail
image=$1 api_server=$2
shift 2

spark-submit \
    --master "k8s://$api_server" \
    --deploy-mode cluster \
    --name "touchstone-$1" \
    --conf spark.kubernetes.container.image="$image" \
    --conf spark.kubernetes.authenticate.driver.serviceAccountName=touchstone \
    --conf spark.executor.instances=8 \
    --conf spark.executor.cores=4 \
    --conf spark.executor.memory=2g \
    --conf spark.executor.memoryOverhead=4g \
    --conf spark.driver.memory=2g \
    --conf spark.driver.memoryOverhead=8g \
    local:///opt/touchstone/submit.py "$@"
