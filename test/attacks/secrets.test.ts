import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { decode } from '../../src/token/decode.ts';
import { delegate } from '../../src/token/delegate.ts';
import { invoke } from '../../src/token/invoke.ts';
import { hands, REQUEST, recipe } from '../support/chains.ts';
import { errorOf } from '../support/code-of.ts';
import {
  AUDIENCE,
  base64url,
  cfo,
  domain,
  forge,
  hex,
  lookup,
  NOW,
  research,
  textOf,
} from '../support/forge.ts';

const open1 = forge(recipe(1, { invocation: null }));
const open2 = forge(recipe(2, { invocation: null }));
const tag = open1.blocks[1]?.proof as Uint8Array;
const bundle = `${textOf(open2.bytes, true)}~${base64url(lookup.seed)}`;
const secrets = { cfo: cfo.seed, research: research.seed, lookup: lookup.seed, domain: domain.secret, tag };

/** Every spelling in which bytes could show. */
function spellings(bytes: Uint8Array): string[] {
  const numbers = [...bytes].slice(0, 6).join(', ');
  const pairs = hex(bytes).slice(0, 12).match(/../g) as string[];
  return [
    hex(bytes),
    base64url(bytes),
    Buffer.from(bytes).toString('base64'),
    numbers,
    numbers.replaceAll(' ', ''),
    pairs.join(' '),
  ];
}

function shown(text: string): string[] {
  const compact = text.replace(/\s+/g, ' ');
  return Object.entries(secrets).flatMap(([name, bytes]) =>
    spellings(bytes).some((spelling) => text.includes(spelling) || compact.includes(spelling)) ? [name] : [],
  );
}

/** What `console.log` writes. */
function logged(value: unknown): string {
  let written = '';
  const stream = new Writable({
    write(chunk, _, done) {
      written += chunk;
      done();
    },
  });
  new Console(stream).log(value);
  return written;
}

describe('L04 secrets do not show', () => {
  const holders: [string, unknown][] = [
    ['a signing key', hands.cfo],
    ['a MAC key', hands.domain],
    ['an open token of suite 1', decode(open1.text)],
    ['a bundle', decode(bundle)],
    ['options that hold a key', { options: { key: hands.research, list: [hands.domain] } }],
  ];

  test('the search finds a secret where it shows', () => {
    expect(shown(JSON.stringify([...cfo.seed]))).toEqual(['cfo']);
    expect(shown(inspect(tag))).toEqual(['tag']);
    expect(shown(open1.text + base64url(tag))).toEqual(['tag']);
  });

  test.each(holders)('L04 in console.log of %s', (_, value) => {
    expect(shown(logged(value))).toEqual([]);
  });

  test.each(holders)('L04 in util.inspect of %s, however deep', (_, value) => {
    const options = {
      depth: Number.POSITIVE_INFINITY,
      showHidden: true,
      getters: true,
      maxArrayLength: null,
    };
    expect(shown(inspect(value, options))).toEqual([]);
  });

  test.each(holders)('L04 in JSON.stringify of %s', (_, value) => {
    expect(shown(JSON.stringify(value))).toEqual([]);
  });

  test.each(holders)('L04 in a structured clone of %s', (_, value) => {
    expect(shown(inspect(structuredClone(value), { depth: null }))).toEqual([]);
  });

  const asked = { ...REQUEST, audience: AUDIENCE, now: NOW };
  const errors: [string, () => unknown][] = [
    ['another key for a bundle', () => invoke(bundle, { ...asked, key: hands.research })],
    ['a key that is not the holder’s', () => invoke(open2.text, { ...asked, key: hands.research })],
    ['a malformed request of a secret token', () => invoke(open1.text, { ...asked, action: '*' })],
    ['a malformed hop of a secret token', () => delegate(open1.text, { delegate: 'nobody' })],
    ['a secret text with a fault', () => decode(`${open1.text.slice(0, -1)}!`)],
    ['a secret text with a seed behind it', () => decode(`${open1.text}~${base64url(lookup.seed)}`)],
  ];

  test.each(errors)('L04 in the message, the stack and the members of an error: %s', (_, call) => {
    const error = errorOf(call);
    expect(error.constructor.name).toMatch(/^(Decode|Mint|Verify|Key)Error$/);
    const all = [
      error.message,
      error.stack,
      inspect(error, { depth: null, showHidden: true }),
      JSON.stringify(error),
    ];
    expect(shown(all.join('\n'))).toEqual([]);
    expect(all.join('\n')).not.toContain(open1.text.slice(12, 60));
  });
});
