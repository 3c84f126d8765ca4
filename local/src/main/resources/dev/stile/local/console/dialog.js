import { byId, h } from './dom.js';
import { icon } from './icons.js';

let count = 0;

/**
 * Opens a modal dialog and gives back a handle: `body` to fill, `signal` that aborts when it closes
 * (for timers and listeners), `close(result)`, and `closed`, a promise of that result. Escape and
 * the cross close it with null. Focus returns to where it came from, see {@link focusBack}.
 */
export function openDialog({ title, testid, fallbackFocus }) {
  const opener = document.activeElement;
  const lifetime = new AbortController();
  const titleId = `dialog-title-${++count}`;
  const body = h('div', { class: 'dialog-body' });
  const close = (result = null) => {
    dialog.result = result;
    dialog.close();
  };
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': titleId, testid },
    h('div', { class: 'dialog-head' },
      h('h2', { id: titleId }, title),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', testid: 'dialog-close', onclick: () => close() }, icon('cross'))),
    body);
  const closed = new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      lifetime.abort();
      dialog.remove();
      focusBack(opener, fallbackFocus);
      resolve(dialog.result ?? null);
    });
  });
  document.body.append(dialog);
  dialog.showModal();
  return { element: dialog, body, signal: lifetime.signal, close, closed };
}

/** Lists are drawn anew while a dialog is open, so the opener is looked up again by its id. */
function focusBack(opener, fallbackId) {
  const again = opener?.isConnected ? opener : byId(opener?.id || fallbackId) ?? byId(fallbackId);
  again?.focus();
}

/** A question with two answers; resolves to true for the first. */
export function ask({ title, testid, text, yes, danger, fallbackFocus }) {
  const dialog = openDialog({ title, testid, fallbackFocus });
  dialog.body.append(
    ...text.map((line) => h('p', null, line)),
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: danger ? 'button danger' : 'button primary', testid: `${testid}-yes`, onclick: () => dialog.close(true) }, yes),
      h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, 'Cancel')));
  return dialog.closed;
}
