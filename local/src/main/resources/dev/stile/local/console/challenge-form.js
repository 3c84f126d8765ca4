import { call } from './api.js';
import { byId, fill, h } from './dom.js';
import { active, factors, refresh } from './factors.js';
import { attempt, problemBox } from './feedback.js';
import { showGrant } from './grant-panel.js';
import { icon } from './icons.js';
import { stepUp } from './stepup.js';
import { factorLine } from './words.js';

/** The actions of the built-in policy, each with details that make a good example. */
const ACTIONS = {
  login: { label: 'login: sign in', rows: [] },
  transfer: { label: 'transfer: send money', rows: [['amount', '250.00 EUR'], ['payee', 'Garden Club']] },
  pay: { label: 'pay: pay a bill', rows: [['amount', '49.90 EUR'], ['payee', 'Corner Bookshop']] },
};

const OWN = 'own';

export function startChallengeForm() {
  const rows = bindingRows();
  const own = h('div', { class: 'field', hidden: true },
    h('label', { for: 'own-action' }, 'Name of the action'),
    h('input', { id: 'own-action', autocomplete: 'off', spellcheck: 'false', placeholder: 'as in your policy', testid: 'challenge-own-action' }));
  const action = h('select', { id: 'action', testid: 'challenge-action', onchange: () => chosen() },
    Object.entries(ACTIONS).map(([value, { label }]) => h('option', { value }, label)),
    h('option', { value: OWN }, 'another action…'));
  const factor = factorSelect();
  const level = h('select', { id: 'level', testid: 'challenge-acr' },
    h('option', { value: '' }, 'As the policy asks'),
    h('option', { value: 'aal1' }, 'aal1 (basic) or higher'),
    h('option', { value: 'aal2' }, 'aal2 (strong)'));
  const box = problemBox();
  const start = h('button', { type: 'submit', class: 'button primary', testid: 'challenge-start' }, 'Start the challenge');

  function chosen() {
    own.hidden = action.value !== OWN;
    rows.offer(ACTIONS[action.value]?.rows ?? []);
  }
  const request = () => ({
    action: action.value === OWN ? own.querySelector('input').value.trim() : action.value,
    ...(rows.count() && { binding: rows.read() }),
    ...(factor.value && { factor_id: factor.value }),
    ...(level.value && { acr_values: level.value }),
  });

  byId('challenge').append(
    h('form', { class: 'form', onsubmit: (event) => { event.preventDefault(); attempt(box, start, () => run(request())); } },
      h('div', { class: 'pair' },
        h('div', { class: 'field' }, h('label', { for: 'action' }, 'Action'), action),
        h('div', { class: 'field' }, h('label', { for: 'factor' }, 'Factor'), factor)),
      own,
      rows.element,
      h('details', { class: 'more' }, h('summary', null, 'Ask for more'),
        h('div', { class: 'field' }, h('label', { for: 'level' }, 'Level'), level,
          h('p', { class: 'hint' }, 'A caller may only raise what the policy asks, never lower it.'))),
      box.element,
      h('div', { class: 'actions' }, start)));
}

async function run(request) {
  const result = await stepUp((next) =>
    call('POST', '/v1/challenges', { body: next ? { ...request, factor_id: undefined, next } : request }));
  if (result) {
    showGrant(result, request.binding ?? {});
    byId('grant-title').focus({ preventScroll: true });
    byId('grant-title').scrollIntoView({ block: 'start' });
    refresh().catch(() => {});
  }
}

function factorSelect() {
  const select = h('select', { id: 'factor', testid: 'challenge-factor' });
  const draw = () => {
    const before = select.value;
    fill(select,
      h('option', { value: '' }, 'Automatic: strongest first'),
      active().map((factor) => h('option', { value: factor.id }, factorLine(factor))));
    select.value = active().some(({ id }) => id === before) ? before : '';
  };
  factors.addEventListener('change', draw);
  draw();
  return select;
}

/** What the approval is bound to, as rows of a name and a value. */
function bindingRows() {
  const list = h('ul', { class: 'binding-rows' });
  const empty = h('p', { class: 'hint' }, 'None. With details, the grant is good for exactly these and nothing else.');
  const add = h('button', { type: 'button', class: 'link', testid: 'binding-add', onclick: () => row('', '').querySelector('input').focus() }, icon('plus'), 'Add a detail');
  let touched = false;

  function row(key, value) {
    const input = (part, label, text) =>
      h('input', { 'aria-label': label, placeholder: part, value: text, autocomplete: 'off', testid: `binding-${part}`, oninput: () => { touched = true; } });
    const item = h('li', null,
      input('name', 'Name of the detail', key),
      input('value', 'Value of the detail', value),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Remove this detail', onclick: remove }, icon('cross')));
    function remove() {
      item.remove();
      touched = true;
      counted();
      add.focus();
    }
    list.append(item);
    counted();
    return item;
  }
  const counted = () => { empty.hidden = list.children.length > 0; };
  counted();

  const read = () => Object.fromEntries(
    [...list.children].map((item) => [...item.querySelectorAll('input')].map(({ value }) => value.trim())).filter(([key]) => key));

  return {
    element: h('fieldset', { class: 'binding' }, h('legend', null, 'Details that are approved with it'), empty, list, add),
    read,
    count: () => Object.keys(read()).length,
    /** The example of an action, unless the person wrote something of their own. */
    offer(examples) {
      if (!touched) {
        list.replaceChildren();
        examples.forEach(([key, value]) => row(key, value));
        counted();
      }
    },
  };
}
