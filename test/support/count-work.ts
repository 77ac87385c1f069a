import { vi } from 'vitest';
import { counted, startCounting } from './work-counters.ts';

// Runs before what it counts is loaded. Nothing is replaced: what is counted is done too.

startCounting();

type Call = (...given: never[]) => unknown;

// Whatever is asked of it, so that no work is passed over because another function does it.
vi.mock('node:crypto', async (original) => {
  const crypto = await original<Record<string, unknown>>();
  const wrapped = Object.entries(crypto).map(([name, own]) => {
    if (typeof own !== 'function') return [name, own];
    const hasData = name === 'hash' || name === 'verify';
    return [
      name,
      counted(own as Call, (...given: unknown[]) => ({
        [name]: 1,
        ...(hasData && { [`${name} bytes`]: (given[1] as Uint8Array).length }),
      })),
    ];
  });
  return Object.fromEntries(wrapped);
});

vi.mock('../../src/cbor/read.ts', async (original) => {
  const module = await original<typeof import('../../src/cbor/read.ts')>();
  return {
    ...module,
    readCbor: counted(module.readCbor, ({ length }) => ({ read: 1, 'read bytes': length })),
  };
});

vi.mock('../../src/crypto/hmac.ts', async (original) => {
  const { hmac, verifyHmac } = await original<typeof import('../../src/crypto/hmac.ts')>();
  const one = () => ({ mac: 1 });
  return { hmac: counted(hmac, one), verifyHmac: counted(verifyHmac, one) };
});

vi.mock('../../src/json.ts', async (original) => {
  const module = await original<typeof import('../../src/json.ts')>();
  const members = (value: unknown) => ({ 'canonical members': Object.keys(value ?? {}).length });
  return { ...module, canonicalJson: counted(module.canonicalJson, members) };
});

vi.mock('../../src/text.ts', async (original) => {
  const module = await original<typeof import('../../src/text.ts')>();
  return { ...module, parseText: counted(module.parseText, () => ({ text: 1 })) };
});
