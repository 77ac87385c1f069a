import { createRequire } from 'node:module';
import { Command, type CommanderError, Help } from 'commander';
import { ed25519Backend } from '../src/crypto/ed25519.ts';
import { addApprove } from './commands/approve.ts';
import { addAudit } from './commands/audit.ts';
import { addCompletion } from './commands/completion.ts';
import { addConsent } from './commands/consent.ts';
import { addDelegate } from './commands/delegate.ts';
import { addExplain } from './commands/explain.ts';
import { addGrant } from './commands/grant.ts';
import { addInspect } from './commands/inspect.ts';
import { addInvoke } from './commands/invoke.ts';
import { addKey } from './commands/key.ts';
import { addKeygen } from './commands/keygen.ts';
import { addLimits } from './commands/limits.ts';
import { addLint } from './commands/lint.ts';
import { addMan } from './commands/man.ts';
import { addMission } from './commands/mission.ts';
import { addPublic } from './commands/public.ts';
import { addRevoke } from './commands/revoke.ts';
import { addTrust } from './commands/trust.ts';
import { addVectors } from './commands/vectors.ts';
import { addVerify } from './commands/verify.ts';
import { addWhy } from './commands/why.ts';
import { withExamples } from './examples.ts';
import { exitMeanings, exits } from './exit.ts';
import { toUsage } from './usage.ts';

const WAY = [addKeygen, addPublic, addTrust, addGrant, addDelegate, addInvoke, addVerify];
const LIFE = [addMission, addRevoke, addApprove, addConsent];
const LOOK = [addInspect, addLint, addWhy, addLimits, addAudit, addExplain, addKey, addVectors];
const SELF = [addCompletion, addMan];

/** The `writ` program with all its commands. */
export function createProgram(): Command {
  const { version } = createRequire(import.meta.url)('writ/package.json');
  const program = new Command('writ')
    .description("Capability tokens for agents: a human's grant, narrowed hop by hop, verified offline.")
    .optionsGroup('Common options:')
    .version(
      `${version}\nEd25519 by ${ed25519Backend}`,
      '-V, --version',
      'print the version and what verifies Ed25519',
    )
    .helpOption('-h, --help', 'show help')
    .configureOutput({ outputError: () => {} }) // main prints all errors alike
    .configureHelp({ helpWidth: 80, groupItems: neededFirst })
    .enablePositionalOptions();
  addAll(program, 'The way of a token:', WAY);
  addAll(program, 'While a mission goes on:', LIFE);
  addAll(program, 'When something is unclear:', LOOK);
  for (const leaf of leaves(program)) {
    leaf
      .optionsGroup('Common options:')
      .option('--json', 'print JSON')
      .option('--now <time>', 'the time to go by, instead of the clock');
  }
  addAll(program, 'The command line itself:', SELF);
  withExamples(program, STORY, 'From keys to a verified request, to be copied as it stands');
  program.addHelpText('after', `\nExit codes:\n${listExits()}`);
  for (const command of [program, ...descendants(program)]) {
    for (const option of command.options) if (option.mandatory) option.helpGroup('Needed:');
    if (command.commands.length > 0) command.helpCommand('help [command]', 'show help for a command');
    command.exitOverride((error) => fail(command, error));
  }
  return program;
}

// What is shown because it was asked for is no error of usage; main decides what it means.
function fail(command: Command, error: CommanderError): never {
  throw error.exitCode === 0 || error.code === 'commander.help' ? error : toUsage(command, error);
}

function addAll(program: Command, heading: string, adders: readonly ((program: Command) => void)[]): void {
  program.commandsGroup(heading);
  for (const add of adders) add(program);
}

function descendants(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)]);
}

function leaves(command: Command): readonly Command[] {
  return descendants(command).filter(({ commands }) => commands.length === 0);
}

const neededFirst: Help['groupItems'] = (all, visible, groupOf) => {
  const isNeeded = (item: object) => 'mandatory' in item && item.mandatory === true;
  const sorted = [...all.filter(isNeeded), ...all.filter((item) => !isNeeded(item))];
  return new Help().groupItems(sorted, visible, groupOf);
};

function listExits(): string {
  const names = Object.keys(exits) as (keyof typeof exits)[];
  return names.map((name) => `  ${String(exits[name]).padEnd(4)}${exitMeanings[name]}`).join('\n');
}

const STORY: readonly [string, ...string[]] = [
  `writ keygen --suite ed25519 --out cfo.jwk --public cfo.pub.jwk
writ keygen --suite ed25519 --out research.jwk --public research.pub.jwk
writ keygen --suite ed25519 --out lookup.jwk --public lookup.pub.jwk
writ trust add --trust trust.jwks --key cfo.pub.jwk \\
  --principal mailto:cfo@acme.example --kind human
writ grant --key cfo.jwk --grantor mailto:cfo@acme.example \\
  --to research.pub.jwk --as agent:acme/research --mission q3-report \\
  --purpose 'Prepare the Q3 report' --allow 'read,list reports/**' \\
  --expires 2h --delegations 1 --out research.writ
writ delegate @research.writ --key research.jwk --to lookup.pub.jwk \\
  --as agent:acme/lookup --allow 'read reports/q3/**' --out lookup.writ
writ invoke @lookup.writ --key lookup.jwk \\
  --audience https://files.acme.example \\
  --action read --resource reports/q3/revenue.pdf > request.writ
writ verify @request.writ --trust trust.jwks \\
  --audience https://files.acme.example \\
  --action read --resource reports/q3/revenue.pdf
writ inspect @request.writ --trust trust.jwks`,
];
