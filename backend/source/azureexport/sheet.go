package azureexport

import "cloud-intelligence/backend/finops"

// Some files print unit prices as the price sheet has them, for "100 Hours", beside a
// quantity of single hours. The effective price, which is always for one of the quantity,
// shows which: with prices of the sheet the unit price is about as many times larger as the number before the unit.

// ofSheet reports whether the unit prices of a record are those of the price sheet. It is
// asked only where no commitment has changed the effective price. A free quantity makes the
// effective price smaller, too, so that a small number must fit closely.
func ofSheet(r *charge, price number) bool {
	sheet := number{amount: r.unit.sheet, known: r.unit.sheet.Cmp(one) > 0}
	effective := readNumber(r.text(fieldEffectivePrice))
	if !sheet.known || !price.known || !effective.known || effective.amount.Sign() <= 0 || r.model.committed() {
		return false
	}
	above := finops.NewAmount(101, 2)
	if r.unit.sheet.Cmp(finops.NewAmount(100, 0)) >= 0 {
		above = finops.NewAmount(150, 2)
	}
	expected := effective.times(sheet)
	low, high := expected.times(number{amount: finops.NewAmount(99, 2), known: true}), expected.times(number{amount: above, known: true})
	return low.known && high.known && price.amount.Cmp(low.amount) >= 0 && price.amount.Cmp(high.amount) <= 0
}

// single is the price for one where the price is for a number of them; unknown if that has
// no exact decimal.
func single(price number, sheet finops.Amount) number {
	share := finops.NewAmount(1, 0)
	tenth := finops.NewAmount(1, 1)
	for whole := finops.NewAmount(1, 0); whole.Cmp(sheet) != 0; {
		if whole.Cmp(sheet) > 0 {
			return number{}
		}
		whole, _ = whole.Mul(finops.NewAmount(10, 0))
		share, _ = share.Mul(tenth)
	}
	return price.times(number{amount: share, known: true})
}
