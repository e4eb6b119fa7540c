import type { BudgetStanding, BudgetState } from '../../lib/wire';
import type { PillTone } from '../../ui/Pill';

/** The states of budgets, the gravest first. */
export const states = ['over', 'at-risk', 'ahead', 'on-track', 'no-data', 'not-started'] as const satisfies readonly BudgetState[];

const stateTexts: Record<BudgetState, { text: string; tone: PillTone; why: string }> = {
  over: { text: 'Over budget', tone: 'bad', why: 'The amount is spent' },
  'at-risk': { text: 'At risk', tone: 'bad', why: 'The forecast for the end of the period is above the amount' },
  ahead: { text: 'Ahead of pace', tone: 'bad', why: 'More was spent than expected to date' },
  'on-track': { text: 'On track', tone: 'good', why: 'No more was spent than expected to date, and the forecast is within the amount' },
  'not-started': { text: 'Not started', tone: 'plain', why: 'The period has not begun' },
  'no-data': { text: 'No charges', tone: 'plain', why: 'There are no charges of this scope' },
};

/** How a budget stands, as a pill says it. */
export function describeState(state: BudgetState): { text: string; tone: PillTone; why: string } {
  return stateTexts[state];
}

/** "2 over budget, 3 at risk", or nothing. */
export function describeStates(standings: BudgetStanding[]): string {
  const grave = (['over', 'at-risk', 'ahead'] as const).flatMap((state) => {
    const count = standings.filter((one) => one.state === state).length;
    return count > 0 ? [`${count} ${describeState(state).text.toLowerCase()}`] : [];
  });
  return grave.length > 0 ? grave.join(', ') : 'All on track';
}
