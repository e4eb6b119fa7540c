//go:build bindings

package main

func init() { displayNeeded = false }
