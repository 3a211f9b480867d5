import { ERRORS, type ErrorCode } from './errors.ts';

/** What a refusal may add to its code. */
export interface RefusalDetail {
  /** English sentence for the developer at the other end; never a note, place, token or endpoint. */
  detail?: string;
  /** Seconds after which the same request may succeed. */
  retryAfterSeconds?: number;
  /** Which fields were refused and why. */
  errors?: { field: string; message: string }[];
}

/** A refusal in the contract's words. Anything else that is thrown is a bug, or Redis being away. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly refusal: RefusalDetail;

  constructor(code: ErrorCode, refusal: RefusalDetail = {}) {
    super(refusal.detail ?? ERRORS[code].title);
    this.name = 'AppError';
    this.code = code;
    this.refusal = refusal;
  }
}
