package gcpexport_test

import "strings"

// detailedUsage is a record of the detailed export as bq extract writes it.
const detailedUsage = `{"billing_account_id":"01A2B3-C4D5E6-F7A8B9","service":{"id":"6F81-5844-456A","description":"Compute Engine"},"sku":{"id":"9431-52B1-2C4F","description":"N1 Predefined Instance Core running in Europe"},"usage_start_time":"2026-09-20 12:00:00 UTC","usage_end_time":"2026-09-20 15:00:00 UTC","project":{"id":"shop-prod","number":"4711","name":"Shop","labels":[{"key":"env","value":"prod"}],"ancestry_numbers":"/111/222/","ancestors":[{"resource_name":"folders/222","display_name":"Retail"}]},"labels":[{"key":"app","value":"web"},{"key":"owner"}],"system_labels":[{"key":"compute.googleapis.com/cores","value":"4"}],"location":{"location":"europe-west1","country":"BE","region":"europe-west1","zone":"europe-west1-b"},"tags":[{"key":"costcenter","value":"cc-1","inherited":true,"namespace":"111"}],"resource":{"name":"web-2","global_name":"//compute.googleapis.com/projects/4711/zones/europe-west1-b/instances/125"},"export_time":"2026-09-21 11:46:12.000000 UTC","cost":0.417276,"currency":"USD","currency_conversion_rate":1.0,"usage":{"amount":43200.0,"unit":"seconds","amount_in_pricing_units":12.0,"pricing_unit":"hour"},"credits":[{"name":"Sustained Usage Discount","amount":-0.112665,"full_name":"","id":"Sustained Usage Discount","type":"SUSTAINED_USAGE_DISCOUNT"},{"name":"Committed Usage Discount: CPU","amount":"-0.154392","full_name":"","id":"Committed Usage Discount: CPU","type":"COMMITTED_USAGE_DISCOUNT"}],"invoice":{"month":"202609","publisher_type":"GOOGLE"},"cost_type":"regular","cost_at_list":0.417276,"transaction_type":"GOOGLE","price":{"effective_price":"0.034773","tier_start_amount":"0","unit":"hour","pricing_unit_quantity":"1","list_price":"0.034773","effective_price_default":"0.034773","list_price_consumption_model":"0.034773"},"cost_at_effective_price_default":"0.417276","cost_at_list_consumption_model":"0.417276"}`

// base are the members that the short records below share.
const base = `"billing_account_id":"01A","currency":"EUR","invoice":{"month":"202609"},"usage_start_time":"2026-09-05 10:00:00 UTC","usage_end_time":"2026-09-05 11:00:00 UTC","project":{"id":"shop"},"sku":{"id":"S","description":"`

// record makes a record of the detailed export: a SKU and more members.
func record(sku, members string) string { return "{" + base + sku + `"},` + members + "}" }

