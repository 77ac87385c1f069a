import type { Code } from '../src/codes.ts';

const ONE_AUDIENCE =
  'one service counts, and no more: name it by a single --audience, such as --audience https://pay.acme.example';

// What belongs where, by the name of the claim in which minting found something malformed, or by its whole path.
const byClaim: Readonly<Record<string, string>> = {
  grantor: 'a person is named by a URI, such as mailto:cfo@acme.example',
  delegate: 'an agent is named by a URI, such as agent:acme/research',
  audience: 'a service is named by 1 to 255 printable characters, such as https://files.acme.example',
  aud: 'a service is named by 1 to 255 printable characters, such as https://files.acme.example',
  action: 'an action is letters, digits and . _ : - such as read',
  resource: 'a resource is segments joined by /, such as reports/q3.pdf, without . .. % \\ ? # ; * or spaces',
  scope: "a permission is 'ACTION[,ACTION] RESOURCE[ ARGS-JSON]', such as 'read,list reports/**'",
  delegation: 'the depth is a number of hops; delegates are URIs or prefixes, such as agent:acme/*',
  exp: 'times lie before the year 2242; an invocation lives at most 5m',
  context: 'a condition is an object, such as {"region":{"in":["de","fr"]}}',
  subject: 'writ mission show --state FILE shows the missions, and how each of them stands',
  alive: 'an entry is {"key":JWK,"within":SECONDS}, with a "subject" if it is another than the mission',
  approval: 'an entry is {"unless":[PERMISSION],"keys":[JWK],"need":1,"within":600}',
  limits: 'an entry is {"unit":"call","amount":100}, with a "window" in seconds if it is not for good',
  plan: 'a step is {"permission":{"actions":[…],"resources":[…]},"min":1,"max":3}',
  'limits, aud': ONE_AUDIENCE,
  'plan, aud': ONE_AUDIENCE,
  key: '--key is the private key of the agent that the last block names; hmac tokens and bundles need none',
  'approval, key':
    'writ inspect shows whose approval the chain asks for; --key is the private key of one of them',
  'approval, args': 'answer nothing; have the service decide the request anew, and take the need from there',
  'consent, key': 'writ inspect shows whose consent the grant asks for; --key is that private key',
  to: "--to is the next agent's public key, in suite ed25519 alone; --bundle makes one",
  consent: "the value is the JWK of the grantor's public key",
};

