import { explainClaim, grouped, readClaim, validity } from './claims.js';
import { now, whileOpen } from './clock.js';
import { byId, fill, h, setText } from './dom.js';
import { copyButton } from './feedback.js';
import { icon } from './icons.js';
import { bindingHash, decode, verifySignature, withClaims } from './jws.js';
import { receiptPanel } from './receipt-panel.js';

let round = new AbortController();

export function clearGrant() {
  round.abort();
  fill(byId('grant'), h('div', { class: 'empty', testid: 'grant-empty' },
    h('p', null, h('strong', null, 'No grant yet.')),
    h('p', null, 'Start a challenge and answer it: the signed grant appears here, claim by claim.')));
}

/**
 * Shows a grant with the verdict on its signature, and the receipt that came with it.
 *
 * @param {object|undefined} binding what the challenge was bound to, to compare with `bnd`
 */
export function showGrant({ grant: { token }, receipt }, binding) {
  round.abort();
  round = new AbortController();
  const { signal } = round;
  const verdict = h('div', { class: 'verdict', role: 'status', testid: 'grant-verdict', 'data-verdict': 'checking' }, 'Checking the signature…');
  const claims = h('div', null);
  const raw = h('p', { class: 'token' });
  const tamper = h('button', { type: 'button', class: 'button small', 'aria-pressed': 'false', testid: 'grant-tamper', onclick: toggle }, 'Tamper with a claim');
  let forged = false;

  function toggle() {
    forged = !forged;
    tamper.setAttribute('aria-pressed', String(forged));
    draw();
  }

  async function draw() {
    const shown = forged ? forge(token) : token;
    fill(raw, tokenParts(shown));
    fill(claims, claimList(decode(shown).claims, decode(token).claims, signal));
    drawVerdict(verdict, await judge(shown), forged && changeOf(token, shown));
    showEnd(verdict, decode(shown).claims, signal);
    await compareBinding(claims, decode(shown).claims, binding);
  }

  fill(byId('grant'),
    verdict,
    h('div', { class: 'actions' }, tamper, copyButton('Copy the grant', token, { testid: 'grant-copy' })),
    h('p', { class: 'hint' }, 'Tampering changes one claim and keeps the signature, as a forger would.'),
    receipt && receiptPanel(receipt),
    claims,
    h('details', { class: 'more' }, h('summary', { testid: 'grant-raw' }, 'The token itself'),
      h('p', { class: 'hint' }, 'Header, claims and signature. Whoever holds it may do the action until it expires.'), raw));
  draw();
}

async function judge(token) {
  try {
    return await verifySignature(token);
  } catch {
    return { valid: false, reason: 'The published keys could not be read, so nothing is known.' };
  }
}

/** Names the claim that was changed, which may stand far below the verdict. */
function changeOf(token, forgedToken) {
  const [before, after] = [token, forgedToken].map((text) => decode(text).claims);
  const name = Object.keys(after).find((claim) => JSON.stringify(after[claim]) !== JSON.stringify(before[claim]));
  return h('p', { testid: 'grant-change' }, 'Changed: ', h('code', null, `${name} ${before[name]} → ${after[name]}`));
}

function drawVerdict(element, { valid, reason }, change) {
  element.dataset.verdict = valid ? 'valid' : 'invalid';
  fill(element,
    h('span', { class: 'verdict-mark' }, icon(valid ? 'check' : 'cross')),
    h('div', null,
      h('p', { class: 'verdict-title' }, valid ? 'The signature is valid' : 'The signature is not valid'),
      h('p', null, valid ? reason : `${reason} A service must refuse this.`),
      change,
      h('p', { class: 'verdict-end', testid: 'grant-expired', hidden: true }, 'The grant has expired by the local clock: a service refuses it now.')));
}

/** A right signature is not all: a service looks at the clock as well. */
function showEnd(element, { exp }, signal) {
  const note = element.querySelector('.verdict-end');
  const title = element.querySelector('.verdict-title');
  whileOpen(signal, () => {
    note.hidden = now() < exp * 1000;
    element.classList.toggle('expired', !note.hidden);
    if (!note.hidden && element.dataset.verdict === 'valid') {
      setText(title, 'The signature is valid, the grant is over');
    }
  });
}

/** Changes the action, or the subject where the action is gone: what an attacker would want. */
function forge(token) {
  const { claims } = decode(token);
  return withClaims(token, { ...claims, action: claims.action === 'transfer' ? 'login' : 'transfer' });
}

function claimList(claims, original, signal) {
  return grouped(Object.keys(claims)).map(([title, names]) => [
    h('h3', { class: 'claims-title' }, title),
    h('dl', { class: 'claims' }, names.map((name) => claimRow(name, claims[name], original, signal))),
  ]);
}

function claimRow(name, value, original, signal) {
  const { text, note } = readClaim(name, value);
  const before = readClaim(name, original[name]).text;
  return h('div', { class: before === text ? 'claim' : 'claim changed', testid: 'grant-claim', 'data-claim': name },
    h('dt', null, name),
    h('dd', null,
      h('p', { class: 'claim-value' }, text),
      before !== text && h('p', { class: 'claim-before' }, 'was ', h('s', null, before)),
      note && h('p', { class: 'claim-note' }, note, name === 'exp' && remaining(value, signal)),
      h('p', { class: 'claim-why' }, explainClaim(name))));
}

function remaining(exp, signal) {
  const text = h('strong', null);
  whileOpen(signal, () => setText(text, validity(exp * 1000 - now())));
  return [', ', text];
}

async function compareBinding(list, { bnd }, binding) {
  const row = list.querySelector('[data-claim="bnd"] dd');
  if (!row || !binding) {
    return;
  }
  const same = (await bindingHash(binding)) === bnd;
  const text = Object.keys(binding).length ? 'the details that you entered' : 'an empty set of details';
  row.append(h('p', { class: same ? 'claim-note good' : 'claim-note bad', testid: 'grant-binding' },
    same ? `Computed again in this page from ${text}: it fits.` : `Computed again in this page from ${text}: it does not fit.`));
}

function tokenParts(token) {
  const names = ['token-header', 'token-claims', 'token-signature'];
  return token.split('.').flatMap((part, index) => [index > 0 && '.', h('span', { class: names[index] }, part)]);
}
