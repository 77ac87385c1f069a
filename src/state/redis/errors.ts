import { StoreError, WritError } from '../../errors.ts';
import { messageOf } from './client.ts';

/** What may be told of a server's or the system's error; all else could hold an address or a password. */
const WORDS: ReadonlySet<string> = new Set([
  ...[
    'READONLY',
    'LOADING',
    'CLUSTERDOWN',
    'MASTERDOWN',
    'MISCONF',
    'NOREPLICAS',
    'BUSY',
    'TRYAGAIN',
    'MOVED',
  ],
  ...['ASK', 'CROSSSLOT', 'NOAUTH', 'NOPERM', 'WRONGPASS', 'NOSCRIPT', 'ERR', 'UNBLOCKED', 'EXECABORT'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
]);

/** What a client threw, as an error of the store; what this package threw stays. */
export function toStoreError(error: unknown): WritError {
  if (error instanceof WritError) return error;
  const message = messageOf(error);
  if (isFull(error)) return new StoreError('store.full');
  if (message.includes('WRONGTYPE')) return new StoreError('store.damaged', { detail: 'WRONGTYPE' });
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  const word = [code, message.split(' ', 1)[0]].find((one) => WORDS.has(one as string));
  return new StoreError('store.failed', { detail: word as string | undefined });
}

/** Whether the server has no room; then it wrote nothing. */
export function isFull(error: unknown): boolean {
  return messageOf(error).includes('OOM command not allowed');
}
