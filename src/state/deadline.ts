import { StoreError } from '../errors.ts';

/** The longest time that a timer takes, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** @throws TypeError where a timeout is no whole number of milliseconds from 1, or longer than a timer takes */
export function checkTimeout(milliseconds: number): void {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 1 || milliseconds > LONGEST)
    throw new TypeError('timeout is no whole number of milliseconds from 1');
}

/**
 * What work gives, where it is done in time. Work that is late goes on unheard; `inTime` says whether it may begin more.
 *
 * @throws StoreError `store.timeout`
 */
export async function within<T>(
  milliseconds: number,
  work: (inTime: () => boolean) => Promise<T>,
): Promise<T> {
  let late = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      reject(new StoreError('store.timeout'));
    }, milliseconds);
  });
  try {
    // The race also listens to what comes late, so that a late failure is not an unhandled one.
    return await Promise.race([work(() => !late), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
