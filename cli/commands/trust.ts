import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import {
  type Alive,
  type Anchor,
  exportJwk,
  importTrust,
  type Json,
  MacKey,
  SigningKey,
} from '../../src/index.ts';
import { isPrincipal } from '../../src/names.ts';
import { printable } from '../../src/printable.ts';
import { aliveFlag, parseAlive } from '../evidence-flags.ts';
import { withExamples } from '../examples.ts';
import { CliError, exits, usage } from '../exit.ts';
import { readJsonFile, replaceFile } from '../io.ts';
import { type PassphraseFlags, passphraseOption, readKey } from '../keys.ts';
import { note, print, printJson, showKeyId } from '../output.ts';
import { collect, parseTime } from '../values.ts';

interface AddFlags extends PassphraseFlags {
  readonly trust: string;
  readonly key: string;
  readonly principal: string;
  readonly kind: Anchor['kind'];
  readonly speaksFor?: readonly string[];
  readonly alive?: string;
  readonly from?: string;
  readonly until?: string;
}

interface TrustFile {
  readonly keys: readonly Record<string, Json>[];
}

/** `writ trust`: keeps the file of the keys whose grants a service accepts. */
export function addTrust(program: Command): void {
  const trust = program.command('trust').description('say whose grants a service accepts');
  const file = () => new Option('--trust <file>', 'the trust file of the service').makeOptionMandatory();
  const adding = trust
    .command('add')
    .description('trust a key to grant; makes the file where there is none')
    .addOption(file())
    .requiredOption('--key <keyfile>', 'the key that grants; of a private key, its public part')
    .addOption(passphraseOption())
    .requiredOption('--principal <uri>', 'who holds the key, such as mailto:cfo@acme.example')
    .addOption(
      new Option('--kind <kind>', 'human: grants for themselves; authority: for those it speaks for')
        .choices(['human', 'authority'])
        .makeOptionMandatory(),
    )
    .option(
      '--speaks-for <pattern>',
      'for whom an authority may grant, such as mailto:*; repeatable',
      collect,
    )
    .option(
      aliveFlag,
      'every grant of this key needs a status of that one, at most so old, such as keeper.pub.jwk,60s; another subject may follow after a comma',
    )
    .option('--from <time>', 'not trusted before, such as 2026-11-22T14:00:00Z')
    .option('--until <time>', 'not trusted from this time on')
    .action(add);
  withExamples(adding, [
    `writ trust add --trust trust.jwks --key cfo.pub.jwk \\
  --principal mailto:cfo@acme.example --kind human`,
    `writ trust add --trust trust.jwks --key iam.pub.jwk \\
  --principal https://iam.acme.example --kind authority \\
  --speaks-for 'mailto:*'`,
  ]);
  const listing = trust
    .command('list')
    .description('show the trusted keys and their ids')
    .addOption(file())
    .action(({ trust: path, json }: { trust: string; json?: true }) => {
      const anchors = [...importTrust(readJsonFile(path)).values()].map(summarise);
      if (json) printJson({ anchors });
      else for (const anchor of anchors) print(describe(anchor));
    });
  withExamples(listing, ['writ trust list --trust trust.jwks']);
  const removing = trust
    .command('remove')
    .argument('<kid>', 'the id of the key, as writ trust list shows it')
    .description('trust a key no more')
    .addOption(file())
    .action((kid: string, { trust: path }: { trust: string }) => {
      const { keys } = readTrustFile(path);
      const ids = [...importTrust({ keys } as unknown as Json).values()].map(({ key }) => showKeyId(key));
      const left = keys.filter((_, i) => ids[i] !== kid);
      if (left.length === keys.length)
        throw new CliError(
          exits.file,
          `${path}: it has no key with this id`,
          'writ trust list shows the ids',
        );
      save(path, left);
      note(`writ: removed, ${left.length} left`);
    });
  withExamples(removing, [
    `writ trust remove biEJs3oMhFFppS-V7PHgYiWkJTTJaGyiwWgoFxx_P3M \\
  --trust trust.jwks`,
  ]);
}

function add(flags: AddFlags): void {
  if (!isPrincipal(flags.principal)) {
    throw usage(
      `not a principal: ${flags.principal}`,
      'name who holds the key by a URI, such as mailto:cfo@acme.example',
    );
  }
  const key = readKey(flags.key, flags);
  const publicKey = key instanceof SigningKey ? key.publicKey : key;
  const writ = {
    principal: flags.principal,
    kind: flags.kind,
    ...(flags.speaksFor && { speaks_for: flags.speaksFor }),
    ...(flags.alive !== undefined && { alive: writeAlive(parseAlive(flags.alive)) }),
    ...(flags.from !== undefined && { from: parseTime(flags.from) }),
    ...(flags.until !== undefined && { until: parseTime(flags.until) }),
  };
  const { keys } = existsSync(flags.trust) ? readTrustFile(flags.trust) : { keys: [] };
  const longer = [...keys, { ...exportJwk(publicKey), kid: showKeyId(publicKey), writ }];
  importTrust({ keys: longer } as unknown as Json);
  save(flags.trust, longer);
  note(`writ: ${printable(flags.trust)} trusts ${longer.length} ${longer.length === 1 ? 'key' : 'keys'}`);
}

function writeAlive({ key, within, subject }: Alive): Json {
  return { key: exportJwk(key), within, ...(subject !== undefined && { subject }) };
}

function readTrustFile(path: string): TrustFile {
  const file = readJsonFile(path);
  importTrust(file);
  return file as TrustFile;
}

function save(path: string, keys: TrustFile['keys']): void {
  const secret = keys.some(({ kty }) => kty === 'oct');
  replaceFile(path, `${JSON.stringify({ keys }, null, 2)}\n`, secret ? 0o600 : 0o644);
}

function summarise({ key, speaksFor, ...anchor }: Anchor): Record<string, unknown> {
  const suite = key instanceof MacKey ? 'hmac' : 'ed25519';
  return { kid: showKeyId(key), suite, ...anchor, ...(speaksFor.length > 0 && { speaksFor }) };
}

function describe(summary: Record<string, unknown>): string {
  const { kid, suite, kind, principal, speaksFor, from, until, alive } = summary;
  const status = alive ? `  with a status at most ${(alive as Alive).within} s old` : '';
  const window = [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' ');
  const patterns = Array.isArray(speaksFor) ? ` for ${speaksFor.join(', ')}` : '';
  return `${kid}  ${suite}  ${kind}  ${principal}${patterns}${window ? `  ${window}` : ''}${status}`;
}
