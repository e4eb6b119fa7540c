// Package gcsexport is the connector of export files in a bucket of Google Cloud Storage: FOCUS and Google's own billing
// export, as BigQuery or another program writes them there. It hides where months lie in a bucket, and what Cloud Storage
// answers.
//
// Such files have no manifest. The files of a month of a folder belong together once none of them is younger than
// settleTime; each is read in the generation that was listed, so that one that is written anew meanwhile is noticed
// (CodeConflict), and its checksum is compared. docs/sync.md has the rest.
package gcsexport
