/** Answers of the Go side about the demo client, recorded by a Go test: the fake calculates no costs of its own. */
import type { Spend, SpendQuestion } from '../../lib/wire';
import { AppError } from '../errors';
import recorded from './spend.json';

const answers = recorded as { column: string; grain: string; answer: Spend }[];

/** The recorded answer by the column and the step of time; metric, filter and period change nothing. */
export function spendOf({ column, grain, base }: SpendQuestion): Spend {
  const found = answers.find((one) => one.column === column && one.grain === grain);
  if (!found) throw new AppError('unsupported', `No answer by ${column} was recorded.`);
  return base === 'none' ? { ...found.answer, comparison: null } : found.answer;
}
