// Package awscloud is what the connectors of AWS have in common: how a person signs in, what AWS answers, and how policies are
// written. It hides keys, profiles, roles and their sessions.
package awscloud
