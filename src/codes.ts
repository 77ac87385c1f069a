/** Where in the way of a request a code is raised (spec §10). */
export type Stage = 'decode' | 'key' | 'verify' | 'request' | 'mint' | 'decide' | 'need';

/**
 * Every code, the stage that raises it, and what it means in one sentence (spec §10).
 *
 * A code is stable: it is never renamed and never reused. `need` marks denials that something which can be
 * brought, a store or a piece of evidence, would turn into an allow.
 */
export const codes = {
  'limit.size': [
    'decode',
    'The text, the token or a piece of evidence has more bytes than the format allows.',
  ],
  'limit.depth': ['decode', 'Arrays and maps are nested deeper than 16.'],
  'limit.text': ['decode', 'A text string has more than 4096 bytes.'],
  'limit.entries': ['decode', 'An array or map has more than 256 entries.'],
  'limit.blocks': ['decode', 'The chain has more than 32 blocks.'],
  'limit.evidence': ['decode', 'More than 16 pieces of evidence are attached.'],
  'text.prefix': ['decode', 'The text has no writ prefix, or the prefix does not match what follows it.'],
  'text.base64': ['decode', 'A part of the text is not canonical unpadded base64url.'],
  'text.secret': ['decode', 'The secret in a bundle does not belong to the last block.'],
  'cbor.truncated': ['decode', 'The CBOR data ends in the middle of an item.'],
  'cbor.trailing': ['decode', 'Bytes follow the outermost CBOR item.'],
  'cbor.not-shortest': ['decode', 'An integer or a length is not in its shortest form.'],
  'cbor.indefinite': ['decode', 'An item has an indefinite length.'],
  'cbor.reserved': ['decode', 'A reserved additional-information value is used.'],
  'cbor.integer': ['decode', 'An integer lies outside ±(2^53 - 1).'],
  'cbor.float': ['decode', 'A floating-point number is used.'],
  'cbor.tag': ['decode', 'A CBOR tag is used.'],
  'cbor.simple': ['decode', 'A simple value other than false and true is used.'],
  'cbor.key-type': ['decode', 'A map key is neither an integer nor a text string.'],
  'cbor.key-order': ['decode', 'Map keys are not in bytewise order.'],
  'cbor.duplicate-key': ['decode', 'A map has one key twice.'],
  'cbor.utf8': ['decode', 'A text string is not valid UTF-8.'],
  'cbor.character': ['decode', 'A text string holds a control, invisible or direction-changing character.'],
  'token.shape': ['decode', 'The token or a block is not the array that the format prescribes.'],
  'token.suite': ['decode', 'The suite is unknown.'],
  'token.header': ['decode', 'A protected or unprotected header is not exactly what the suite prescribes.'],
  'token.seal': ['decode', 'The seal does not fit the suite.'],
  'claim.unknown': ['decode', 'A payload has a key that is not defined for it.'],
  'claim.missing': ['decode', 'A payload lacks a required key.'],
  'claim.value': ['decode', 'A claim has the wrong type, size or grammar.'],
  'claim.set': ['decode', 'A list that means a set is not sorted, or has an element twice.'],
  'claim.degenerate': ['decode', 'A claim is written in a form that says nothing or has another spelling.'],
  'key.format': ['key', 'The key is not in a format or of a type that is supported.'],
  'key.length': ['key', 'The key does not have exactly the required length.'],
  'key.weak': ['key', 'The public key is of small order or not in canonical form.'],
  'key.mismatch': ['key', 'The parts of the key do not belong together.'],
  'key.algorithm': ['key', 'The algorithm of the key is unknown.'],
  'trust.format': ['key', 'The trust file is not a JWK Set with writ members.'],
  'trust.anchor': ['key', 'A trust anchor contradicts itself.'],
  'trust.duplicate': ['key', 'Two trust anchors have one key id.'],
  'anchor.unknown': ['verify', 'The root block names a key that is no trust anchor.'],
  'anchor.window': ['verify', 'The trust anchor is not valid at this time.'],
  'anchor.grantor': ['verify', 'The trust anchor may not speak for the grantor.'],
  'signature.invalid': ['verify', 'A signature does not verify.'],
  'mac.invalid': ['verify', 'The message authentication code does not verify.'],
  'evidence.unsupported': ['verify', 'Evidence is attached, and this version reads none.'],
  'holder.key': ['verify', 'The key is not the holder key of the token.'],
  'invocation.missing': ['verify', 'The token is open: no invocation proves possession of the holder key.'],
  'request.malformed': ['request', 'The action, the resource or the arguments are outside the grammar.'],
  'context.malformed': ['request', 'The context is outside the grammar.'],
  'mint.input': ['mint', 'What is to be minted is malformed.'],
  'mint.sealed': ['mint', 'A sealed token can be neither delegated nor invoked.'],
  'mint.signature': ['mint', 'What the signer returned is not its signature of these bytes.'],
  'hop.wider': ['mint', 'The hop asks for more than the token has.'],
  'invocation.expired': ['decide', 'The invocation has expired.'],
  'invocation.early': ['decide', 'The invocation is dated in the future.'],
  'invocation.audience': ['decide', 'The invocation is addressed to another service.'],
  'invocation.action': ['decide', 'The request is for another action than the invocation.'],
  'invocation.resource': ['decide', 'The request is for another resource than the invocation.'],
  'invocation.arguments': ['decide', 'The arguments of the request are not those of the invocation.'],
  'aud.other': ['decide', 'The service is not among those that may accept the token.'],
  'exp.passed': ['decide', 'The block has expired.'],
  'nbf.early': ['decide', 'The block is not valid yet.'],
  'iat.early': ['decide', 'The grant is dated in the future.'],
  'scope.action': ['decide', 'No permission names the action.'],
  'scope.resource': ['decide', 'No permission for the action covers the resource.'],
  'scope.arguments': ['decide', 'No permission for the action and resource admits the arguments.'],
  'delegation.depth': ['decide', 'More hops follow than the block allows.'],
  'delegation.delegate': ['decide', 'A delegate further down is not among those that the block allows.'],
  'alive.status': ['need', 'No fresh signed mission status was presented.'],
  'approval.required': ['need', 'The request needs an approval that was not presented.'],
  'context.missing': ['decide', 'The service did not observe what the caveat is about.'],
  'context.mismatch': ['decide', 'What the service observed does not satisfy the caveat.'],
  'limits.audience': ['decide', 'Limits need exactly one audience, and the blocks leave none or several.'],
  'limits.store': ['need', 'Limits are counted in a store, and there is none.'],
  'plan.audience': ['decide', 'A plan needs exactly one audience, and the blocks leave none or several.'],
  'plan.step': ['decide', 'No step of the plan admits the request.'],
  'plan.store': ['need', 'A plan is followed in a store, and there is none.'],
  'consent.proof': ['need', "The human's own proof of the grant was not presented."],
  'ext.unknown': ['decide', 'No handler enforces the extension.'],
} as const;

/** A stable code: the key of an entry in {@link codes}. */
export type Code = keyof typeof codes;

/** What stands behind the dot in the codes of one group. */
export type Reason<Group extends string> = Code extends infer C
  ? C extends `${Group}.${infer R}`
    ? R
    : never
  : never;
