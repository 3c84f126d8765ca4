import { call } from './api.js';
import { openDialog } from './dialog.js';
import { h } from './dom.js';
import { attempt, problemBox } from './feedback.js';

/**
 * Asks for a recovery code in place of a factor.
 *
 * @returns {Promise<{grant: object}|null>} null when the person turned away
 */
export function redeem() {
  const dialog = openDialog({ title: 'Use a recovery code', testid: 'redeem', fallbackFocus: 'factors-title' });
  const box = problemBox();
  const input = h('input', { id: 'recovery-code', name: 'code', required: true, maxlength: 64, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'characters', placeholder: 'XXXX-XXXX-XXXX-XXXX-XXXX-XXXX', 'aria-describedby': 'recovery-code-hint', testid: 'redeem-code' });
  const button = h('button', { type: 'submit', class: 'button primary', testid: 'redeem-submit' }, 'Use it up');
  const submit = (event) => {
    event.preventDefault();
    attempt(box, button, async () => {
      const body = { action: 'manage-factors', recovery_code: input.value.trim() };
      dialog.close(await call('POST', '/v1/verifications', { body }));
    });
  };
  dialog.body.append(h('form', { class: 'form', onsubmit: submit },
    h('div', { class: 'field' },
      h('label', { for: 'recovery-code' }, 'Recovery code'), input,
      h('p', { class: 'hint', id: 'recovery-code-hint' }, 'It lets you add one factor, which is held back for 24 hours, and tells you by every other way.')),
    box.element,
    h('div', { class: 'actions' }, button, h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, 'Cancel'))));
  input.focus();
  return dialog.closed;
}
