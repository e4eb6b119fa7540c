import type { Code, Conflict } from '../lib/wire';

const codes: Record<Code, true> = {
  invalid: true,
  not_found: true,
  conflict: true,
  denied: true,
  unavailable: true,
  throttled: true,
  cancelled: true,
  unsupported: true,
  corrupt: true,
  internal: true,
};

/** A failure as the Go side words it. Pages branch on `code` only and show `message`; `ref` finds the line in the log. */
export class AppError extends Error {
  readonly code: Code;
  readonly ref: string;
  /** Both values, where somebody else changed the stored one meanwhile. */
  readonly conflict: Conflict | null;

  constructor(code: Code, message: string, ref = '', conflict: Conflict | null = null) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.ref = ref;
    this.conflict = conflict;
  }
}

function isCode(value: unknown): value is Code {
  return typeof value === 'string' && value in codes;
}

/** Turns whatever a call rejected with into an AppError. */
export function toAppError(reason: unknown): AppError {
  if (reason instanceof AppError) return reason;
  if (typeof reason === 'object' && reason !== null && 'code' in reason && 'message' in reason) {
    const ref = 'ref' in reason && typeof reason.ref === 'string' ? reason.ref : '';
    const conflict = 'conflict' in reason ? (reason.conflict as Conflict | null) : null;
    return new AppError(isCode(reason.code) ? reason.code : 'internal', String(reason.message), ref, conflict);
  }
  if (reason instanceof Error) return new AppError('internal', reason.message);
  return new AppError('internal', typeof reason === 'string' ? reason : 'Something went wrong. Try again.');
}
