import { readFileSync } from 'node:fs';
import { hashes } from '@noble/ed25519';
import { afterEach, describe, expect, test } from 'vitest';
import { MacKey } from '../../src/keys/mac-key.ts';
import { grant } from '../../src/token/grant.ts';
import { hands, outcomeOf, textWith, trust, withPart } from '../support/chains.ts';
import { forge, NOW, stranger } from '../support/forge.ts';

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, Package & { readonly integrity?: string; readonly version?: string }>
  >;
}

const read = <T>(file: string) =>
  JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')) as T;

describe('N. supply chain', () => {
  const { dependencies, devDependencies } = read<Package>('package.json');
  const { packages } = read<Lock>('package-lock.json');
  const pins = Object.entries({ ...dependencies, ...devDependencies });

  test.each(pins)('N01 %s is pinned to one version, which is the locked one: %s', (name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(packages[`node_modules/${name}`]?.version).toBe(version);
  });

  test('N01 every locked package has its SHA-512', () => {
    // But for native builds of other platforms, which a registry may not have and which this package never loads.
    const native =
      /^node_modules\/(@biomejs\/cli-|@cbor-extract\/cbor-extract-|@msgpackr-extract\/msgpackr-extract-)/;
    const without = Object.entries(packages).filter(
      ([path, { integrity = '' }]) =>
        path !== '' && !native.test(path) && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity),
    );
    expect(without.map(([path]) => path)).toEqual([]);
    expect(Object.keys(packages).length).toBeGreaterThan(pins.length);
  });

  const original = { sha512: hashes.sha512, crypto: Object.getOwnPropertyDescriptor(globalThis, 'crypto') };

  afterEach(() => {
    hashes.sha512 = original.sha512;
    Object.defineProperty(globalThis, 'crypto', original.crypto as PropertyDescriptor);
  });

  const good = textWith(2);
  const bad = forge(withPart(2, 2, { signer: stranger })).text;

  test('N03 the hash that noble calls is replaced by a constant', () => {
    hashes.sha512 = () => new Uint8Array(64);
    expect([outcomeOf(good), outcomeOf(bad)]).toEqual(['allowed', 'VerifyError signature.invalid']);
    const minted = grant({ key: hands.cfo, grantor: 'mailto:cfo@acme.example', delegate: 'agent:x', to: hands.research.publicKey, mission: { id: 'm', purpose: 'p' }, exp: NOW + 60, scope: [{ actions: ['read'], resources: ['**'] }], now: NOW }); // biome-ignore format: short
    expect(outcomeOf(minted, {}, trust)).toBe('invocation.missing');
  });

  test('N03 the global crypto is replaced by one that always says yes and knows one number', () => {
    const subtle = new Proxy({}, { get: () => async () => true });
    const getRandomValues = (bytes: Uint8Array) => bytes.fill(7);
    Object.defineProperty(globalThis, 'crypto', { value: { subtle, getRandomValues }, configurable: true });
    expect(globalThis.crypto.getRandomValues(new Uint8Array(1))[0]).toBe(7);
    expect([outcomeOf(good), outcomeOf(bad)]).toEqual(['allowed', 'VerifyError signature.invalid']);
    expect(MacKey.generate().kid).not.toEqual(MacKey.generate().kid);
  });
});
