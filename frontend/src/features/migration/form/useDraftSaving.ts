import { useEffect, useRef, useState } from 'react';

import { type AppError, toAppError } from '../../../bridge/errors';
import { useBridge } from '../../../bridge/useBridge';
import type { FieldProblem } from '../../../lib/wire';

/** How long a change waits to be saved with those that follow it: a draft is saved within two seconds. */
const WAIT_MS = 1000;

/** When a saving that failed is tried again. */
const RETRY_MS = 5000;

type Saved = { version: number; wrong: FieldProblem[]; at: number };

/** Where the saving is: how many changes there were, and how many of them are kept. */
type Saving = { version: number; wrong: FieldProblem[]; changes: number; kept: number; timer: ReturnType<typeof setTimeout> | null; running: Promise<boolean> | null; /** Somebody else changed the draft, and the person has not chosen. */ stopped: boolean };

type DraftSavingOptions = {
  name: string;
  version: number;
  wrong: FieldProblem[];
  savedAt: number;
  /** The profile as it is typed now, and the step where the person is. */
  read: () => { profile: string; step: string };
};

/**
 * Saves a draft while it is typed, one saving after the other. What fails stays unsaved and is tried again with the next change; where somebody else changed
 * the draft nothing is saved until the person has chosen.
 */
export function useDraftSaving({ name, version, wrong, savedAt, read }: DraftSavingOptions) {
  const { migrations } = useBridge();
  const [saved, setSaved] = useState<Saved>({ version, wrong, at: savedAt });
  const [unsaved, setUnsaved] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  const state = useRef<Saving>({ version, wrong, changes: 0, kept: 0, timer: null, running: null, stopped: false });
  const latest = useRef({ read, flush: (): Promise<FieldProblem[] | null> => Promise.resolve(null) });

  const once = async (): Promise<boolean> => {
    const { current: now } = state;
    const { profile, step } = latest.current.read();
    const changes = now.changes;
    try {
      const answer = await migrations.Save(name, profile, step, now.version);
      now.version = answer.version;
      now.kept = changes;
      now.wrong = answer.wrong;
      setSaved({ version: answer.version, wrong: answer.wrong, at: Date.now() });
      setFailure(null);
    } catch (error) {
      const problem = toAppError(error);
      now.stopped = problem.conflict !== null;
      setFailure(problem);
      if (!now.stopped) now.timer ??= setTimeout(() => void latest.current.flush(), RETRY_MS);
      return false;
    }
    if (now.changes === now.kept) setUnsaved(false);
    return true;
  };

  /** Saves what is not saved yet, and returns what is wrong in the draft; null where not all of it could be saved. */
  const flush = async (): Promise<FieldProblem[] | null> => {
    const { current: now } = state;
    if (now.timer !== null) clearTimeout(now.timer);
    now.timer = null;
    while (now.running) await now.running;
    if (now.changes === now.kept) return now.wrong;
    if (now.stopped) return null;
    now.running = once();
    const done = await now.running;
    now.running = null;
    return done ? flush() : null;
  };

  useEffect(() => {
    latest.current = { read, flush };
  });
  // What is left when the form goes, on whatever way, is saved then.
  useEffect(() => {
    const now = state.current;
    return () => {
      if (now.changes !== now.kept) void latest.current.flush();
    };
  }, []);

  /** Something was typed, or the person went to another step. */
  const changed = () => {
    const { current: now } = state;
    now.changes += 1;
    setUnsaved(true);
    now.timer ??= setTimeout(() => void latest.current.flush(), WAIT_MS);
  };

  /** Stores the draft in place of another version. */
  const replace = (over: number) => {
    Object.assign(state.current, { version: over, stopped: false });
    setFailure(null);
    return flush();
  };

  /** Goes back to typing; the next change asks again which version is kept. */
  const later = () => {
    state.current.stopped = false;
    setFailure(null);
  };

  return { saved, unsaved, failure, flush, changed, replace, later };
}
