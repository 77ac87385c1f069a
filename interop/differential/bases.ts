import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { ChainFile, RequestVector } from '../../cli/vectors/chain-format.ts';
import type { AnyFile, Setting } from '../../cli/vectors/format.ts';
import { settingOf } from '../../cli/vectors/line.ts';
import type {
  AuthorizeVector,
  SequenceFile,
  SequenceVector,
  StepVector,
} from '../../cli/vectors/sequence-format.ts';
import { sequences } from '../../cli/vectors/sequences.ts';
import type { JsonObject } from '../../src/json.ts';

const folder = new URL('../../test-vectors/', import.meta.url);

/** A token of the vectors that decodes, and what is asked about it. */
export interface Base {
  /** The test that it is from. */
  readonly id: string;
  readonly type: string;
  readonly setting: Setting;
  readonly prefix: string;
  readonly token: Uint8Array;
  /** What stands behind the token: evidence, or the seed of a bundle. */
  readonly parts: readonly Uint8Array[];
  /** Whether everything passes. */
  readonly valid: boolean;
  /** Of a file of tokens. */
  readonly requests?: readonly RequestVector[];
  /** Of a sequence: the step that presents it, the steps before, and what holds for all; nothing that is expected. */
  readonly step?: AuthorizeVector;
  readonly before?: readonly StepVector[];
  readonly rules?: Pick<SequenceVector, 'store' | 'replay' | 'reserveFor'>;
}

/** All different tokens of the vectors that decode. */
export function readBases(): Base[] {
  const found = readFiles().flatMap((file) => {
    if (file.format === 'writ-vectors/1') return file.tests.flatMap((test) => ofTest(file, test));
    if (file.format !== 'writ-sequences/1') return [];
    return file.tests.flatMap((test) => test.steps.flatMap((_, at) => ofStep(file, test, at)));
  });
  const byText = new Map(found.map((base) => [`${base.type} ${textOf(base)} ${base.step?.statuses}`, base]));
  return [...byText.values()];
}

/** The text of a base, or of another token or other parts in its place. */
export function textOf({ prefix, token, parts }: Pick<Base, 'prefix' | 'token' | 'parts'>): string {
  return prefix + [token, ...parts].map((part) => Buffer.from(part).toString('base64url')).join('~');
}

/** The setting with no other anchor than the one that signed the root block. */
export function withOneAnchor({ setting, token }: Base): Setting {
  const bytes = Buffer.from(token);
  const keys = setting.trust.keys.filter((jwk) => bytes.includes(kidOf(jwk)));
  return { ...setting, trust: { keys } };
}

function kidOf({ kty, kid, x }: JsonObject): Buffer {
  if (kty === 'oct') return Buffer.from(String(kid), 'base64url');
  return createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest();
}

/** All files of tests. */
export function readFiles(): AnyFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'flags.json');
  return names.sort().map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
}

function ofTest(
  file: ChainFile,
  { id, result, stage, text, requests = [] }: ChainFile['tests'][number],
): Base[] {
  if (stage === 'decode') return [];
  const asked = requests.map(({ code, decision, ...request }) => request as RequestVector);
  return [{ ...split(text), ...about(file, id), valid: result === 'valid', requests: asked }];
}

function ofStep(file: SequenceFile, test: SequenceVector, at: number): Base[] {
  const { do: what, code, denials } = test.steps[at] as AuthorizeVector;
  if (what !== 'authorize' || denials === undefined) return [];
  const { steps: asked, ...rules } = sequences.ask(test) as SequenceVector;
  // What is used is told of tokens that verify alone.
  const steps = asked.map(({ usage, ...step }) => step as StepVector);
  const step = { ...steps[at], known: true } as object as AuthorizeVector;
  const valid = code === 'allowed';
  return [{ ...split(step.text), ...about(file, test.id), valid, step, before: steps.slice(0, at), rules }];
}

// The keys are nobody's business but the signers'.
function about(file: ChainFile | SequenceFile, id: string): Pick<Base, 'id' | 'type' | 'setting'> {
  const { keys, ...setting } = settingOf(file);
  return { id, type: file.type, setting: setting as Setting };
}

function split(text: string): Pick<Base, 'prefix' | 'token' | 'parts'> {
  const prefix = text.startsWith('writ_secret_') ? 'writ_secret_' : 'writ_';
  const all = text.slice(prefix.length).split('~');
  const [token, ...parts] = all.map((part) => Uint8Array.from(Buffer.from(part, 'base64url')));
  return { prefix, token: token as Uint8Array, parts };
}
