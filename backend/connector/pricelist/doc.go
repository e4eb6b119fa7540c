// Package pricelist reads what AWS, Azure and Google Cloud list today: the bulk offer files of AWS, the
// Retail Prices of Azure, and the Cloud Billing catalogue of Google. It hides their addresses, pages and wording and
// yields pricebook.Quote, in USD an hour. Nothing is asked before Lists.Read, and only what the order names is kept.
//
// AWS and Azure need no credential, Google an API key. All calls go through lanes of the network door, which
// alone repeat what failed. Errors are those of a lane, and CodeCorrupt for an answer that is not of the form that the provider
// publishes.
package pricelist
