import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { delegate } from '../../src/token/delegate.ts';
import { grant } from '../../src/token/grant.ts';
import { invoke } from '../../src/token/invoke.ts';
import { type Host, POLICY, startHost, type Visit } from '../browser/host.ts';

let host: Host;
let visit: Visit;
beforeAll(async () => {
  host = await startHost();
  visit = await host.open('/inspect.html');
});
afterAll(() => host?.close());

const MARKUP = [
  '<img/src=x/onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '</script><script>alert(1)</script>',
  'javascript:alert(1)',
];

/** A token with the same text wherever its grammar has room for it. */
function hostile(text: string): string {
  const [cfo, agent] = [SigningKey.generate(), SigningKey.generate()];
  const name = text.replaceAll('#', '');
  const granted = grant({
    key: cfo,
    grantor: `mailto:${name}`,
    delegate: `agent:${name}`,
    to: agent.publicKey,
    mission: { id: text, purpose: text, reference: text },
    exp: Math.floor(Date.now() / 1000) + 3600,
    aud: [name],
    scope: [{ actions: ['read'], resources: ['**'], args: { [`?${name}`]: { eq: text } } }],
    context: { [name]: { eq: text } },
    delegation: { depth: 1, to: [`agent:${name}`] },
  });
  const key = SigningKey.generate();
  const own = { key: agent, delegate: `agent:${name}`, to: key.publicKey, task: text, reference: text };
  return invoke(delegate(granted, own), { key, audience: name, action: 'read', resource: 'a', task: text });
}

const count = (selector: string): Promise<number> => visit.page.locator(selector).count();

describe('the page that shows what a token says', () => {
  test.each(MARKUP)('W01 shows markup as text, wherever a token may hold it: %s', async (text) => {
    const dialogs: string[] = [];
    visit.page.on('dialog', (dialog) => dialogs.push(dialog.message()) && dialog.dismiss());
    await visit.page.getByLabel('Token', { exact: true }).fill(hostile(text));
    expect(await visit.page.getByText(`“${text}”`).count()).toBeGreaterThan(1);
    const made = await Promise.all(['img', 'svg', 'iframe', 'a', 'body script'].map(count));
    expect(made).toEqual([0, 0, 0, 0, 0]);
    expect([dialogs, visit.troubles]).toEqual([[], []]);
  });

  test('W02 carries a policy without inline scripts, foreign origins, or markup from texts', async () => {
    const policy = visit.page.locator('meta[http-equiv="Content-Security-Policy"]');
    expect(await policy.getAttribute('content')).toBe(POLICY);
    expect(POLICY).toMatch(/default-src 'none'.*script-src 'self'.*require-trusted-types-for 'script'/);
    expect(POLICY).not.toMatch(/unsafe|https?:|\*|data:|blob:|connect-src/);
    expect(await Promise.all(['script:not([src])', 'style', '[style]', '[onclick]'].map(count))).toEqual([
      0, 0, 0, 0,
    ]);
  });

  test('W03 asks the network for nothing once it is there, whatever is pasted', async () => {
    const { page, troubles } = await host.open('/inspect.html');
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const field = page.getByLabel('Token', { exact: true });
    for (const text of [
      hostile('https://evil.example/x'),
      'writ_',
      'writ_secret_x',
      '<img src=//evil.example>',
    ]) {
      await field.fill(text);
      await page.waitForTimeout(50);
    }
    expect([requests, troubles]).toEqual([[], []]);
    // What it listens with does hear a request.
    await page.reload();
    expect(requests.length).toBeGreaterThan(0);
  });
});
