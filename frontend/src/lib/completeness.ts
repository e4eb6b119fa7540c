/** Which days of the ledger cannot be trusted yet. */
import { addDays, countDays } from './days';

type ProviderDays = { name: string; firstDay: string; lastDay: string; missingDays: string[] };

/** A provider that is this many days behind the ledger has ended rather than being late. */
const endedAfterDays = 45;

export type ProviderFreshness = {
  name: string;
  lastDay: string;
  /** Days behind the ledger's last day; 0 when level with it. */
  lateDays: number;
  ended: boolean;
  missingDays: string[];
};

export function freshness(providers: ProviderDays[], lastDay: string): ProviderFreshness[] {
  return providers.map((provider) => {
    const behind = provider.lastDay === '' || lastDay === '' ? 0 : countDays(provider.lastDay, lastDay) - 1;
    const ended = behind > endedAfterDays;
    return {
      name: provider.name,
      lastDay: provider.lastDay,
      lateDays: ended ? 0 : behind,
      ended,
      missingDays: provider.missingDays,
    };
  });
}

/** Each incomplete day with the names of the providers that lack it. */
export function incompleteDays(providers: ProviderDays[], lastDay: string): Map<string, string[]> {
  const lacking = new Map<string, string[]>();
  const note = (day: string, name: string) => lacking.set(day, [...(lacking.get(day) ?? []), name]);
  for (const provider of freshness(providers, lastDay)) {
    for (const day of provider.missingDays) note(day, provider.name);
    for (let behind = 1; behind <= provider.lateDays; behind += 1) note(addDays(provider.lastDay, behind), provider.name);
  }
  return lacking;
}
