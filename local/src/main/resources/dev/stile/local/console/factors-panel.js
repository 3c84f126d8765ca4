import { removeAccount, renameAccount } from './authenticator.js';
import { whileOpen } from './clock.js';
import { confirmed } from './confirm.js';
import { ask, openDialog } from './dialog.js';
import { byId, fill, h, setText } from './dom.js';
import { canFinish, enroll, finishEnrollment } from './enroll.js';
import { change, factors, isRead, list, refresh, remove } from './factors.js';
import { attempt, problemBox, toast } from './feedback.js';
import { icon } from './icons.js';
import { ago, clockTime, dayAndTime, left } from './times.js';
import { KINDS, factorLine, kindName, passkeyTraits, strength } from './words.js';

const box = problemBox();

export function startFactorsPanel() {
  const items = h('div', null);
  byId('factors').append(items, box.element, addRow());
  let round = new AbortController();
  factors.addEventListener('change', () => {
    round.abort();
    round = new AbortController();
    fill(items, isRead() && draw(round.signal));
  });
}

/** Reads the list; what goes wrong is told where the list would be. */
export const loadFactors = () => attempt(box, null, refresh);

function addRow() {
  return h('div', { class: 'add-row', role: 'group', 'aria-label': 'Add a factor' },
    Object.entries(KINDS).map(([type, { add }]) =>
      h('button', { type: 'button', class: 'button add', id: `add-${type}`, testid: `add-${type}`, onclick: () => enroll(type) },
        icon(type), add)));
}

function draw(signal) {
  if (list().length === 0) {
    return h('div', { class: 'empty', testid: 'factors-empty' },
      h('p', null, h('strong', null, 'No factors yet.')),
      h('p', null, 'Add a passkey or an authenticator app, or a phone number or e-mail address whose messages appear in the phone on this page.'));
  }
  return h('ul', { class: 'factor-list' }, list().map((factor) => card(factor, signal)));
}

function card(factor, signal) {
  return h('li', { class: `factor ${factor.status}`, testid: 'factor', 'data-factor': factor.id, 'data-type': factor.type, 'data-status': factor.status },
    h('span', { class: `bubble-icon ${factor.type}` }, icon(factor.type)),
    h('div', { class: 'factor-main' },
      h('h3', null, factor.label || kindName(factor.type), badges(factor)),
      h('p', { class: 'factor-kind' }, [kindName(factor.type), factor.hint, ...passkeyTraits(factor)].filter(Boolean).join(' · ')),
      h('p', { class: 'factor-meta' }, factor.acr && level(factor.acr), lastUse(factor, signal))),
    h('div', { class: 'factor-actions' }, actions(factor)));
}

function badges(factor) {
  const texts = [
    factor.preferred && ['accent', 'Preferred'],
    factor.status === 'pending' && ['warn', 'Not finished'],
    factor.counter_regressed_at && ['bad', 'May have been copied: remove it'],
    factor.capped_until && left(factor.capped_until) && ['warn', `Held back until ${dayAndTime(factor.capped_until)}`],
    factor.status === 'disabled' && ['bad', 'Disabled'],
    factor.locked_until && left(factor.locked_until) && ['bad', `Resting until ${clockTime(factor.locked_until)}`],
  ];
  return texts.filter(Boolean).map(([tone, text]) => [' ', h('span', { class: `badge ${tone}` }, text)]);
}

function level(acr) {
  const { name, explains } = strength(acr);
  return h('span', { class: `level ${acr}`, title: explains, testid: 'factor-acr' },
    h('span', { class: 'level-bars', 'aria-hidden': 'true' }), `${name} (${acr})`);
}

function lastUse(factor, signal) {
  const text = h('time', { testid: 'factor-last-used' });
  whileOpen(signal, () => setText(text, factor.status === 'pending'
    ? `lapses ${ago(factor.expires_at)}`
    : factor.last_used_at ? `used ${ago(factor.last_used_at)}` : 'never used'));
  const time = factor.last_used_at ?? factor.expires_at;
  if (time) {
    text.setAttribute('datetime', time);
    text.title = dayAndTime(time);
  }
  return text;
}

function actions(factor) {
  const name = factorLine(factor);
  const button = (verb, label, onclick) =>
    h('button', { type: 'button', class: 'link', id: `${verb}-${factor.id}`, testid: `factor-${verb}`, 'aria-label': `${label} ${name}`, onclick }, label);
  return [
    factor.status === 'pending' && canFinish(factor.id) && button('finish', 'Finish', () => finishEnrollment(factor.id)),
    button('rename', 'Rename', () => rename(factor)),
    factor.status === 'active' && !factor.preferred && button('prefer', 'Prefer', (event) => prefer(factor, event.currentTarget)),
    button('remove', 'Remove', (event) => discard(factor, event.currentTarget)),
  ];
}

function prefer(factor, button) {
  attempt(box, button, async () => {
    await change(factor.id, { preferred: true });
    await refresh();
    toast(`${factorLine(factor)} is now asked first where several would do.`);
    (byId(`rename-${factor.id}`) ?? byId('factors-title')).focus();
  });
}

async function discard(factor, button) {
  const yes = await ask({
    title: 'Remove this factor?', testid: 'remove-confirm', yes: 'Remove', danger: true, fallbackFocus: 'factors-title',
    text: [`${factorLine(factor)} can then no longer confirm anything.`, 'You may be asked to confirm that it is you.'],
  });
  if (!yes) {
    return;
  }
  await attempt(box, button, async () => {
    await confirmed((grant) => remove(factor.id, grant), {});
    removeAccount(factor.id);
    await refresh();
    toast('The factor is removed.');
    byId('factors-title').focus();
  });
}

function rename(factor) {
  const dialog = openDialog({ title: 'Rename', testid: 'rename-dialog', fallbackFocus: 'factors-title' });
  const problem = problemBox();
  const input = h('input', { id: 'rename-label', name: 'label', maxlength: 60, required: true, autocomplete: 'off', value: factor.label ?? '', testid: 'rename-label' });
  const save = h('button', { type: 'submit', class: 'button primary', testid: 'rename-save' }, 'Save');
  const submit = (event) => {
    event.preventDefault();
    attempt(problem, save, async () => {
      await change(factor.id, { label: input.value.trim() });
      renameAccount(factor.id, input.value.trim());
      await refresh();
      dialog.close();
    });
  };
  dialog.body.append(h('form', { class: 'form', onsubmit: submit },
    h('div', { class: 'field' }, h('label', { for: 'rename-label' }, 'Name'), input),
    problem.element,
    h('div', { class: 'actions' }, save,
      h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, 'Cancel'))));
  input.select();
}
