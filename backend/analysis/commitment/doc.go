// Package commitment says how well commitments (reserved instances, savings plans, Azure reservations, committed use discounts)
// are used, how much of the usage they cover, when they end and what that costs, and what further ones would save. Make makes the
// figures by month, a Book how each commitment stands, a Sharer what is lost by not sharing them, PoolMonths the figures by pool, and
// Simulate what to buy.
//
// Definitions, by UTC month of the charge:
//
//   - Utilisation of a commitment is used ÷ (used + unused), by effective cost: lines of CommitmentDiscountStatus Used and
//     Unused. For Google Cloud, whose covered usage does not name the contract, both come from the fee.
//   - Coverage is the list cost of used lines ÷ (that + the list cost of Standard usage in each service and
//     category that has used lines of the provider in the month). It is a proxy: what a commitment could cover is not on a bill.
//   - The effective savings rate is (list − effective) ÷ list over usage lines without ChargeClass and all unused lines. An unused line and a
//     negative one (a discount) have no list cost. Lines with a cost and no list cost are left out, and their share is reported.
//
// Amounts are exact; a quotient is rounded once, half to even at 10 decimals.
package commitment
