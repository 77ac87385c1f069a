import { type Command, Option } from 'commander';
import { caveats } from '../src/caveats/all.ts';
import type { CborValue } from '../src/cbor/value.ts';
import type { Caveats, Json, Limit } from '../src/index.ts';
import { isJsonObject, type JsonObject } from '../src/json.ts';
import { addEvidenceFlags, type EvidenceFlags, readEvidenceFlags } from './evidence-flags.ts';
import { usage } from './exit.ts';
import { parseLimit } from './limit-text.ts';
import { note } from './output.ts';
import { readPlan } from './plan-file.ts';
import { asPredicates, collect, parseExpiry, parseObject, parsePermissionText, parseTime } from './values.ts';

/** What the caveat flags of `grant` and `delegate` give. */
export interface CaveatFlags extends EvidenceFlags {
  readonly allow?: readonly string[];
  readonly expires?: string;
  readonly notBefore?: string;
  readonly audience?: readonly string[];
  readonly delegations?: string;
  readonly delegateTo?: readonly string[];
  readonly context?: string;
  readonly limit?: readonly string[];
  readonly plan?: string;
  readonly caveats?: string;
}

/** Adds the caveat flags to a command. */
export function addCaveatFlags(command: Command, required: boolean): Command {
  const expires = new Option(
    '--expires <when>',
    'when it ends: a duration such as 2h, or a time',
  ).makeOptionMandatory(required);
  const allow = new Option(
    '--allow <permission>',
    "'ACTION[,ACTION] RESOURCE[ ARGS-JSON]', such as 'read,list reports/**'; repeatable",
  )
    .argParser(collect)
    .makeOptionMandatory(required);
  const counted = command
    .optionsGroup('Caveats, which can only narrow:')
    .addOption(allow)
    .addOption(expires)
    .option('--not-before <time>', 'not valid before, such as 2026-11-22T14:00:00Z')
    .option(
      '--audience <uri>',
      'a service that may accept the token, else any; hmac grants need one; repeatable',
      collect,
    )
    .option('--delegations <n>', 'how many hops may follow; a grant without it allows none')
    .option('--delegate-to <pattern>', 'who may appear in them, such as agent:acme/*; repeatable', collect)
    .option('--context <json>', 'conditions on what the service observes, or @file')
    .option(
      '--limit <limit>',
      "'UNIT AMOUNT[/WINDOW]', such as 'call 100' or 'call 20/10s'; needs one audience; repeatable",
      collect,
    )
    .option(
      '--plan <file>',
      "steps to be taken in order, 'COUNT PERMISSION' a line, such as '1..3 read a/*'; needs one audience",
    );
  return addEvidenceFlags(counted).option('--caveats <file>', 'a JSON object of further caveats, by name');
}

/** The caveats that flags and the file of `--caveats` name together. @throws CliError exit code 2 */
export function readCaveats(flags: CaveatFlags, now: number): Caveats {
  const { allow, expires, notBefore, audience, context, limit, plan } = flags;
  const own: Caveats = {
    ...(allow && { scope: allow.map((text) => parsePermissionText(text)) }),
    ...(expires !== undefined && { exp: parseExpiry(expires, now) }),
    ...(notBefore !== undefined && { nbf: parseTime(notBefore) }),
    ...(audience && { aud: audience }),
    ...readDelegation(flags),
    ...(context !== undefined && { context: asPredicates(parseObject(context, '--context')) }),
    ...(limit && { limits: limit.map(readLimit) }),
    ...(plan !== undefined && { plan: readPlan(plan) }),
    ...readEvidenceFlags(flags),
  };
  const more = flags.caveats === undefined ? {} : readCaveatFile(flags.caveats);
  const twice = Object.keys(more).find((name) => Object.hasOwn(own, name));
  if (twice !== undefined)
    throw usage(`the caveat ${twice} comes from a flag and from the file`, 'give it once');
  return { ...own, ...more };
}

// A service must state the cost in any unit but two, and would have to be told of one that is only misspelt.
function readLimit(text: string): Limit {
  const limit = parseLimit(text);
  const meant = limit.unit.replace(/s$/, '');
  if (limit.unit !== meant && (meant === 'call' || meant === 'denial')) {
    note(`writ: note: ${limit.unit} is a unit like any other; what writ counts by itself is ${meant}`);
  }
  return limit;
}

function readDelegation({ delegations, delegateTo }: CaveatFlags): Pick<Caveats, 'delegation'> {
  if (delegations === undefined) {
    if (delegateTo === undefined) return {};
    throw usage('--delegate-to needs --delegations', 'say how many hops may follow: --delegations 1');
  }
  if (!/^[0-9]{1,3}$/.test(delegations))
    throw usage(`not a number of hops: ${delegations}`, 'write it as 0, 1 or 2');
  return { delegation: { depth: Number(delegations), ...(delegateTo && { to: delegateTo }) } };
}

// Keys are JWKs in the file, which minting takes as they are; only extensions need another shape.
function readCaveatFile(path: string): Caveats {
  const file = parseObject(`@${path}`, '--caveats');
  const unknown = Object.keys(file).find((name) => !Object.hasOwn(caveats, name));
  if (unknown !== undefined) {
    throw usage(`unknown caveat in ${path}: ${unknown}`, `known are ${Object.keys(caveats).join(', ')}`);
  }
  const { ext, ...rest } = file;
  if (ext !== undefined && !isJsonObject(ext)) throw usage('the caveat ext is no JSON object', EXT);
  return { ...(rest as unknown as Caveats), ...(ext !== undefined && { ext: asExtensions(ext) }) };
}

const EXT = 'write it as {"acme.example/region":"eu"}';

function asExtensions(ext: JsonObject): Record<string, CborValue> {
  return Object.fromEntries(Object.entries(ext).map(([name, value]) => [name, toCbor(value)]));
}

function toCbor(value: Json): CborValue {
  if (value === null) throw usage('an extension cannot hold null', 'leave it out, or say false');
  if (Array.isArray(value)) return value.map(toCbor);
  if (isJsonObject(value)) return new Map(Object.entries(value).map(([name, item]) => [name, toCbor(item)]));
  return value as CborValue;
}
