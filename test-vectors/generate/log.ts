import type { LogFile, LogVector, Proven, ReceiptVector } from '../../cli/vectors/log-format.ts';
import { logs as logFormat } from '../../cli/vectors/logs.ts';
import { runLog } from '../../cli/vectors/run-log.ts';
import type { Code } from '../../src/codes.ts';
import { AUDIENCE, forge, hex, type Item, NOW, type Part, type Recipe, scene, sha256 } from '../../test/support/forge.ts'; // biome-ignore format: one line
import { type ForgedReceipt, forgeNote, forgeReceipt, recorder } from '../../test/support/forge-log.ts';

import { type Entries, jcs, keys, type Piece, trust } from './scene.ts';

/** One log as its author declares it; what is wrong with it, and where, is never computed. */
export interface Log extends Pick<LogVector, 'id' | 'name' | 'reason' | 'flags'> {
  readonly lines: readonly Line[];
  /** The file, instead of that of the lines. */
  readonly text?: (log: string) => string;
  readonly checkpoints?: readonly Note[];
  /** With which code it is refused, in which line, and how many receipts hold before; valid without it. */
  readonly refused?: readonly [code: Code, line: number | null, size: number];
  /** How many receipts are there, where that is not all that were made. */
  readonly size?: number;
  readonly unsealed?: number;
}

/** A receipt, or a line that is none, with each byte as the character of its number. */
export type Line = Entry | string;

/** A receipt: of the scene's sealed token, allowed; what is left out is made right, and follows the lines before. */
export interface Entry extends Partial<Part> {
  /** The token; `null` for the open one of suite 1, which is left out. */
  readonly of?: Recipe | null;
  readonly evidence?: readonly Piece[];
  /** Changes to the summary. */
  readonly says?: Readonly<Record<string, unknown>>;
  /** The bytes of the summary, instead of its canonical form. */
  readonly summary?: string;
  /** Changes to the payload. */
  readonly claims?: Entries;
  readonly wrap?: (item: Item[]) => Item;
  /** The line, instead of the base64url of the receipt. */
  readonly text?: (line: string) => string;
  /** What an auditor does not prove, or proves besides. */
  readonly proven?: Partial<Proven>;
}

/** The lines of a log, and its receipts with what is expected of them. */
export interface Written {
  readonly lines: readonly string[];
  readonly receipts: readonly ReceiptVector[];
}

/** A checkpoint of a log. */
export type Note = (log: Written) => string;

export const NAME = 'files.acme.example';

/** A checkpoint of the first receipts of the log at hand, or of another one; by default signed by its key. */
export function checkpoint(
  size: number,
  {
    of,
    name = NAME,
    origin = name,
    more = '',
    signers,
  }: {
    readonly of?: Written;
    readonly name?: string;
    readonly origin?: string;
    readonly more?: string;
    readonly signers?: Parameters<typeof forgeNote>[2];
  } = {},
): Note {
  return (log) => {
    const { id } = (of ?? log).receipts[size - 1] as ReceiptVector;
    const hash = Buffer.from(id, 'hex').toString('base64');
    return forgeNote(`${origin}\n${size}\n${hash}\n${more}`, name, signers);
  };
}

/** Writes lines one after the other. */
export function write(lines: readonly Line[]): Written {
  const [written, receipts, torn]: [string[], ReceiptVector[], string[]] = [[], [], []];
  for (const line of lines) {
    if (typeof line === 'string') {
      torn.push(line);
      written.push(line);
      continue;
    }
    const made = makeReceipt(line, receipts, torn.splice(0));
    written.push(line.text === undefined ? made.line : line.text(made.line));
    receipts.push({ ...showReceipt(made), line: written.length, ...made.expected });
  }
  return { lines: written, receipts };
}

/** The file of a type of logs. Throws where this implementation disagrees with a declaration. */
export async function makeLogs(type: string, logs: readonly Log[]): Promise<LogFile> {
  const { kty, crv, x } = recorder.jwk;
  const setting = { key: { kty, crv, x }, trust };
  const tests = logs.map(makeLog);
  for (const test of tests) {
    const made = await runLog(test, setting);
    const [want, have] = [logFormat.expect(test), made].map((one) => jcs(JSON.parse(JSON.stringify(one))));
    if (want !== have) throw new Error(`${test.id} (${test.name}): declared\n${want}\nand it is\n${have}`);
  }
  const signer = { publicKey: hex(recorder.publicKey), seed: hex(recorder.seed) };
  return { format: 'writ-logs/1', type, ...setting, keys: { ...keys, recorder: signer }, tests };
}

