import { WritError } from '../../src/errors.ts';

/** The stable code with which a call is refused, or `accepted`; anything but a `WritError` is thrown on. */
export function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof WritError) return error.code;
    throw error;
  }
  return 'accepted';
}

/** The error that a call throws. */
export function errorOf(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
