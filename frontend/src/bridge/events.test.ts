import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';

import { askAnew, belongsTo } from './events';
import { filterKeys, jobKeys, ledgerKeys, workspaceKeys } from './queries';

test('a topic asks its own questions anew and no others', () => {
  expect(belongsTo('ledger', ledgerKeys.state('/w'))).toBe(true);
  expect(belongsTo('ledger', jobKeys.list)).toBe(false);
  expect([belongsTo('savings', ['simulations']), belongsTo('ledger', ['simulations'])]).toEqual([true, true]); // documents have what a provider recommends to buy
  expect(belongsTo('jobs', jobKeys.list)).toBe(true);
  // The passport of a large ledger is itself a job: its end must not ask for it again.
  expect(belongsTo('jobs', ledgerKeys.state('/w'))).toBe(false);
  expect(belongsTo('workspaces', workspaceKeys.current)).toBe(true);
});

test('dimensions and scopes, which name each other, are asked anew together, and figures follow the rules of a dimension', () => {
  for (const topic of ['dimensions', 'scopes'] as const) {
    expect(belongsTo(topic, filterKeys.dimensions('/w'))).toBe(true);
    expect(belongsTo(topic, filterKeys.dimension('/w', 'Team'))).toBe(true);
    expect(belongsTo(topic, filterKeys.scopes('/w'))).toBe(true);
  }
  expect(belongsTo('dimensions', filterKeys.parsed('/w', 'Dim/Team = "shop"', false))).toBe(true);
  expect(belongsTo('dimensions', ledgerKeys.state('/w'))).toBe(true);
  // The filter of a scope is part of the key of what is asked under it.
  expect(belongsTo('scopes', ledgerKeys.state('/w'))).toBe(false);
});

test('an answer that was asked for before a change is asked for again, also a first one', async () => {
  const client = new QueryClient();
  let version = 1;
  const answers: (() => void)[] = [];
  // What is answered is of the version at the time of the question.
  const queryFn = () => new Promise<number>((resolve) => answers.push(resolve.bind(null, version)));
  const observer = new QueryObserver(client, { queryKey: ledgerKeys.state('/w'), queryFn });
  const end = observer.subscribe(() => undefined);
  version = 2;
  const asked = askAnew(client, 'ledger');
  await expect.poll(() => answers.length).toBe(2);
  for (const answer of answers) answer();
  await asked;
  expect(observer.getCurrentResult().data).toBe(2);
  end();
  client.clear();
});
