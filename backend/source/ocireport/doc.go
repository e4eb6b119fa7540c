// Package ocireport is the source "oci-report": the cost reports of Oracle Cloud
// Infrastructure in their own layout (columns lineItem/…, product/…, usage/…, cost/… and
// one column per tag), as CSV, mostly packed with gzip. It turns every line into the
// columns of FOCUS 1.2 followed by the native ones.
//
// The mapping is written down in docs/sources/oci.md.
package ocireport
