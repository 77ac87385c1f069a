import { expect, test } from 'vitest';
import { type Base, readBases } from '../../../interop/differential/bases.ts';
import { closePiece, closeToken, openPiece, openToken } from '../../../interop/differential/chain.ts';
import { readSigners } from '../../../interop/differential/signers.ts';
import { sitesOf, sorted } from '../../../interop/differential/sites.ts';
import { write } from '../../../interop/differential/tree.ts';
import { hex } from '../../support/forge.ts';

const bases = readBases().filter(({ valid }) => valid);
const signers = readSigners();

test('a token that is taken apart and signed anew is the same', () => {
  for (const { token } of bases) expect(hex(closeToken(openToken(token), signers).token)).toBe(hex(token));
});

test('so is a piece of evidence', () => {
  for (const { step, token, parts } of bases) {
    const { ids } = closeToken(openToken(token), signers);
    // Of keys that no chain names, the vectors also have pieces that nobody signed.
    const signed = step === undefined ? [] : parts.filter((part) => part.at(-2) !== 0);
    for (const part of signed) expect(hex(closePiece(openPiece(part), ids, signers))).toBe(hex(part));
  }
});

test('what is in order stays as it is when it is sorted', () => {
  for (const { token } of bases) {
    for (const { label, payload } of openToken(token).blocks) {
      expect(hex(write(sorted(payload, label)))).toBe(hex(write(payload)));
    }
  }
});

test('each place of a payload can be changed alone', () => {
  for (const { label, payload } of openToken((bases[0] as Base).token).blocks) {
    for (const site of sitesOf(payload, label)) expect(site.with(site.node)).toEqual(payload);
  }
});
