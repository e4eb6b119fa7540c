// Package googlecloud is what the connectors of Google Cloud have in common: how a person signs in, how a call is sent
// and what Google's JSON interfaces answer. It hides keys, tokens and their ends, and the many forms of errors.
//
// Google's own libraries are not used: for the few calls that are needed they bring gRPC and OpenTelemetry with them,
// and some of their calls pass the network door by. docs/adr/0055-google-cloud.md has the rest.
package googlecloud
