import { expect, test } from 'vitest';

import { belongsTo } from './events';
import { jobKeys, ledgerKeys, workspaceKeys } from './queries';

test('a topic asks its own questions anew and no others', () => {
  expect(belongsTo('ledger', ledgerKeys.state('/w'))).toBe(true);
  expect(belongsTo('ledger', jobKeys.list)).toBe(false);
  expect(belongsTo('jobs', jobKeys.list)).toBe(true);
  // The passport of a large ledger is itself a job: its end must not ask for it again.
  expect(belongsTo('jobs', ledgerKeys.state('/w'))).toBe(false);
  expect(belongsTo('workspaces', workspaceKeys.current)).toBe(true);
});
