import { byId, fill, h } from './dom.js';
import { attempt, problemBox } from './feedback.js';
import { icon } from './icons.js';
import { session, signIn, signOut, subject } from './session.js';

const IDEA = [
  ['totp', 'Factor', 'Enroll an app, a phone or an address.'],
  ['sms', 'Challenge', 'Stile asks for a code, bound to one action.'],
  ['key', 'Grant', 'A signed answer that any service can check.'],
];

/** Who is at the page: the welcome with the sign-in, or the name and the way out. */
export function startWelcome() {
  drawWelcome();
  session.addEventListener('change', drawAccount);
  drawAccount();
}

function drawWelcome() {
  const box = problemBox();
  const input = h('input', { id: 'subject', name: 'sub', required: true, maxlength: 80, value: 'alice', autocomplete: 'username', spellcheck: 'false', autocapitalize: 'none', testid: 'sign-in-subject' });
  const button = h('button', { type: 'submit', class: 'button primary', testid: 'sign-in' }, 'Sign in');
  const submit = (event) => {
    event.preventDefault();
    attempt(box, button, async () => {
      await signIn(input.value.trim());
      byId('factors-title').focus({ preventScroll: true });
    });
  };
  fill(byId('welcome'),
    h('h1', { id: 'welcome-title' }, 'Is this really you, now, for this action?'),
    h('p', { class: 'lead' }, 'Stile asks for the second factor and answers with a signed grant. Try all of it here: everything stays on this machine.'),
    h('form', { class: 'sign-in', onsubmit: submit },
      h('div', { class: 'field' },
        h('label', { for: 'subject' }, 'Sign in as anyone'),
        h('div', { class: 'joined' }, input, button),
        h('p', { class: 'hint' }, 'No password: this stands in for your own login.')),
      box.element),
    h('ol', { class: 'idea' }, IDEA.map(([name, title, text]) =>
      h('li', null, h('span', { class: 'bubble-icon' }, icon(name)), h('div', null, h('strong', null, title), h('p', null, text))))));
}

function drawAccount() {
  const here = subject() !== null;
  byId('welcome').hidden = here;
  byId('workspace').hidden = !here;
  fill(byId('account'), here && [
    h('span', { class: 'avatar', 'aria-hidden': 'true' }, subject().slice(0, 1).toUpperCase()),
    h('span', { class: 'account-name', testid: 'signed-in-as' }, h('span', { class: 'visually-hidden' }, 'Signed in as '), subject()),
    h('button', { type: 'button', class: 'link', testid: 'sign-out', onclick: leave }, 'Sign out'),
  ]);
}

function leave() {
  signOut();
  byId('subject').focus();
}
