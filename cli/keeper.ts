import { type Command, Option } from 'commander';
import { fromBase64url } from '../src/bytes.ts';
import { type EvidenceKey, issueStatus, type KeptMission, stateMissions } from '../src/index.ts';
import { sameKey } from '../src/keys/key-claim.ts';
import { describeKey } from '../src/keys/public-key.ts';
import * as limits from '../src/limits.ts';
import { printable } from '../src/printable.ts';
import { formatDuration, formatTime } from '../src/time.ts';
import { CliError, exits, usage } from './exit.ts';
import { passphraseOption, readSigningKey } from './keys.ts';
import { changeMissionFile } from './mission-file.ts';
import { nearest } from './nearest.ts';
import { type CommonFlags, clock, note, print, printJson } from './output.ts';
import { fromNow } from './render/words.ts';
import { readSigner, type SignerFlags, signerFlag } from './signer.ts';
import { parseDuration } from './values.ts';

/** The flags of every command that prints a statement. */
export interface KeeperFlags extends CommonFlags, SignerFlags {
  readonly key: string;
  readonly state: string;
  readonly goodFor: string;
}

/** What a command does before a statement is issued. */
export interface Keeping {
  readonly missions: readonly KeptMission[];
  /** Whom the statement is about. */
  readonly subjects: readonly string[];
}

/** What a command says besides. */
interface More {
  /** Whether the state file is made where there is none. */
  readonly create?: boolean;
  /** Of `--json`. */
  readonly more?: object;
  /** On standard error. */
  readonly notes?: readonly string[];
}

/** The option that names the state file. */
export function stateOption(): Option {
  return new Option('--state <file>', 'what the keeper remembers: a file of JSON').makeOptionMandatory();
}

/** Adds the flags of a keeper to a command. */
export function addKeeperFlags(command: Command): Command {
  return command
    .requiredOption('--key <keyfile>', "the keeper's private key, which --alive named")
    .option(...signerFlag)
    .addOption(passphraseOption())
    .addOption(stateOption())
    .option('--good-for <duration>', 'how long the statement is good', '1h');
}

/**
 * Does something to missions, keeps it, and only then prints the statement that says so.
 *
 * @param change what to do; gives also whom the statement is about
 * @throws CliError exit code 3 for the file, also where it is kept with another key; what `change` and minting throw
 */
export async function keep(
  flags: KeeperFlags,
  change: (missions: readonly KeptMission[], now: number) => Keeping,
  { create = false, more = {}, notes = [] }: More = {},
): Promise<void> {
  const goodFor = parseDuration(flags.goodFor);
  const now = clock(flags);
  const key = readSigner(flags, readSigningKey) as EvidenceKey; // the flag is mandatory
  const authority = key.publicKey;
  const { status, stated, named } = await changeMissionFile(flags.state, create, async (before) => {
    if (before !== undefined && !sameKey(before.authority, authority)) {
      throw new CliError(
        exits.file,
        `${flags.state}: it is kept with ${describeKey(before.authority)}, and not with this one`,
        'give that key as --key; missions of this one go into a file of their own',
      );
    }
    const { missions, subjects } = change(before?.missions ?? [], now);
    const stated = stateMissions(missions, subjects, { now, goodFor });
    const status = await issueStatus({ key, ...stated.statement });
    return { file: { authority, missions: stated.missions }, status, stated, named: new Set(subjects) };
  });
  const own = stated.missions.filter(({ subject }) => named.has(subject));
  const { issued } = stated.statement;
  if (flags.json) {
    const missions = own.map(({ revoked, ...mission }) => ({ ...mission, revoked: revoked.length }));
    printJson({ status, issued, goodUntil: issued + goodFor, missions, dropped: stated.dropped, ...more });
  } else print(status);
  const warnings = warn(status, { now, issued, dropped: stated.dropped.length });
  for (const line of [...notes, ...describe(own, now), ...warnings]) note(`writ: ${printable(line)}`);
}

/** Refuses a subject that is not known, and says which one may have been meant. @throws CliError exit code 2 */
export function checkKnown(missions: readonly KeptMission[], subjects: readonly string[]): void {
  const known = missions.map(({ subject }) => subject);
  const unknown = subjects.find((subject) => !known.includes(subject));
  if (unknown === undefined) return;
  const similar = nearest(unknown, known);
  throw usage(
    `no such mission: ${unknown}`,
    similar === undefined
      ? 'writ mission start begins it; writ mission show --state FILE shows all there are'
      : `did you mean ${similar}; writ mission start begins a new one`,
  );
}

function describe(own: readonly KeptMission[], now: number): string[] {
  const [first] = own;
  if (first === undefined) return [];
  const good = `good until ${formatTime(first.goodUntil)}, ${fromNow(first.goodUntil, now)}`;
  return own.length > 1 ? [`${own.length} missions; ${good}`] : [`${first.subject} is ${first.state}`, good];
}

function warn(
  status: string,
  { now, issued, dropped }: { now: number; issued: number; dropped: number },
): string[] {
  const size = fromBase64url(status.slice(1))?.length ?? 0;
  return [
    ...(dropped === 0
      ? []
      : [`dropped ${dropped} revoked ${dropped === 1 ? 'id' : 'ids'}, which could not be used any more`]),
    ...(issued <= now + limits.skew
      ? []
      : [
          `note: dated ${formatDuration(issued - now)} ahead, to be later than the one before; verifiers pass it over until then`,
        ]),
    ...(size <= limits.evidenceSize
      ? []
      : ['note: too large to ride on a token; services load it by --status']),
  ];
}
