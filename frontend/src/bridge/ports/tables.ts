import type { Condition } from '../../lib/condition';

/** A cost by the values of one column, beside that of an earlier period; "" = open, or not compared where both days are "". */
export type BreakdownQuestion = {
  metric: string;
  currency: string;
  where: Condition[];
  from: string;
  to: string;
  compareFrom: string;
  compareTo: string;
  column: string;
  nameColumn: string;
  beside: string;
};
