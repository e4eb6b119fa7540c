import { formatAge, formatAhead, formatDay, formatInstant } from '../../lib/days';
import type { LedgerState, ProviderStanding, ProviderState, SyncStandingInfo } from '../../lib/wire';

const none: SyncStandingInfo = { syncedAt: '', failingSince: '', retryAt: '' };

function standingOf({ provider: name }: ProviderState, standings: ProviderStanding[]): SyncStandingInfo {
  return standings.find(({ provider }) => provider === name)?.standing ?? none;
}

/** Since when syncs fail and when the next try is; "" = they do not. */
function describeFailing({ failingSince, retryAt }: SyncStandingInfo, now: number): string {
  if (failingSince === '') return '';
  return `syncs failing since ${formatInstant(failingSince)}${retryAt === '' ? '' : `, next try ${formatAhead(retryAt, now)}`}`;
}

/** The same as short as the bar needs it: of today the time, of an earlier day the day. */
function shortFailing({ failingSince, retryAt }: SyncStandingInfo, now: number): string {
  const [since, today] = [formatInstant(failingSince), formatInstant(new Date(now).toISOString())].map((instant) => instant.split(', '));
  const short = since?.[0] === today?.[0] ? (since?.[1] ?? '') : (since?.[0]?.replace(/ \d{4}$/, '') ?? '');
  return `failing since ${short}${retryAt === '' ? '' : `, next try ${formatAhead(retryAt, now)}`}`;
}

/** How fresh the charges of a provider are: "AWS: to 20 Nov 2026, synced 2 h ago". */
function describeProvider(provider: ProviderState, standing: SyncStandingInfo, now: number): string {
  const age = standing.syncedAt === '' ? `imported ${formatAge(provider.importedAt, now)}` : `synced ${formatAge(standing.syncedAt, now)}`;
  return [`${provider.provider || 'No provider named'}: to ${formatDay(provider.lastDay)}`, age, describeFailing(standing, now)].filter((part) => part !== '').join(', ');
}

/** What the bar says of the age of all charges, and of each provider's. */
export function describeDataAge(state: LedgerState, standings: ProviderStanding[], now: number): { to: string; age: string; failing: string; each: string[] } {
  const all = state.providers.map((provider) => ({ provider, standing: standingOf(provider, standings) }));
  const newest = (instants: string[]) => [...instants].sort().at(-1) ?? '';
  const synced = newest(all.map(({ standing }) => standing.syncedAt));
  const failing = all.filter(({ standing }) => standing.failingSince !== '').map(({ provider, standing }) => `${provider.provider} ${shortFailing(standing, now)}`);
  return {
    to: `To ${formatDay(state.newestDay, { year: state.newestDay.slice(0, 4) !== new Date(now).toISOString().slice(0, 4) })}`,
    age: synced === '' ? `imported ${formatAge(newest(state.providers.map(({ importedAt }) => importedAt)), now)}` : `synced ${formatAge(synced, now)}`,
    failing: failing.join('; '),
    each: all.map(({ provider, standing }) => describeProvider(provider, standing, now)),
  };
}