// commitments are the shapes that a commitment has in the export, one per line.
var commitments = strings.Join([]string{
	// Resource-based: usage at the price on demand with a credit, and a fee.
	record("N2 Instance Core running in Frankfurt", `"cost":"10","cost_type":"regular","cost_at_list":"10","credits":[{"id":"Committed Usage Discount: CPU","name":"Committed Usage Discount: CPU","type":"COMMITTED_USAGE_DISCOUNT","amount":"-10"}]`),
	record("Commitment v1: N2 Cpu in Frankfurt for 1 Year", `"cost":"6.3","cost_type":"regular","credits":[],"subscription":{"instance_id":"commitments/1"},"usage":{"amount":3600,"unit":"seconds","amount_in_pricing_units":1,"pricing_unit":"hour"}`),
	// Spend-based, legacy.
	record("Cloud SQL for PostgreSQL: vCPU", `"cost":"8","cost_type":"regular","credits":[{"id":"12-b34","full_name":"Spend-based committed use discount","type":"COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE","amount":-5.5},{"id":"promo","type":"PROMOTION","amount":-0.5}]`),
	record("Commitment - dollar based v1: Cloud SQL database in Frankfurt for 1 year", `"cost":"4.125","cost_type":"regular","subscription":{"instance_id":"769c55ea"},"usage":{"amount_in_pricing_units":5.5,"pricing_unit":"hour"}`),
	// Spend-based, since July 2025: covered usage, overage, a fee used in part, one not used.
	record("N2 Instance Core running in Frankfurt", `"cost":"7.2","cost_at_list":"10","cost_at_effective_price_default":"9.5","cost_type":"regular","credits":[],"consumption_model":{"id":"7754-AAAA","description":"Compute Flexible CUDs 1 Year"},"price":{"effective_price":"0.72","effective_price_default":"0.95","list_price":"1.00","pricing_unit_quantity":"1"}`),
	record("N2 Instance Core running in Frankfurt", `"cost":"1.9","cost_at_list":"2","cost_at_effective_price_default":"1.9","cost_type":"regular","credits":[],"consumption_model":{"id":"7754-0000","description":"Default"},"price":{"effective_price":"9.5","list_price":"10","pricing_unit_quantity":"1000"}`),
	record("Commitment - dollar based v1: GCE for 1 year", `"cost":"10","cost_type":"regular","credits":[{"type":"FEE_UTILIZATION_OFFSET","amount":"-7.2","id":"off"}],"subscription":{"instance_id":"769c55ea"}`),
	record("Commitment - dollar based v1: GCE for 1 year", `"cost":"10","cost_type":"regular","credits":[],"subscription":{"instance_id":"769c55ea"}`),
}, "\n")

// credits are records with each type of credit, and with each kind of adjustment.
var credits = strings.Join([]string{
	record("E2 Core", `"cost":10,"cost_type":"regular","cost_at_list":"10","credits":[{"id":"SUD","name":"Sustained Usage Discount","type":"SUSTAINED_USAGE_DISCOUNT","amount":-1.5},{"id":"d","name":"Spending based discount","type":"DISCOUNT","amount":"-0.5"}],"price":{"effective_price":"0.5","effective_price_default":"0.5","list_price":"0.5","tier_start_amount":"0","pricing_unit_quantity":"1"},"usage":{"amount":72000,"unit":"seconds","amount_in_pricing_units":20,"pricing_unit":"hour"},"cost_at_effective_price_default":"10","system_labels":[{"key":"compute.googleapis.com/machine_spec","value":"e2-standard-4"},{"key":"compute.googleapis.com/cores","value":"4"},{"key":"compute.googleapis.com/memory","value":"3840"}]`),
	record("Standard Storage", `"cost":2,"cost_type":"regular","credits":[{"id":"free","type":"FREE_TIER","amount":-2}]`),
	record("Queries", `"cost":5,"cost_type":"regular","credits":[{"id":"trial","full_name":"Free trial","type":"PROMOTION","amount":-4.999999}]`),
	record("Queries", `"cost":5,"cost_type":"regular","credits":{"id":"m","type":"RESELLER_MARGIN","amount":"-0.75"}`),
	strings.Replace(record("Premium support", `"cost":100,"cost_type":"regular","credits":[{"id":"s","type":"SUBSCRIPTION_BENEFIT","amount":-100}]`), `"project":{"id":"shop"},`, "", 1),
	record("Partner product", `"cost":"30","cost_type":"regular","transaction_type":"THIRD_PARTY_AGENCY","invoice":{"month":"202609","publisher_type":"PARTNER"}`),
	record("Partner product", `"cost":"30","cost_type":"regular","transaction_type":"THIRD_PARTY_RESELLER","seller_name":"ExampleSoft Inc."`),
	record("Tax", `"cost":"0.19","cost_type":"tax","credits":[]`),
	record("Rounding error", `"cost":"0.001","cost_type":"rounding_error"`),
	record("Core", `"cost":"-3","cost_type":"regular","usage_start_time":"2026-08-03 00:00:00 UTC","usage_end_time":"2026-08-04 00:00:00 UTC","adjustment_info":{"id":"1","mode":"COMPLETE_NEGATION_WITH_REMONETIZATION","type":"PRICE_CORRECTION","description":"Wrong price"}`),
	record("Core", `"cost":"-1","cost_type":"regular","usage_start_time":"2026-07-03 00:00:00 UTC","usage_end_time":"2026-07-04 00:00:00 UTC","adjustment_info":{"id":"2","mode":"PARTIAL_CORRECTION","type":"METADATA_CORRECTION"}`),
	record("SLA credit", `"cost":"-7","cost_type":"adjustment","adjustment_info":{"id":"3","mode":"MANUAL_ADJUSTMENT","type":"SLA_VIOLATION"}`),
	record("Balance transfer", `"cost":"12","cost_type":"adjustment","usage_start_time":"2026-08-31 00:00:00 UTC","usage_end_time":"2026-09-01 07:00:00 UTC","adjustment_info":{"id":"4","mode":"MANUAL_ADJUSTMENT","type":"BALANCE_TRANSFER"}`),
	// Usage of the last month that was known too late for its invoice: no correction.
	record("Core", `"cost":"0.4","cost_type":"regular","usage_start_time":"2026-08-31 20:00:00 UTC","usage_end_time":"2026-08-31 21:00:00 UTC"`),
}, "\n")

