// What belongs where, by the name of the claim in which minting found something malformed.
const hints: Readonly<Record<string, string>> = {
  grantor: 'a person is named by a URI, such as mailto:cfo@acme.example',
  delegate: 'an agent is named by a URI, such as agent:acme/research',
  key: 'an HMAC token and a bundle carry their own secret and take no --key; any other needs the one of its holder',
  audience: 'a service is named by 1 to 255 printable characters, such as https://files.acme.example',
  aud: 'a service is named by 1 to 255 printable characters, such as https://files.acme.example',
  action: 'an action is letters, digits and . _ : - such as read',
  resource: 'a resource is segments joined by /, such as reports/q3.pdf, without . .. % \\ ? # ; * or spaces',
  scope: "a permission is 'ACTION[,ACTION] RESOURCE[ ARGS-JSON]', such as 'read,list reports/**'",
  delegation: 'the depth is a number of hops; delegates are URIs or prefixes, such as agent:acme/*',
  exp: 'times lie before the year 2242; an invocation lives at most 5m',
  context: 'a condition is an object, such as {"region":{"in":["de","fr"]}}',
  alive: 'an entry is {"key":JWK,"within":SECONDS}, with a "subject" if it is another than the mission',
  approval: 'an entry is {"unless":[PERMISSION],"keys":[JWK],"need":1,"within":600}',
  limits: 'an entry is {"unit":"call","amount":100}, with a "window" in seconds if it is not for good',
  plan: 'a step is {"permission":{"actions":[…],"resources":[…]},"min":1,"max":3}',
  consent: "the value is the JWK of the grantor's public key",
};

/** A hint for a path such as `block 0, scope, 1`; the first claim that it names decides. */
export function hintFor(path: string): string | undefined {
  const name = path.split(', ').find((part) => Object.hasOwn(hints, part));
  return name === undefined ? undefined : hints[name];
}
