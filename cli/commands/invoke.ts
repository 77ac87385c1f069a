import { type Command, Option } from 'commander';
import { equal } from '../../src/bytes.ts';
import { signedBytes } from '../../src/cose.ts';
import { verifyEd25519 } from '../../src/crypto/ed25519.ts';
import { verifyHmac } from '../../src/crypto/hmac.ts';
import { isSealed } from '../../src/evidence/approve.ts';
import { decode, type InvokeOptions, invoke, type SigningKey, type Token } from '../../src/index.ts';
import { checkArguments } from '../../src/token/arguments.ts';
import { linkBlocks } from '../../src/token/links.ts';
import { withExamples } from '../examples.ts';
import { CliError, exits, usage } from '../exit.ts';
import { readToken } from '../io.ts';
import { passphraseOption, readSigningKey } from '../keys.ts';
import { readNeed } from '../need.ts';
import { type CommonFlags, clock, deliverToken } from '../output.ts';
import { readSigner, type SignerFlags, signerFlag } from '../signer.ts';
import { parseDuration, parseObject } from '../values.ts';

interface Flags extends CommonFlags, SignerFlags {
  readonly audience?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly args?: string;
  readonly retry?: string;
  readonly expires: string;
  readonly task?: string;
}

type Request = Omit<InvokeOptions<SigningKey>, 'key' | 'lifetime' | 'now'>;

/** `writ invoke`: seals a token with one request. */
export function addInvoke(program: Command): void {
  const command = program
    .command('invoke')
    .argument('<token>', 'an open token: a literal, @file, or - for standard input')
    .description('seal a token with one request to one service')
    .option('--key <keyfile>', "the holder's private key; not for hmac, nor for a bundle")
    .option(...signerFlag)
    .addOption(passphraseOption())
    .addOption(needed('--audience <uri>', 'the service that the request is for, by its own name'))
    .addOption(needed('--action <action>', 'what to do, such as read'))
    .addOption(needed('--resource <resource>', 'on what, such as reports/q3/revenue.pdf'))
    .option('--args <json>', 'with which arguments: a JSON object, or @file')
    .option('--expires <duration>', 'how long the request may be used, at most 5m', '60s')
    .option('--task <text>', 'why, in words')
    .option(
      '--retry <need>',
      'seal again the request of a need, for an approval that came: @file, or - for standard input',
    )
    .action(async (argument: string, flags: Flags) => {
      const token = readToken(argument);
      const request = flags.retry === undefined ? readRequest(flags) : readRetry(flags.retry, token, flags);
      const text = await invoke(token, {
        key: readSigner(flags, readSigningKey),
        ...request,
        lifetime: parseDuration(flags.expires),
        now: clock(flags),
      });
      deliverToken(text, { ...(flags.json && { json: flags.json }) });
    });
  withExamples(command, [
    `writ invoke @lookup.writ --key lookup.jwk \\
  --audience https://files.acme.example \\
  --action read --resource reports/q3/revenue.pdf > request.writ`,
    `writ invoke @lookup.writ --key lookup.jwk \\
  --retry @decision.json > request.writ`,
  ]);
}

function needed(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup('Needed without --retry:');
}

function readRequest({ audience, action, resource, args, task }: Flags): Request {
  if (audience === undefined || action === undefined || resource === undefined) {
    const missing = Object.entries({ audience, action, resource }).filter(([, value]) => value === undefined);
    const names = missing.map(([name]) => `--${name}`).join(', ');
    throw usage(
      `still needed: ${names}`,
      'or --retry NEED, which says all of it; writ invoke --help shows how',
    );
  }
  return {
    audience,
    action,
    resource,
    task,
    ...(args !== undefined && { args: parseObject(args, '--args') }),
  };
}

// An approval is for the very request that was asked, so what the flags say must be the same.
function readRetry(retry: string, text: string, flags: Flags): Request {
  const { token, claims, given } = readNeed(retry);
  const own = decode(text);
  if (!equal(lastId(own), lastId(token))) {
    throw usage('the need is of another chain than the token', 'give the open token that was sealed before');
  }
  // A need comes from the service, which could else have the holder seal whatever it likes, for another service too.
  if (!isSealOf(own, token)) {
    throw new CliError(
      exits.unverified,
      'the request in the need was not sealed by the holder of the token',
      'seal nothing, and ask where it comes from',
    );
  }
  for (const name of ['audience', 'action', 'resource'] as const) {
    if (flags[name] === undefined || flags[name] === claims[name]) continue;
    throw usage(
      `--${name} is not that of the need`,
      `leave it out; the request was sealed for ${claims[name]}`,
    );
  }
  const { audience, action, resource, nonce } = claims;
  const asked = flags.args === undefined ? given : { args: parseObject(flags.args, '--args') };
  if (!isSealed(claims, asked)) {
    const what = flags.args === undefined ? 'the arguments in the need' : '--args';
    throw usage(`${what} are not what was sealed`, 'an approval is for the very request: give its arguments');
  }
  // Sealed in the form of before: an approval is bound to that digest.
  const sealed = claims.arguments?.mode === 'body' ? asked : { args: checkArguments(asked).args };
  return { ...sealed, audience, action, resource, nonce, task: flags.task ?? claims.task };
}

function lastId({ suite, blocks }: Token): Uint8Array {
  return linkBlocks(suite, blocks).at(-1)?.id ?? new Uint8Array();
}

/** Whether the request in a sealed token was sealed with an open token of the same chain. */
function isSealOf(own: Token, { invocation }: Token): boolean {
  if (invocation?.proof === undefined) return false;
  const { suite, blocks, secret } = own;
  const { header, payload, proof } = invocation;
  const signed = signedBytes(suite, 'invocation', lastId(own), header, payload);
  if (suite === 'hmac') return secret !== undefined && verifyHmac(secret.expose(), signed, proof);
  const key = blocks.at(-1)?.claims.key;
  return key !== undefined && verifyEd25519(key.bytes, signed, proof);
}
