import { call } from './api.js';
import { confirmed } from './confirm.js';
import { openDialog } from './dialog.js';
import { byId, fill, h } from './dom.js';
import { attempt, copyButton, download, problemBox, toast } from './feedback.js';
import { current, readiness, refreshReadiness } from './readiness.js';
import { subject } from './session.js';
import { dayAndTime } from './times.js';

const LOW = 3;

/** How ready the account is for a loss, and the codes that lead back in. */
export function startRecovery() {
  const element = h('div', { class: 'readiness', testid: 'recovery', hidden: true });
  byId('factors').append(element);
  readiness.addEventListener('change', () => draw(element, current()));
}

function draw(element, state) {
  element.hidden = !state || state.factors.every(({ active }) => active === 0);
  if (element.hidden) {
    fill(element);
    return;
  }
  const box = problemBox();
  const { left = 0, created_at: made, disabled } = state.recovery_codes;
  const button = h('button', { type: 'button', class: 'button', id: 'recovery-make', testid: 'recovery-make', onclick: () => attempt(box, button, make) },
    made ? 'Replace the recovery codes' : 'Make recovery codes');
  fill(element,
    h('h3', null, 'If you lose them'),
    state.hints.length > 0 && h('ul', { class: 'hints', testid: 'readiness-hints' }, state.hints.map(({ code, text }) => h('li', { 'data-hint': code }, text))),
    h('div', { class: 'recovery-row' },
      h('p', { testid: 'recovery-left' },
        disabled ? 'The recovery codes are disabled after too many wrong ones.' : made ? [h('strong', { class: left < LOW ? 'low' : '' }, `${left} of 10`), ` recovery codes left, made ${dayAndTime(made)}.`] : 'No recovery codes.'),
      button),
    box.element);
}

async function make() {
  const { codes } = await confirmed((grant) => call('POST', '/v1/recovery-codes', { grant }), {});
  await show(codes);
  await refreshReadiness();
  byId('recovery-make')?.focus();
}

function show(codes) {
  const dialog = openDialog({ title: 'Your recovery codes', testid: 'recovery-codes', fallbackFocus: 'factors-title' });
  dialog.element.classList.add('printed');
  const text = `Recovery codes of ${subject()} for Stile\nEach works once.\n\n${codes.join('\n')}\n`;
  fill(dialog.body,
    h('p', null, 'Each of them works once, in place of a factor that you lost. They are shown now and never again; those made before are void.'),
    h('ol', { class: 'codes' }, codes.map((code) => h('li', { testid: 'recovery-code' }, code))),
    h('div', { class: 'actions no-print' },
      copyButton('Copy', text, { testid: 'recovery-copy', 'aria-label': 'Copy the recovery codes' }),
      download('Download', text, { name: 'stile-recovery-codes.txt', type: 'text/plain', testid: 'recovery-download' }),
      h('button', { type: 'button', class: 'button small', testid: 'recovery-print', onclick: () => print() }, 'Print')),
    h('div', { class: 'actions no-print' },
      h('button', { type: 'button', class: 'button primary', testid: 'recovery-kept', onclick: () => dialog.close() }, 'I have kept them')));
  return dialog.closed.then(() => toast('The recovery codes are ready.'));
}
