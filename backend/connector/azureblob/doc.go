// Package azureblob is the connector of the exports that Azure Cost Management delivers into Blob storage:
// cost details (actual and amortized) and FOCUS. It hides how a person signs in, where exports lie in a
// container, and what Azure answers.
//
// Of each period of an export the newest run is listed that has its manifest and all files that the manifest
// names. Files are read with If-Match, the manifest after them, so that an export that is rewritten meanwhile is
// noticed (CodeConflict). docs/sync.md has the rest.
package azureblob
