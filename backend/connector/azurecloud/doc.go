// Package azurecloud is what the connectors of Azure have in common: how a person signs in, and what Microsoft Entra ID answers. It hides
// service principals, certificates and the sign-in of the Azure command line.
package azurecloud
