import { h } from './dom.js';
import { attempt } from './feedback.js';
import { icon } from './icons.js';
import { offersInFields, usePasskey } from './passkey.js';
import { subject } from './session.js';

/**
 * How a passkey answers a challenge: by a button, or picked in a field where the browser offers it
 * there. One request to the browser at a time; the button takes over from the field.
 *
 * @param {(credential: object) => Promise<void>} submit judges what the browser gave
 */
export function passkeyAnswer({ live, box, signal }, submit) {
  const options = () => live.current.webauthn;
  const button = h('button', { type: 'button', class: 'button primary', testid: 'passkey-use', onclick: ask }, icon('webauthn'), 'Use a passkey');
  const field = h('div', { class: 'field', hidden: true },
    h('label', { for: 'passkey-field' }, 'Or pick it here'),
    h('input', { id: 'passkey-field', autocomplete: 'username webauthn', spellcheck: 'false', value: subject() ?? '', testid: 'passkey-field' }));
  let waiting = new AbortController();

  function ask() {
    waiting.abort();
    return attempt(box, button, async () => {
      try {
        await submit(await usePasskey(options(), { signal }));
      } catch (problem) {
        if (problem.name !== 'AbortError') {
          throw problem;
        }
      }
    });
  }

  async function offer() {
    if (!(await offersInFields()) || signal.aborted) {
      return;
    }
    field.hidden = false;
    waiting = new AbortController();
    const ended = AbortSignal.any([signal, waiting.signal]);
    const credential = await usePasskey(options(), { signal: ended, inField: true }).catch(() => null);
    if (credential && !ended.aborted) {
      attempt(box, button, () => submit(credential));
    }
  }

  offer();
  return { element: h('div', { class: 'passkey-answer' }, h('p', null, 'Your browser or your security key asks you to confirm, and signs exactly what stands above.'), button, field), button };
}
