#!/bin/sh
# Usage: benchmarks/documents/measure.sh DIRECTORY [REPORT]
# DIRECTORY holds index.jsonl (file, format, flags, expected) and the files it names.
set -e
cd "$(dirname "$0")/../.."
mvn -B -q -pl domain/documents -am -DskipTests test-compile
mvn -B -q -pl domain/documents dependency:build-classpath -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=test
module=domain/documents
exec java -Xmx512m \
    -cp "$module/target/classes:$module/target/test-classes:$(cat $module/target/classpath.txt)" \
    dev.migaki.documents.figures.DocumentFigures "$1" "${2:-benchmarks/documents/report.md}"