// The next step, where it is one and the same whoever gets the code.
const byCode: Readonly<Partial<Record<Code, string>>> = {
  'hop.wider': 'ask for less, or use --force: the hop is then made and gains nothing',
  'mint.signature':
    'the command reads all of standard input, and writes the 64 bytes of the signature by the key in --key, and no more',
  'mint.sealed': 'give the open token that was sealed; each request needs an invocation of its own',
  'invocation.missing': 'this token is open: the holder seals it with one request by writ invoke',
  'invocation.expired': 'make a new invocation with writ invoke; it lives 60s unless --expires says more',
  'anchor.unknown': 'if the grantor is to be trusted, add their key with writ trust add',
  'invocation.replay': 'each request needs an invocation of its own: make a new one with writ invoke',
  'invocation.store': 'give the verifier a store: --store lmdb:FOLDER',
  'limits.store': 'give the verifier a store: --store lmdb:FOLDER',
  'plan.store': 'give the verifier a store: --store lmdb:FOLDER',
  'limits.cost':
    "say what the request costs in the unit of the limit, such as --cost 'usd-cent 1200'; 0 is a cost",
  'limits.spent': 'writ limits shows what is used and left, of the open token or of this one',
  'limits.frozen':
    'find out why; then writ limits unfreeze lifts it, and writ limits shows the block to name',
  'plan.early': 'writ limits shows which steps are open, of the open token or of this one',
  'plan.closed': 'writ limits shows which steps are open, of the open token or of this one',
  'store.timeout': 'look whether the server of the store is overloaded, or its network slow',
  'store.failed':
    'look whether its folder may be written or its server answers, and whether there is room on the disk',
  'store.clock': 'set the clocks; when this one is right, writ limits accept makes the store go by it',
  'store.lost': 'restore it; or let counting begin anew by writ limits accept',
  'store.older': 'restore the newest state; or go on from this one by writ limits accept',
  'store.damaged': 'restore it; or let counting begin anew by writ limits accept',
  'alive.status': 'load a status of the mission: --status FILE; its keeper prints one by writ mission',
  'alive.subject': 'load a status of this mission: --status FILE; writ inspect shows which it names',
  'alive.authority': 'load a status by the key that the chain names, which writ inspect shows: --status FILE',
  'alive.early': 'compare the clock of the one who issued the status with that of this machine',
  'alive.older':
    'load the latest status: --status FILE; the keeper of the mission prints one by writ mission',
  'alive.conflict': 'load a later status: --status FILE; and ask its keeper who else has the key',
  'alive.stale': 'load a new status: --status FILE; the keeper of the mission prints one by writ mission',
  'alive.suspended': 'the keeper of the mission lets it go on by writ mission resume',
  'alive.completed': 'the mission is over for good; more work needs a grant under a new one',
  'alive.revoked': 'the mission is over for good; more work needs a grant under a new one',
  'alive.block': 'have it granted or delegated anew from above the block; writ inspect shows block ids',
  'alive.key': 'have it delegated anew to a new key; writ inspect shows whose key it is',
  'mission.final': 'begin a new mission by writ mission start, and have its tokens granted anew',
  'approval.required': 'an approver answers by writ approve NEED, with the need that --json prints',
  'approval.approver':
    'somebody whom the block names answers by writ approve NEED; writ inspect shows the keys',
  'approval.delegate': 'somebody who is no delegate of the chain answers by writ approve NEED',
  'approval.request':
    'have this very request approved by writ approve NEED, with the need that --json prints',
  'approval.early': 'compare the clock of the approver with that of this machine',
  'approval.stale': 'have it approved anew by writ approve NEED, with the need that --json prints',
  'approval.refused': 'it stays refused; another request needs a new invocation, without --retry',
  'approval.nonce': 'seal again with the nonce that was approved, by writ invoke --retry NEED',
  'approval.twice': 'another approver answers by writ approve NEED',
  'approval.store': 'give the verifier a store: --store lmdb:FOLDER',
  'consent.proof': 'the grantor signs by writ consent TOKEN; what it prints goes behind the token',
  'consent.early': 'compare the clock of the grantor with that of this machine',
  'consent.key': "if the key is the grantor's own, add it with writ trust add --kind human",
  'evidence.shape':
    'a piece of evidence is what writ approve, consent or mission printed, behind a ~, unchanged',
  'evidence.kind': 'update writ, or leave the piece out',
  'evidence.signature':
    'take it from its source again; an approval belongs to one chain, a consent to one grant',
  'evidence.unsupported': 'writ verify reads evidence; or leave out what follows the ~',
  'receipt.failed':
    'look whether its folder may be written or its server answers, and whether there is room on the disk',
  'receipt.locked': 'stop the other process, or name another folder as --receipts',
  'receipt.key': 'give the key of before as --receipt-key, or name a new folder as --receipts',
  'holder.key': 'writ inspect shows the key of the last block; --key is the private key that belongs to it',
};

/**
 * What to do next about a code: what belongs where minting found something malformed, by the whole
 * path or the first claim that it names, such as `block 0, scope, 1`; the next step where it is plain; else the way to more.
 */
export function hintFor(code: Code, path = ''): string {
  const claim = [path, ...path.split(', ')].find((part) => Object.hasOwn(byClaim, part));
  const malformed = code === 'mint.input' && claim !== undefined ? byClaim[claim] : undefined;
  return malformed ?? byCode[code] ?? `writ explain ${code} tells more`;
}
