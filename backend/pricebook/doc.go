// Package pricebook knows list prices of AWS, Azure and Google Cloud and the facts that go
// with them: machine types, commitment discounts, successor families, regions, equivalent
// services, compliance attestations. It asks no network: the tables are part of the program,
// and a folder of CSV files with the same columns can be used in their place.
//
// All money is list price in USD, before tax, credits and negotiated discounts. A price per
// month is for 730 hours. Every row names its source and the day the source was made (AsOf),
// so that a figure can say where it comes from and how old it is; see Book.Sources. What no
// table has is unknown, never zero.
//
// build/prices makes the tables in tables/ from a folder of CSV files. docs/price-book.md
// describes them.
package pricebook
