import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toHex } from '../src/bytes.ts';
import { type CaveatName, caveatNames } from '../src/caveats/all.ts';
import type { CaveatForm } from '../src/caveats/caveat.ts';
import { forms } from '../src/caveats/forms.ts';
import { scope } from '../src/caveats/scope.ts';
import { readCbor } from '../src/cbor/read.ts';
import { writeCbor } from '../src/cbor/write.ts';
import { codes, type Stage } from '../src/codes.ts';
import { signedBytes } from '../src/cose.ts';
import { verifyEd25519 } from '../src/crypto/ed25519.ts';
import { decide } from '../src/decide/decide.ts';
import { type Authority, effectiveAuthority } from '../src/decide/effective.ts';
import { readEvidence } from '../src/evidence/read-evidence.ts';
import { importTrust } from '../src/keys/import-trust.ts';
import { PublicKey, thumbprint } from '../src/keys/public-key.ts';
import { decode } from '../src/token/decode.ts';
import { linkBlocks } from '../src/token/links.ts';
import type { Claimed } from '../src/token/model.ts';
import { verify } from '../src/token/verify.ts';
import { fromHex } from './support/hex.ts';

const spec = readFileSync(new URL('../spec/writ.md', import.meta.url), 'utf8');
const EXITS: Record<Stage, number> = {
  decode: 4,
  key: 3,
  verify: 5,
  request: 2,
  mint: 2,
  decide: 6,
  need: 7,
};
const OTHER_EXITS: Readonly<Record<string, number>> = { 'hop.wider': 6, 'mint.signature': 3 };

/** The text between two headings. */
function section(from: string, to: string): string {
  return spec.slice(spec.indexOf(`\n${from}`), spec.indexOf(`\n${to}`));
}

test('the table of codes is the registry', () => {
  const rows = section('## 10.', '## 11.').matchAll(
    /^\| `([a-z.0-9-]+)` \| (\w+) \| (\d+)(?: or 6)? \| (.+) \|$/gm,
  );
  const table = [...rows].map(([, code, stage, exit, meaning]) => [code, stage, Number(exit), meaning]);
  const registry = Object.entries(codes).map(([code, [stage, meaning]]) => [
    code,
    stage,
    OTHER_EXITS[code] ?? EXITS[stage],
    meaning,
  ]);
  expect(table).toEqual(registry);
});