function makeLog({ lines, text, checkpoints, refused, size, unsealed = 0, ...rest }: Log): LogVector {
  const written = write(lines);
  const log = written.lines.map((line) => `${line}\n`).join('');
  const [code = null, line = null, held = size ?? written.receipts.length] = refused ?? [];
  const receipts = written.receipts.slice(0, held);
  return {
    ...rest,
    result: code === null ? 'valid' : 'invalid',
    log: text === undefined ? log : text(log),
    ...(checkpoints === undefined ? {} : { checkpoints: checkpoints.map((note) => note(written)) }),
    code,
    ...(line === null ? {} : { line }),
    size: held,
    head: receipts.at(-1)?.id ?? '',
    ...(code === null ? { unsealed, receipts } : {}),
  };
}

function makeReceipt(entry: Entry, before: readonly ReceiptVector[], torn: readonly string[]) {
  const { of = scene(2), evidence = [], says = {}, claims = [], wrap, proven = {}, ...part } = entry;
  const recipe = of ?? openToken;
  const now = NOW + before.length;
  const { bytes, blocks } = forge(recipe);
  const seal = recipe.invocation?.payload as ReadonlyMap<number, Item>;
  const summary = { ...summaryOf(recipe, now), ...says };
  const sealed = Buffer.from(torn.join('\n'), 'latin1');
  const payload = new Map<number, Item>([
    [1, before.length],
    ...(of === null ? [] : [[2, bytes] as const]),
    [3, evidence.map((piece) => piece({ blocks, payload: seal, now }))],
    [4, Uint8Array.from(Buffer.from(part.summary ?? jcs(summary)))],
    [6, now],
    ...(torn.length === 0 ? [] : [[9, [sealed.length, sha256(sealed)]] as const]),
  ]);
  for (const [key, value] of claims) {
    if (value === undefined) payload.delete(key);
    else payload.set(key, value);
  }
  const link = Uint8Array.from(Buffer.from(before.at(-1)?.id ?? '', 'hex'));
  const token = of === null ? 'absent' : 'verified';
  const expected = { summary, proven: { token, differs: [], evidence: [], ...proven } };
  return { ...forgeReceipt({ payload, link, ...part }, wrap), expected };
}

const openToken: Recipe = (({ invocation: _, ...rest }) => rest)(scene(1));

function showReceipt({ header, payload, signed, id, proof }: ForgedReceipt) {
  return { header: hex(header), payload: hex(payload), signed: hex(signed), id: hex(id), proof: hex(proof) };
}

/** What a verifier with a store says of a token that it allows. */
function summaryOf(recipe: Recipe, now: number) {
  const { suite, invocation } = recipe;
  const claims = recipe.blocks.map(({ payload }) => payload as ReadonlyMap<number, Item>);
  const ids = forge(recipe).blocks.map(({ id }) => hex(id));
  const [root = new Map()] = claims;
  const mission = root.get(9) as ReadonlyMap<number, string>;
  const principal = root.get(1);
  const own = { known: 'own-key', by: principal };
  const seal = invocation?.payload as ReadonlyMap<number, Item> | undefined;
  return {
    verdict: 'allow',
    code: 'allowed',
    denials: [] as readonly unknown[],
    needs: [] as readonly unknown[],
    notEstablished: [] as readonly unknown[],
    suite: suite === 2 ? 'ed25519' : 'hmac',
    now,
    audience: AUDIENCE,
    grantor: { principal, ...(suite === 2 ? own : { known: 'attested', by: 'https://iam.acme.example' }) },
    mission: { id: mission.get(1), purpose: mission.get(2) },
    chain: claims.map((block, i) => ({
      block: ids[i],
      delegate: block.get(2),
      ...(suite === 2 ? { key: jwkOf(block.get(8) as Uint8Array) } : {}),
    })),
    request: { action: seal?.get(1) ?? 'read', resource: seal?.get(2) ?? 'reports/q3.pdf' },
  };
}

/** A public key as a JWK. */
export function jwkOf(key: Uint8Array) {
  return { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') };
}
