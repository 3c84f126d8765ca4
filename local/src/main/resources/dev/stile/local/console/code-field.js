import { h } from './dom.js';

let count = 0;

/**
 * One field for the whole code, so that paste and the phone's autofill work. It keeps digits only
 * and calls `onFull` by itself once the last one is in.
 */
export function codeField({ length, label, onFull }) {
  const id = `code-${++count}`;
  const input = h('input', {
    id, class: 'code-input', type: 'text', inputmode: 'numeric', autocomplete: 'one-time-code',
    spellcheck: 'false', pattern: `[0-9]{${length}}`, 'data-length': length, 'aria-describedby': `${id}-hint`,
    testid: 'code-input', oninput: accept,
  });
  function accept() {
    const digits = input.value.replace(/\D/g, '').slice(0, length);
    const grew = digits.length === length;
    if (digits !== input.value) {
      input.value = digits;
    }
    if (grew) {
      onFull(digits);
    }
  }
  const element = h('div', { class: 'code-field' },
    h('label', { for: id }, label),
    input,
    h('p', { id: `${id}-hint`, class: 'hint' }, `${length} digits; sent by itself when complete.`));
  return {
    element,
    input,
    type(code) {
      input.value = code;
      input.focus();
      accept();
    },
    retry() {
      input.value = '';
      input.focus();
    },
    invalid: (yes) => (yes ? input.setAttribute('aria-invalid', 'true') : input.removeAttribute('aria-invalid')),
  };
}
