import { byId, fill, h, setText } from './dom.js';
import { explain } from './problems.js';

const TOAST_MILLIS = 6000;

/** Says in passing what was done, the newest only. Not for errors, which stay beside what caused them. */
export function toast(text) {
  const note = h('p', { class: 'toast', testid: 'toast' }, text);
  fill(byId('toasts'), note);
  setTimeout(() => note.remove(), TOAST_MILLIS);
}

/** The place in a form or dialog where its problems appear; announced at once. */
export function problemBox() {
  const box = h('div', { class: 'problem-box', role: 'alert' });
  return {
    element: box,
    clear: () => fill(box),
    say: (text, code) => fill(box, h('p', { class: 'problem', testid: 'problem', 'data-code': code }, text)),
    show(problem) {
      this.say(explain(problem), problem.code);
    },
  };
}

/**
 * Runs an action of a form: its problem lands in `box`, and its button cannot be pressed twice
 * meanwhile. `aria-disabled` rather than `disabled`, which would lose the focus.
 */
export async function attempt(box, button, action) {
  if (button?.getAttribute('aria-disabled') === 'true') {
    return;
  }
  box.clear();
  button?.setAttribute('aria-disabled', 'true');
  try {
    await action();
  } catch (problem) {
    if (problem.name !== 'Dismissed') {
      box.show(problem);
    }
  } finally {
    button?.removeAttribute('aria-disabled');
  }
}

/** A button that copies, and says so in its own label for a moment. */
export function copyButton(label, text, attributes = {}) {
  const button = h('button', { type: 'button', class: 'button small', ...attributes, onclick: copy }, label);
  async function copy() {
    const done = await copyText(text);
    setText(button, done ? 'Copied' : 'Select and copy by hand');
    setTimeout(() => setText(button, label), 2000);
  }
  return button;
}

/** A link that looks like a button and saves a text as a file. */
export function download(label, text, { name, type, testid }) {
  const file = URL.createObjectURL(new Blob([text], { type }));
  return h('a', { class: 'button small', href: file, download: name, testid }, label);
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
