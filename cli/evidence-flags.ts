import { type Command, Option } from 'commander';
import type { Caveats, PublicKey } from '../src/index.ts';
import { sameKey } from '../src/keys/key-claim.ts';
import { usage } from './exit.ts';
import { readPublicKey } from './keys.ts';
import { collect, parseDuration, parsePermissionText } from './values.ts';

/** What the flags of `grant` and `delegate` give that later evidence must fulfil. */
export interface EvidenceFlags {
  readonly alive?: readonly string[];
  readonly approveUnless?: readonly string[];
  readonly approver?: readonly string[];
  readonly approvals?: string;
  readonly approvalWithin?: string;
  /** Of a grant alone. */
  readonly consent?: string;
}

/** How a value that {@link parseAlive} reads is called. */
export const aliveFlag = '--alive <keyfile,within>';

const ALIVE = "write it as keeper.pub.jwk,60s: a status of that key, at most so old; ',SUBJECT' may follow";
const APPROVER = 'name the public key of who approves: --approver cfo.pub.jwk';
const DEFAULT_WITHIN = '10m';

/** Adds the flags for statuses and approvals to a command. */
export function addEvidenceFlags(command: Command): Command {
  return command
    .option(
      aliveFlag,
      'only while a status of this key, at most so old, says that the mission is active, such as keeper.pub.jwk,60s; another subject may follow after a comma; repeatable',
      collect,
    )
    .option('--approver <keyfile>', 'a public key whose approval each request needs; repeatable', collect)
    .option(
      '--approve-unless <permission>',
      'needs no approval; as in --allow; with --approver; repeatable',
      collect,
    )
    .option('--approvals <n>', 'how many approvers must say yes (default: 1)')
    .option('--approval-within <duration>', `how old an approval may be (default: ${DEFAULT_WITHIN})`);
}

/** The flag for the proof of the human who grants. */
export function consentOption(): Option {
  return new Option('--consent <keyfile>', "the grantor's own public key, which must prove the grant too");
}

/** The caveats that the flags ask for. @throws CliError exit code 2, and 3 for a key; KeyError */
export function readEvidenceFlags(flags: EvidenceFlags): Pick<Caveats, 'alive' | 'approval' | 'consent'> {
  const { alive, consent } = flags;
  return {
    ...(alive && { alive: alive.map(parseAlive) }),
    ...readApproval(flags),
    ...(consent !== undefined && { consent: readPublicKey(consent) }),
  };
}

/** Whose status is needed, how old it may be, and perhaps of what. @throws CliError exit code 2, and 3 for a key; KeyError */
export function parseAlive(text: string): NonNullable<Caveats['alive']>[number] {
  // The name of a file may hold a comma, too, and so may a subject.
  const [, path, within = '', subject] = /^(.+?),([0-9]+[a-z]+)(?:,(.+))?$/s.exec(text) ?? [];
  if (path === undefined) throw usage('--alive: not a key and how old its status may be', ALIVE);
  return {
    within: parseDuration(within),
    key: readPublicKey(path),
    ...(subject !== undefined && { subject }),
  };
}

function readApproval(flags: EvidenceFlags): Pick<Caveats, 'approval'> {
  const { approver, approveUnless = [], approvals, approvalWithin } = flags;
  if (approver === undefined) {
    const without = { '--approve-unless': flags.approveUnless, '--approvals': approvals, '--approval-within': approvalWithin }; // biome-ignore format: a row
    const [alone] = Object.entries(without).find(([, value]) => value !== undefined) ?? [];
    if (alone === undefined) return {};
    throw usage(`${alone} needs --approver`, APPROVER);
  }
  const unless = approveUnless.map((text) => parsePermissionText(text, '--approve-unless'));
  const need = parseCount(approvals ?? '1', approver.length);
  const within = parseDuration(approvalWithin ?? DEFAULT_WITHIN);
  const keys = approver.map((path) => readPublicKey(path));
  const twice = approver.find((_, i) => keys.slice(0, i).some((key) => sameKey(key, keys[i] as PublicKey)));
  if (twice !== undefined) throw usage(`--approver names a key twice: ${twice}`, 'each person has their own');
  return { approval: [{ unless, keys, need, within }] };
}

function parseCount(text: string, most: number): number {
  if (!/^[1-9][0-9]{0,2}$/.test(text))
    throw usage(`not a number of approvals: ${text}`, 'write it as 1, 2 or 3');
  if (Number(text) <= most) return Number(text);
  throw usage(
    `--approvals ${text} needs as many approvers`,
    `${most} ${most === 1 ? 'is' : 'are'} named: repeat --approver, or ask for fewer`,
  );
}
