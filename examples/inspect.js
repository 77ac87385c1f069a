// Shows what `inspect` says of a pasted token. Nothing is sent or stored; the policy of the page sees to that.
import { codes, importTrust, inspect, printable, WritError, warnings } from 'writ';

const [token, trust, secret, status, said] = ['token', 'trust', 'secret', 'status', 'said'].map((id) =>
  document.getElementById(id),
);

/** An element, by its tag and class. Texts become text nodes, so that nothing in a token can become markup. */
function h(kind, ...children) {
  const [tag, className = ''] = kind.split('.');
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children.flat().map((child) => (typeof child === 'string' ? printable(child) : child)));
  return element;
}

const items = (lines) => lines.map((line) => h('li', line));
const section = (title, ...children) => h('section', h('h2', title), ...children);
const time = (seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

function describeVerification({ status, by, kind, code }) {
  if (status === 'held') {
    const how = kind === 'human' ? 'by their own key' : 'an authority that attests the human';
    return `Verified back to ${by}, ${how}. No request was decided.`;
  }
  const why = status === 'untried' ? 'No trust file was given.' : `${code}. ${codes[code][1]}`;
  return `Not verified. ${why} All of this is what somebody wrote.`;
}

function describeError(error) {
  if (error instanceof SyntaxError) return 'Refused: the trust file is not JSON.';
  if (!(error instanceof WritError)) throw error;
  const { detail, path } = error.where;
  return [`Refused: ${error.code}. ${codes[error.code][1]}`, ...[path, detail].filter(Boolean)].join(' – ');
}

function showWarning({ code, detail }) {
  const [kind, meaning] = warnings[code];
  const name = kind === 'problem' ? 'Problem' : 'Advice';
  return h(`li.${kind}`, h('strong', `${name}: `), meaning, h('p.quiet', detail));
}

function showChange({ removed, added }) {
  const rows = [...removed.map((words) => ['no longer', words]), ...added.map((words) => ['now', words])];
  return rows.map(([when, words]) => h('li', h('span.quiet', `${when} `), h('span', words)));
}

function showHop({ claims: { delegate, task }, changes, authority }, index, blocks) {
  const isHolder = index === blocks.length - 1;
  const took = [h('h4', 'What this hop took away'), h('ul.changes', changes.flatMap(showChange))];
  return h(
    isHolder ? 'li.holder' : 'li',
    h('h3', delegate),
    task === undefined ? [] : h('p', h('em', `“${task}”`)),
    changes.length === 0 ? [] : took,
    h('h4', isHolder ? 'What the holder may do' : 'Authority'),
    h('ul', items(authority.flatMap(({ words }) => words))),
  );
}

function showGrantor({ from, claims: { mission, iat } }) {
  const about = h('p.quiet', `mission ${mission.id}, granted ${time(iat)}`);
  return h('li', h('h3', from), h('p', h('em', `“${mission.purpose}”`)), about);
}

function showRequest({ claims: { action, resource, audience, iat, exp } }) {
  const rest = `for ${audience}, from ${time(iat)} for ${exp - iat} s`;
  return section('The request sealed in it', h('code', `${action} ${resource}`), h('p.quiet', rest));
}

function show({ suite, sealed, verification, blocks, invocation, notes, warnings, evidence, size }) {
  const facts = [
    sealed ? 'Sealed' : 'Open',
    suite === 'hmac' ? 'HMAC' : 'Ed25519',
    `${blocks.length} ${blocks.length === 1 ? 'block' : 'blocks'}`,
    `${size.characters} characters`,
    ...(evidence.length === 0 ? [] : [`${evidence.length} pieces of evidence`]),
  ];
  const verified = h(`strong.${verification.status}`, describeVerification(verification));
  status.append(verified, h('span.quiet', facts.join(', ')));
  said.append(
    ...(warnings.length === 0 ? [] : [section('Warnings', h('ul', warnings.map(showWarning)))]),
    ...(invocation === null ? [] : [showRequest(invocation)]),
    section('From the human down', h('ol', showGrantor(blocks[0]), blocks.map(showHop))),
    section('Not proven', h('ul', items(notes))),
  );
}

function update() {
  const text = token.value.trim();
  secret.hidden = !text.startsWith('writ_secret_') && !/"[dk]"\s*:/.test(trust.value);
  status.replaceChildren();
  said.replaceChildren();
  if (text === '') return;
  try {
    show(inspect(text, trust.value.trim() === '' ? {} : { trust: importTrust(JSON.parse(trust.value)) }));
  } catch (error) {
    status.append(h('strong.failed', describeError(error)));
  }
}

token.addEventListener('input', update);
trust.addEventListener('input', update);
update();
