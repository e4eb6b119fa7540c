// Package awsexport is the connector of the exports that AWS delivers into a bucket of S3: Data
// Exports (CUR 2.0 and FOCUS) and the legacy Cost and Usage Report. It hides how a person signs in,
// where exports lie in a bucket, and what AWS answers.
//
// A month of an export is listed when its manifest is there and all parts that the manifest names:
// AWS writes the manifest last. Parts are read with If-Match, the manifest after them, so that an
// export that is rewritten meanwhile is noticed (CodeConflict). docs/sync.md has the rest.
package awsexport