test('every section that the source cites exists', () => {
  const headings = new Set([...spec.matchAll(/^#+ ([0-9]+(?:\.[0-9]+)*)\.? /gm)].map(([, number]) => number));
  const folder = new URL('../src/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const cited = files.flatMap((file) => [
    ...readFileSync(new URL(file, folder), 'utf8').matchAll(/spec §([0-9.]*[0-9])/g),
  ]);
  expect(cited.length).toBeGreaterThan(50);
  expect(cited.map(([, number]) => number).filter((number) => !headings.has(number))).toEqual([]);
});

test('every caveat says when it is contained, its meet, and when it exceeds where its form has a rule for that', () => {
  const chapter = section('### 5.5 ', '### 5.6 ');
  const rules = chapter
    .split('\n#### ')
    .slice(1)
    .map((text) => [
      /^[0-9.]+ (\w+)$/m.exec(text)?.[1],
      ...['Contained', 'Meet', 'Exceeds'].map((rule) => text.includes(`**${rule}**`)),
    ]);
  const built = caveatNames(forms).map((name) => [name, true, true, forms[name].exceeds !== undefined]);
  expect(rules).toEqual(built);
});

test('every test that an invariant cites exists', () => {
  const cited = section('## 11.', '## 12.').matchAll(/`(test\/[\w./-]*)`/g);
  const paths = [...cited].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(14);
  expect(paths.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
});

describe('the worked example', () => {
  const appendix = section('## Appendix A', '## Appendix B');
  const [, wrapped = ''] = / {4}(writ_[\w-]+(?:\n {4}[\w-]+)*)/.exec(appendix) ?? [];
  const text = wrapped.replaceAll('\n    ', '');
  const evidence = [...appendix.matchAll(/ {4}(~[\w-]+(?:\n {4}[\w-]+)*)/g)]
    .map(([, piece = '']) => piece.replaceAll('\n    ', ''))
    .join('');
  const [, trustFile = ''] = /Example of a trust file:\n\n```json\n([\s\S]*?)```/.exec(spec) ?? [];

  test('is the token that its text says, and is allowed', () => {
    const chain = verify(decode(text), importTrust(JSON.parse(trustFile)), { now: 1_800_000_000 });
    const request = { action: 'read', resource: 'reports/q3.pdf' };
    const decided = { audience: 'https://files.acme.example', request, now: 1_800_000_000 };
    expect(decide(chain, decided).code).toBe('allowed');
    expect(decide(chain, { ...decided, now: 1_800_000_060 }).code).toBe('invocation.expired');
  });

  test('shows the payloads, signed bytes, ids and signatures of that token', () => {
    const { suite, blocks, invocation } = decode(text);
    const shown = appendix.replaceAll('\n    ', '');
    const links = linkBlocks(suite, blocks);
    const parts = [
      ...blocks.flatMap(({ header, payload, proof }) => [header, payload, proof]),
      ...links.flatMap(({ signed, id }) => [signed, id]),
      invocation?.payload,
      invocation?.proof,
    ];
    const missing = parts.map((part) => toHex(part as Uint8Array)).filter((part) => !shown.includes(part));
    expect(missing).toEqual([]);
  });

  test('has evidence that is read, and verifies by the keys and links that it names', () => {
    const pieces = decode(text + evidence).evidence.map((bytes, i) => readEvidence(bytes, `evidence ${i}`));
    expect(pieces.map(({ kind }) => kind)).toEqual(['status', 'approval', 'consent']);
    const shown = appendix.replaceAll('\n    ', '');
    const [root, hop] = linkBlocks('ed25519', decode(text).blocks).map(({ id }) => id);
    const links = { status: new Uint8Array(), approval: hop as Uint8Array, consent: root as Uint8Array };
    const keys = [...appendix.matchAll(/`([0-9a-f]{64})`/g)].map(([, key = '']) => key);
    for (const { kind, header, payload, proof, kid } of pieces) {
      const signed = signedBytes('ed25519', kind, links[kind], header, payload);
      const hidden = [payload, signed, proof].map(toHex).filter((part) => !shown.includes(part));
      expect([kind, hidden]).toEqual([kind, []]);
      const signers = keys.filter((key) => toHex(thumbprint(new PublicKey(fromHex(key)))) === toHex(kid));
      expect([kind, signers.map((key) => verifyEd25519(fromHex(key), signed, proof))]).toEqual([
        kind,
        [true],
      ]);
    }
  });

  test('has the effective authority that §9.5 shows, and so has a further hop', () => {
    const shown = section('### 9.5', '## 10.');
    const [, further = ''] = /a further hop with the scope `([^`]+)`/.exec(shown) ?? [];
    const wire = readCbor(writeCbor(JSON.parse(further)));
    const claims = { delegate: 'agent:acme/third', scope: scope.parse(wire, '') };
    const blocks = [...decode(text).blocks, { claims }] as unknown as Claimed;
    const authorities = effectiveAuthority(blocks);
    const names = caveatNames(authorities[0]?.conditions ?? {});
    const rows = names.map((name) => [name, ...authorities.map((one) => cell(one, name))]);
    const table = [...shown.matchAll(/^\| (\w+) \| (.+ \[0\]) \| (.+) \| (.+) \|$/gm)];
    expect(table.map(([, ...cells]) => cells)).toEqual(rows);
  });

  /** What is in force of a caveat: times as numbers, all else in words, and the blocks that it comes from. */
  function cell({ conditions }: Authority, name: CaveatName): string {
    const form = forms[name] as CaveatForm<unknown>;
    const inForce = (conditions[name] ?? []).map(({ value, blocks }) => {
      const words = typeof value === 'number' ? `\`${value}\`` : form.describe(value).join('; ');
      return `${words} [${blocks.join(', ')}]`;
    });
    return inForce.join(' and ');
  }
});
