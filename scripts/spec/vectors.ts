import { readFileSync } from 'node:fs';
import { decode } from 'cborg';

// Finds a value in the test vectors by a short address, such as `token-108 blocks/0/10` or `state-106 1:code`.

type Members = Readonly<Record<string, unknown>>;

const folder = new URL('../../test-vectors/', import.meta.url);
const files = new Map<string, Members>();

/** A file of vectors by its type. */
function fileOf(type: string): Members {
  const known = files.get(type);
  if (known !== undefined) return known;
  const file: Members = JSON.parse(readFileSync(new URL(`${type}.json`, folder), 'utf8'));
  files.set(type, file);
  return file;
}

/** A test by its id, or the whole file by its type. Throws where there is none. */
export function testOf(name: string): Members {
  const [, type, number] = /^([a-z]+)(-\d+)?$/.exec(name) ?? [];
  if (type === undefined) throw new Error(`${name} is neither the id of a test nor a type`);
  const file = fileOf(type);
  const test = number === undefined ? file : (file.tests as Members[]).find(({ id }) => id === name);
  if (test === undefined) throw new Error(`there is no test ${name}`);
  return test;
}

/**
 * The value at a path in a test. `blocks`, `invocation` and `evidence` lead into the claims of its text, `statuses` into
 * those of what the service loaded; all other names are members. `2:` leads into its third step.
 *
 * @example
 * valueAt('token-108', 'blocks/0/10') // the scope of the root block, as decoded CBOR
 */
export function valueAt(name: string, path: string): unknown {
  const [, step, rest = ''] = /^(?:(\d+):)?(.+)$/.exec(path) ?? [];
  const test = testOf(name);
  const from = step === undefined ? test : ((test.steps as Members[])[Number(step)] as Members);
  const [first = '', ...names] = rest.split('/');
  return names.reduce(memberOf, opened(from, first));
}

function opened(from: Members | undefined, first: string): unknown {
  const [token, ...pieces] = String(from?.text ?? '').split('~');
  if (first === 'evidence') return pieces.map(claimsOfPiece);
  if (first === 'statuses') return String(from?.statuses).split('~').slice(1).map(claimsOfPiece);
  if (first !== 'blocks' && first !== 'invocation') return memberOf(from, first);
  const [, blocks, seal] = readToken(token ?? '');
  return first === 'blocks' ? blocks.map(claimsOf) : claimsOf(seal as Signed);
}

type Signed = readonly [header: Uint8Array, unprotected: unknown, payload: Uint8Array, proof: Uint8Array];

/** The parts of a token's text, undecoded within. */
export function readToken(
  text: string,
): readonly [suite: number, blocks: readonly Signed[], seal?: Signed | Uint8Array] {
  return readCbor(Buffer.from(text.replace(/^writ_(secret_)?/, ''), 'base64url')) as never;
}

/** A CBOR item, with maps as such. */
export function readCbor(bytes: Uint8Array): unknown {
  return decode(Uint8Array.from(bytes), { useMaps: true });
}

function claimsOf([, , payload]: Signed): unknown {
  return readCbor(payload);
}

function claimsOfPiece(piece: string): unknown {
  const [, signed] = readCbor(Buffer.from(piece, 'base64url')) as [number, Signed];
  return claimsOf(signed);
}

function memberOf(value: unknown, name: string): unknown {
  const member =
    value instanceof Map
      ? (value.get(Number(name)) ?? value.get(name))
      : (value as Members | undefined)?.[name];
  if (member === undefined) throw new Error(`there is no ${name} here`);
  return member;
}
