import { expect, test } from 'vitest';
import { decode } from '../../src/token/decode.ts';
import { linkBlocks, linkObject } from '../../src/token/links.ts';
import { recipe, suites } from '../support/chains.ts';
import { type Forged, forge } from '../support/forge.ts';

test.each(suites)('each block of suite %i hangs on the id of the one before', (suite) => {
  const forged = forge(recipe(suite));
  const { suite: name, blocks } = decode(forged.text);
  expect(linkBlocks(name, blocks)).toEqual(forged.blocks.map(({ signed, id }) => ({ signed, id })));
});

test.each(suites)('an invocation of suite %i hangs on the id of the last block', (suite) => {
  const forged = forge(recipe(suite));
  const { header, payload, signed, id } = forged.invocation as NonNullable<Forged['invocation']>;
  const last = forged.blocks[1] as Forged['blocks'][0];
  const name = suite === 1 ? 'hmac' : 'ed25519';
  expect(linkObject(name, 'invocation', last.id, { header, payload })).toEqual({ signed, id });
});
