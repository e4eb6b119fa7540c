/** What accounts are called, beside the numbers that name them. */
import { accountName } from './bill';

/** The name of an account by its id; "" where none is known. */
export type AccountNames = (account: string) => string;

export const noAccountNames: AccountNames = () => '';

function keyOf(account: string): string {
  return accountName(account).toLowerCase();
}

/** Names from rows of id and name, a later row before an earlier one: an account that was renamed has its new name. */
export function accountNamesOf(rows: { keys: (string | null)[] }[]): AccountNames {
  const names = new Map<string, string>();
  for (const { keys } of rows) {
    const [id, name] = keys;
    // A name that only repeats the id says nothing.
    if (id && name && keyOf(name) !== keyOf(id)) names.set(keyOf(id), name);
  }
  return (account) => names.get(keyOf(account)) ?? '';
}

/** "Harbour & Pine · 418273645501", or what there is of it. */
export function tellNamedAccount(account: string, name: string): string {
  return [name, account].filter((part) => part !== '').join(' · ');
}