// oddities are records that are no plain usage.
var oddities = strings.Join([]string{
	record("Spot Preemptible N2 Instance Core", `"cost":"0.5","cost_type":"regular","usage":{"amount":1.5e3,"unit":"seconds"}`),
	record("Tax", `"cost":"1168.63","cost_type":"tax","credits":[]`),
	record("Rounding error", `"cost":-0.004321,"cost_type":"rounding_error"`),
	// A correction of August on the invoice of September, and one of September itself.
	record("Core", `"cost":"-0.75","cost_type":"regular","usage_start_time":"2026-08-03 00:00:00 UTC","usage_end_time":"2026-08-04 00:00:00 UTC","adjustment_info":{"id":"a","mode":"COMPLETE_NEGATION","type":"USAGE_CORRECTION"}`),
	record("Core", `"cost":"-0.75","cost_type":"regular","adjustment_info":{"id":"b","mode":"PARTIAL_CORRECTION","type":"PRICE_CORRECTION","description":"Price"}`),
	// The last hour of August in California is on 1 September in UTC.
	record("Core", `"cost":"-1","cost_type":"adjustment","usage_start_time":"2026-09-01 06:00:00 UTC","usage_end_time":"2026-09-01 07:00:00 UTC","adjustment_info":{"type":"GOODWILL"}`),
	// A refund larger than the cost, and a reservation that nothing used.
	record("Core", `"cost":"1","cost_type":"regular","credits":{"type":"PROMOTION","amount":"-3","id":"p"}`),
	record("Reserved Core", `"cost":"2","cost_type":"regular","system_labels":[{"key":"compute.googleapis.com/is_unused_reservation","value":"true"},{"key":"compute.googleapis.com/reservation_name","value":"res-1"},{"key":"compute.googleapis.com/reservation_project_id","value":"shop"}]`),
	record("Database - subscription", `"cost":"199.99","cost_type":"regular","seller_name":"ExampleSoft Inc.","service":{"description":"ExampleSoft Database"},"location":{"location":"us"},"new_member":{"a":1},"tags":[{"key":"k","value":"1","namespace":"n1"},{"key":"k","value":"2","namespace":"n2"}]`),
	record("Core", `"cost":"many","cost_type":"regular"`),
	record("Core", `"cost":"1","credits":[{"type":"PROMOTION","amount":"free"}]`),
	record("Core", `"cost":"1","credits":"[{'type'"`),
	`{"billing_account_id":"01A","cost":"1","invoice":{"month":"soon"},"sku":{"id":"S"}}`,
	`{"billing_account_id":`,
	`[1]`,
}, "\n")
