// Package engine answers questions about a ledger. It holds the ledger's columns in
// memory: the daily rollup at once, the packed segments of the lines when a question
// first needs them. Every face asks it, so that no two faces can disagree.
//
// Sums are exact: costs are held as 64-bit integers at one scale per column and added
// in 128 bits. Rows of different currencies are never added.
//
// An Engine is safe for use by several goroutines. It reads package store and is used
// by package service.
package engine
