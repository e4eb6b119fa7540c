import type { Filter } from '../../lib/filter';

/** A cost by the values of one column, beside that of an earlier period; "" = open, or not compared where both days are "". */
export type BreakdownQuestion = {
  metric: string;
  currency: string;
  where: Filter;
  from: string;
  to: string;
  compareFrom: string;
  compareTo: string;
  column: string;
  nameColumn: string;
  beside: string;
};
