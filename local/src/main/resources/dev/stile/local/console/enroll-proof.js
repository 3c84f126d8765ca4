import { addAccount, authenticator, hasAccount } from './authenticator.js';
import { whileOpen } from './clock.js';
import { deliveryLine } from './delivery.js';
import { h, setText } from './dom.js';
import { attempt, copyButton, problemBox } from './feedback.js';
import { icon } from './icons.js';
import { LiveChallenge } from './live-challenge.js';
import { createPasskey } from './passkey.js';
import { subject } from './session.js';
import { codeSuggestion } from './suggestion.js';
import { countdown, left } from './times.js';

/** The QR code, the secret to type instead, and the field for the first code. */
export function totpProof({ dialog, factor, field, box }) {
  return h('div', { class: 'proof' },
    h('ol', { class: 'steps' },
      h('li', null,
        h('p', null, 'Scan this with your authenticator app.'),
        h('div', { class: 'qr-row' }, qrCode(factor), pretendPhone(factor, dialog.signal)),
        secretToType(factor.secret)),
      h('li', null,
        field.element,
        codeSuggestion(() => ({ factor }), dialog.signal, field.type),
        box.element)),
    closing(dialog, factor));
}

/** Where the message went, whether it left, and the field for its code. */
export function messageProof({ dialog, factor, field, box }) {
  const live = new LiveChallenge(factor.challenge, dialog.signal);
  const asked = () => ({ ...live.current, factor });
  return h('div', { class: 'proof' },
    h('p', null, 'We send a code to ', h('strong', null, factor.hint), '.'),
    field.element,
    codeSuggestion(asked, dialog.signal, field.type),
    box.element,
    deliveryLine(live, box, dialog.signal),
    closing(dialog, factor));
}

/** Asks the browser for the passkey at once, and again where the person turned it away. */
export function passkeyProof({ dialog, factor, submit }) {
  const box = problemBox();
  const button = h('button', { type: 'button', class: 'button primary', testid: 'passkey-create', onclick: create }, icon('webauthn'), 'Ask the browser again');
  const hint = h('p', { role: 'status' });
  async function create() {
    setText(hint, 'Follow what your browser or your security key asks for.');
    await attempt(box, button, async () => submit(await createPasskey(factor.webauthn)));
    setText(hint, '');
  }
  queueMicrotask(create);
  return h('div', { class: 'proof' }, hint, box.element, h('div', { class: 'actions' }, button), closing(dialog, factor));
}

function qrCode(factor) {
  return h('img', {
    class: 'qr', width: 176, height: 176, testid: 'totp-qr',
    src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(factor.qr_svg)}`,
    alt: 'QR code that holds the secret of this factor. If you cannot scan it, type the secret that follows into your app.',
  });
}

function secretToType(secret) {
  return h('div', { class: 'secret' },
    h('p', { class: 'hint' }, 'Or type this secret into the app:'),
    h('p', { class: 'secret-row' },
      h('code', { testid: 'totp-secret', 'data-secret': secret }, secret.match(/.{1,4}/g).join(' ')),
      copyButton('Copy', secret, { testid: 'totp-secret-copy', 'aria-label': 'Copy the secret' })));
}

/** A real app cannot follow the local clock once it was moved; the phone on this page does. */
function pretendPhone(factor, signal) {
  const hint = h('p', { class: 'hint' });
  const button = h('button', { type: 'button', class: 'button small', testid: 'totp-simulate', onclick: add }, 'Add to this page’s phone');
  function add() {
    addAccount(factor, subject());
  }
  function draw() {
    const there = hasAccount(factor.id);
    button.hidden = there;
    setText(hint, there
      ? 'The phone on this page has it now: take the code below.'
      : 'No app at hand? The phone on this page has one, and it follows the local clock.');
  }
  authenticator.addEventListener('change', draw, { signal });
  draw();
  return h('div', { class: 'pretend' }, hint, button);
}

function closing(dialog, factor) {
  const rest = h('span', { role: 'timer' });
  whileOpen(dialog.signal, () => {
    const millis = left(factor.expires_at);
    setText(rest, millis ? `Finish within ${countdown(millis)}` : 'Time ran out. Close this and start again.');
  });
  return h('div', { class: 'actions spread' },
    h('p', { class: 'facts' }, rest),
    h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, 'Finish later'));
}
