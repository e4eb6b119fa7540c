/** What accounts are called, beside the numbers that name them. */
import { accountName } from './bill';
import type { AccountName, AccountNames as KnownNames } from './wire';

/** The name of an account by its id; "" where none is known. */
export type AccountNames = (account: string) => string;

/** The name of a value of a column; "" where it has none or is a name itself. */
export type ValueNames = (column: string, value: string) => string;

export const noAccountNames: AccountNames = () => '';
export const noNames: ValueNames = () => '';

function keyOf(account: string): string {
  return accountName(account).toLowerCase();
}

/** Looks names up however an export spells the id. */
export function accountNamesOf(known: AccountName[]): AccountNames {
  const names = new Map(known.map(({ id, name }) => [keyOf(id), name]));
  return (account) => names.get(keyOf(account)) ?? '';
}

/** The names of the built-in dimensions of accounts; values of other columns have none. */
export function valueNamesOf(known: KnownNames): ValueNames {
  const byColumn = new Map([
    ['Account', accountNamesOf(known.accounts)],
    ['BillingAccount', accountNamesOf(known.billingAccounts)],
  ]);
  return (column, value) => byColumn.get(column)?.(value) ?? '';
}

/** "Harbour & Pine · 418273645501", or what there is of it. */
export function describeNamedAccount(account: string, name: string): string {
  return [name, account].filter((part) => part !== '').join(' · ');
}
