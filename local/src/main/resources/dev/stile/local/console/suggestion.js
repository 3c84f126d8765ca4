import { currentCode, hasAccount } from './authenticator.js';
import { advance, whileOpen } from './clock.js';
import { fill, h } from './dom.js';
import { icon } from './icons.js';
import { codeFor } from './inbox.js';
import { KINDS } from './words.js';

/**
 * What the phone on this page would offer above its keyboard: the code of the newest message, or the
 * one of its authenticator. The page behind a dialog cannot be reached, so the phone comes to it.
 *
 * @param {() => ({factor: object, created_at?: string})} asked the challenge or pending factor
 */
export function codeSuggestion(asked, signal, type) {
  const element = h('div', { class: 'suggestion', role: 'status' });
  let shown = '';
  whileOpen(signal, async () => {
    const offer = await find(asked());
    const key = JSON.stringify(offer);
    if (key !== shown) {
      shown = key;
      fill(element, offer && draw(offer, asked().factor.type, type));
    }
  });
  return element;
}

async function find(challenge) {
  if (challenge.factor.type !== 'totp') {
    const code = codeFor(challenge);
    return code && { code };
  }
  if (!hasAccount(challenge.factor.id)) {
    return null;
  }
  const { code, used, period } = await currentCode(challenge.factor.id);
  return used ? { skip: period + 1 } : { code };
}

function draw({ code, skip }, kind, type) {
  const from = kind === 'totp' ? 'Authenticator on this page' : `${KINDS[kind].short} just in`;
  return h('div', { class: 'suggestion-card' },
    h('span', { class: `bubble-icon ${kind}` }, icon(kind)),
    skip ? h('span', { class: 'suggestion-text' }, 'This code was just used, and each works once.') : h('span', { class: 'suggestion-text' }, from, h('strong', null, code)),
    skip
      ? h('button', { type: 'button', class: 'button small', testid: 'skip-ahead', onclick: () => advance(`PT${skip}S`) }, `Skip ${skip} s`)
      : h('button', { type: 'button', class: 'button small', testid: 'code-suggestion', onclick: () => type(code) }, 'Fill in'));
}
