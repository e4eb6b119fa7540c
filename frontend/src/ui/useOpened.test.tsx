// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';

import { useOpened } from './useOpened';

type Stored = { data: number | undefined; error?: Error; isFetching?: boolean };

function open(first: Stored) {
  const stored = { current: first };
  const hook = renderHook(({ data, error = undefined, isFetching = false }: Stored) => useOpened({ data, error: error ?? null, isPending: data === undefined, isFetching, refetch: () => Promise.resolve({ data: stored.current.data }) }), { initialProps: first });
  return {
    seen: () => hook.result.current.opened,
    renew: () => act(() => hook.result.current.renew()),
    store: (next: Stored) => {
      stored.current = next;
      hook.rerender(next);
    },
  };
}

test('what a form was opened with stays while somebody else changes it, and while it is deleted', () => {
  const form = open({ data: undefined });
  expect(form.seen().isPending).toBe(true);
  form.store({ data: 1 });
  expect(form.seen().data).toBe(1);
  form.store({ data: 2 });
  expect(form.seen().data).toBe(1);
  form.store({ data: 2, error: new Error('There is none.') });
  expect(form.seen()).toMatchObject({ data: 1, error: null });
});

test('an old answer that is being asked anew is not opened', () => {
  const form = open({ data: 1, isFetching: true });
  expect(form.seen().data).toBeUndefined();
  form.store({ data: 2 });
  expect(form.seen().data).toBe(2);
});

test('what is stored now is taken when it is asked for, and kept where there is none any more', async () => {
  const form = open({ data: 1 });
  form.store({ data: 2 });
  await form.renew();
  expect(form.seen().data).toBe(2);
  form.store({ data: undefined, error: new Error('There is none.') });
  await form.renew();
  expect(form.seen().data).toBe(2);
});

test('a question that fails before there is an answer says so', () => {
  expect(open({ data: undefined, error: new Error('The workspace is closed.') }).seen().error).toEqual(new Error('The workspace is closed.'));
});
