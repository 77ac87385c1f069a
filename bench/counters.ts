import { randomBytes } from 'node:crypto';
import type { Charge, Operation, Store } from '../src/index.ts';
import { limitKey, nonceKey } from '../src/state/keys.ts';
import { AUDIENCE, LIMITS } from './presentations.ts';

const block = bytes(32);

/** What one authorisation asks of a store: its nonce, and three counters that have room. */
export function chargeAt(now: number): Charge {
  const spends = LIMITS.map((limit): Operation => {
    const { amount, window } = limit;
    return {
      kind: 'spend',
      key: limitKey(block, AUDIENCE, limit),
      until: now + 3600,
      amount,
      window,
      cost: 1,
    };
  });
  return { now, operations: [onceAt(now), ...spends] };
}

/** Fills a store with live nonces, a thousand in flight. */
export async function fillNonces(store: Store, count: number, now: number): Promise<void> {
  for (let done = 0; done < count; done += 1000) {
    const batch = Array.from({ length: 1000 }, () => store.charge({ now, operations: [onceAt(now)] }));
    await Promise.all(batch);
  }
}

function onceAt(now: number): Operation {
  return { kind: 'once', key: nonceKey(block, bytes(16)), until: now + 300 };
}

// Not a Buffer, whose bytes would keep a pool of the runtime alive.
function bytes(length: number): Uint8Array {
  return Uint8Array.from(randomBytes(length));
}
