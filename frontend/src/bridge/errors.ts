export const errorCodes = [
  'invalid',
  'not_found',
  'conflict',
  'denied',
  'unavailable',
  'throttled',
  'cancelled',
  'unsupported',
  'corrupt',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One of two values of something that two people changed. */
export type ConflictSide = { text: string; version: number; changedAt: string; changedBy: string };

/** What is stored now and what was to be stored; null = it was deleted. */
export type Conflict = { have: ConflictSide | null; want: ConflictSide | null };

/** A failure as the Go side words it. Pages branch on `code` only and show `message`; `ref` finds the line in the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly ref: string;
  /** Both values, where somebody else changed the stored one meanwhile. */
  readonly conflict: Conflict | null;

  constructor(code: ErrorCode, message: string, ref = '', conflict: Conflict | null = null) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.ref = ref;
    this.conflict = conflict;
  }
}

function codeOf(value: unknown): ErrorCode {
  return errorCodes.find((code) => code === value) ?? 'internal';
}

/** Turns whatever a call rejected with into an AppError. */
export function toAppError(reason: unknown): AppError {
  if (reason instanceof AppError) return reason;
  if (typeof reason === 'object' && reason !== null && 'code' in reason && 'message' in reason) {
    const ref = 'ref' in reason && typeof reason.ref === 'string' ? reason.ref : '';
    const conflict = 'conflict' in reason ? (reason.conflict as Conflict | null) : null;
    return new AppError(codeOf(reason.code), String(reason.message), ref, conflict);
  }
  if (reason instanceof Error) return new AppError('internal', reason.message);
  return new AppError('internal', typeof reason === 'string' ? reason : 'Something went wrong. Try again.');
}
