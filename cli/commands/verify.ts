import type { Command } from 'commander';
import { receiptLog } from '../../src/audit/log.ts';
import { checkRequest } from '../../src/decide/decide.ts';
import { explainAlarm } from '../../src/decide/explain.ts';
import {
  createVerifier,
  type Decision,
  explain,
  importTrust,
  type Receipts,
  type Store,
} from '../../src/index.ts';
import { printable } from '../../src/printable.ts';
import { readAttachments, readStatuses } from '../evidence.ts';
import { withExamples } from '../examples.ts';
import { exitOfDecision, usage } from '../exit.ts';
import { hintFor } from '../hints.ts';
import { readJsonFile, readToken } from '../io.ts';
import { readSigningKey } from '../keys.ts';
import { parseCosts } from '../limit-text.ts';
import { type CommonFlags, clock, note, print, printJson, style } from '../output.ts';
import { storeOption, withStore } from '../store.ts';
import { collect, parseObject } from '../values.ts';

interface Flags extends CommonFlags {
  readonly trust: string;
  readonly audience: string;
  readonly action?: string;
  readonly resource?: string;
  readonly args?: string;
  readonly context?: string;
  readonly store?: string;
  readonly cost?: readonly string[];
  readonly requireStore?: true;
  readonly status?: readonly string[];
  readonly approval?: readonly string[];
  readonly receipts?: string;
  readonly receiptKey?: string;
}

/** `writ verify`: decides a sealed token as a service does; the exit code is the answer. */
export function addVerify(program: Command): void {
  const command = program
    .command('verify')
    .argument('<token>', 'a sealed token: a literal, @file, or - for standard input')
    .description('verify a request back to the human, and decide it')
    .requiredOption('--trust <file>', 'the trust file of the service')
    .requiredOption('--audience <uri>', "the service's own name, as callers know it")
    .option('--action <action>', 'what the service is about to do; else what the token asks')
    .option('--resource <resource>', 'on what')
    .option('--args <json>', 'with which arguments: a JSON object, or @file')
    .option('--context <json>', 'what the service observed: a JSON object, or @file')
    .addOption(
      storeOption(
        'where nonces, limits and plans are counted: memory, lmdb:FOLDER, redis://HOST or postgres://HOST/DATABASE; else nowhere',
      ),
    )
    .option('--cost <cost>', "what the request costs, such as 'usd-cent 1200'; repeatable", collect)
    .option('--require-store', 'deny where there is no store, even if nothing but replay needs one')
    .option(
      '--status <file>',
      'statuses that the service has loaded, besides those on the token; repeatable',
      collect,
    )
    .option('--approval <file>', 'approvals or consents, as if they rode on the token; repeatable', collect)
    .option('--receipts <folder>', 'record the decision in the log of receipts in this folder')
    .option('--receipt-key <keyfile>', 'the private key that signs the receipts, and nothing else')
    .addHelpText(
      'after',
      `
Exit codes: 0 allowed, 4 malformed, 5 not verified, 6 denied,
7 denied but a need is open`,
    )
    .action(async (argument: string, flags: Flags) => {
      const decision = await authorize(argument, flags);
      if (flags.json) printJson(decision);
      else {
        const [verdict = '', ...rest] = explain(decision);
        print(style(decision.verdict === 'allow' ? 'green' : 'red', verdict));
        for (const line of rest) print(line);
        if (decision.code !== 'allowed') note(`writ: hint: ${hintFor(decision.code)}`);
      }
      for (const alarm of decision.alarms ?? []) note(`writ: alarm: ${printable(explainAlarm(alarm))}`);
      process.exitCode = exitOfDecision(decision);
    });
  withExamples(command, [
    `writ verify @request.writ --trust trust.jwks \\
  --audience https://files.acme.example \\
  --action read --resource reports/q3/revenue.pdf`,
    `writ verify @request.writ --trust trust.jwks \\
  --audience https://pay.acme.example --store lmdb:/var/lib/writ \\
  --cost 'usd-cent 1200'`,
    `writ verify @request.writ --trust trust.jwks \\
  --audience https://pay.acme.example --store lmdb:/var/lib/writ \\
  --status q3.status --approval cfo.approval \\
  --receipts receipts --receipt-key pay.jwk`,
  ]);
}

async function authorize(argument: string, flags: Flags): Promise<Decision> {
  const { audience, action, resource, store, requireStore } = flags;
  if ((action === undefined) !== (resource === undefined)) {
    throw usage(
      '--action and --resource come together',
      'without both, the invocation’s own request is decided',
    );
  }
  const now = clock(flags);
  const args = flags.args === undefined ? {} : { args: parseObject(flags.args, '--args') };
  const context = flags.context === undefined ? {} : parseObject(flags.context, '--context');
  const costs = parseCosts(flags.cost ?? []);
  const statuses = readStatuses(flags.status ?? []);
  const attachments = readAttachments(flags.approval ?? []);
  const token = readToken(argument);
  const trust = importTrust(readJsonFile(flags.trust));
  const request = action !== undefined && resource !== undefined ? { action, resource, ...args } : args;
  // Of what is malformed here, a verifier would say that its service has a defect.
  checkRequest(audience, request, context);
  const ask = (counting: Store | null, receipts?: Receipts) =>
    createVerifier({
      trust,
      audience,
      store: counting,
      replay: counting === null && !requireStore ? 'reported' : 'required',
      clock: () => now,
      context: asFunctions(context),
      costs: asFunctions(costs),
      statuses: () => statuses,
      ...(receipts && { receipts }),
    }).authorize(attach(token, attachments), request);
  const decideWith = (receipts?: Receipts) =>
    store === undefined ? ask(null, receipts) : withStore(store, (counting) => ask(counting, receipts));
  return withReceipts(flags, decideWith);
}

// The log is opened first, so that a wrong one is known before anything is counted.
async function withReceipts<T>(
  { receipts: path, receiptKey }: Flags,
  run: (receipts?: Receipts) => Promise<T>,
): Promise<T> {
  if (path === undefined && receiptKey === undefined) return run();
  if (path === undefined || receiptKey === undefined) {
    throw usage(
      '--receipts and --receipt-key come together',
      'name the folder of the log and the key that signs it',
    );
  }
  const receipts = receiptLog({ path, key: readSigningKey(receiptKey) });
  try {
    await receipts.open();
    return await run(receipts);
  } finally {
    await receipts.close();
  }
}

// A token with a secret carries no evidence, and is refused for what it is.
function attach(token: string, attachments: string): string {
  return token.startsWith('writ_secret_') ? token : token + attachments;
}

function asFunctions<T>(values: Readonly<Record<string, T>>): Record<string, () => T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, () => value]));
}
