// Everything that a request can get wrong by itself, tried with the chain of the first act.
import { Decoder, Encoder } from 'cbor-x/index-no-eval';
import { invocation, report, service } from './chain.mjs';
import { read, save, say, start, writ } from './stage.mjs';

say('Refused: a wider resource. The agent asks for what nobody granted.');
save(
  'salaries.writ',
  writ(
    0,
    'invoke',
    '@lookup.writ',
    '--key',
    'lookup.jwk',
    '--audience',
    'https://files.acme.example',
    '--action',
    'read',
    '--resource',
    'hr/salaries.xlsx',
  ),
);
writ(6, 'verify', '@salaries.writ', ...service, '--action', 'read', '--resource', 'hr/salaries.xlsx');

say(
  'Refused: a wider hop. It is not even made; forced, it would gain nothing, because all blocks must hold.',
);
writ(
  6,
  'delegate',
  '@research.writ',
  '--key',
  'research.jwk',
  '--to',
  'lookup.pub.jwk',
  '--as',
  'agent:acme/lookup',
  '--allow',
  'read,write **',
);

say('Refused: a stolen token. Without the key it cannot be invoked, and by itself it is no request.');
writ(0, 'keygen', '--suite', 'ed25519', '--out', 'thief.jwk');
writ(5, 'invoke', '@lookup.writ', '--key', 'thief.jwk', ...invocation);
writ(5, 'verify', '@lookup.writ', ...service, ...report);

say('Refused: a captured request, replayed for another file.');
writ(6, 'verify', '@request.writ', ...service, '--action', 'read', '--resource', 'reports/q3/margins.pdf');

say('Refused: an expired grant. Three hours later the agent still has its token and key.');
const later = String(Math.floor(start / 1000) + 3 * 3600);
save('late.writ', writ(0, 'invoke', '@lookup.writ', '--key', 'lookup.jwk', ...invocation, '--now', later));
writ(6, 'verify', '@late.writ', ...service, ...report, '--now', later);

say('Refused: a sealed token cut back to its parent, to shed the narrowing of the last hop.');
save('cut.writ', cutBack(read('request.writ')));
writ(5, 'verify', '@cut.writ', ...service, ...report);

/** What an attacker can do with any CBOR library: drop the last block and keep the seal. */
function cutBack(text) {
  const options = { useRecords: false, mapsAsObjects: false, tagUint8Array: false, variableMapSize: true };
  const [suite, blocks, seal] = new Decoder(options).decode(
    Buffer.from(text.slice('writ_'.length), 'base64url'),
  );
  return `writ_${Buffer.from(new Encoder(options).encode([suite, blocks.slice(0, -1), seal])).toString('base64url')}`;
}
