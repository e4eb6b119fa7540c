/** A filter on one column of the ledger. A null among the values means "the column has no value". */
export type Condition = {
  column: string;
  op: 'in' | 'not_in' | 'contains';
  values: (string | null)[];
};
