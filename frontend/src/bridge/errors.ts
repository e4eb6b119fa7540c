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

/** A failure as the Go side words it. Pages branch on `code` only and show `message`; `ref` finds the line in the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly ref: string;

  constructor(code: ErrorCode, message: string, ref = '') {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.ref = ref;
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
    return new AppError(codeOf(reason.code), String(reason.message), ref);
  }
  if (reason instanceof Error) return new AppError('internal', reason.message);
  return new AppError('internal', typeof reason === 'string' ? reason : 'Something went wrong. Try again.');
}
