import { codeField } from './code-field.js';
import { confirmed } from './confirm.js';
import { openDialog } from './dialog.js';
import { fill, h } from './dom.js';
import { activate, create, refresh } from './factors.js';
import { attempt, problemBox, toast } from './feedback.js';
import { markUsed } from './authenticator.js';
import { messageProof, passkeyProof, totpProof } from './enroll-proof.js';
import { KINDS, codeLength } from './words.js';

const FALLBACK = 'factors-title';

/** What creation answered, by factor id: a seed is told once, so finishing later needs it kept. */
const unfinished = new Map();

const FORMS = {
  webauthn: { title: 'Add a passkey', submit: 'Create the passkey', fields: passkeyHint },
  totp: { title: 'Add an authenticator app', submit: 'Show the QR code', fields: totpFields },
  sms: { title: 'Add a phone number', submit: 'Send a code', fields: phoneFields },
  email: { title: 'Add an e‑mail address', submit: 'Send a code', fields: emailFields },
};

export const canFinish = (factorId) => unfinished.has(factorId);

/** Asks for what the kind of factor needs, creates it, and lets the person prove it. */
export function enroll(type) {
  const { title, submit, fields } = FORMS[type];
  const dialog = openDialog({ title, testid: `enroll-dialog-${type}`, fallbackFocus: FALLBACK });
  const box = problemBox();
  const button = h('button', { type: 'submit', class: 'button primary', testid: 'enroll-submit' }, submit);
  const form = h('form', { class: 'form', onsubmit: (event) => { event.preventDefault(); send(); } },
    fields(),
    labelField(KINDS[type].name),
    box.element,
    h('div', { class: 'actions' }, button,
      h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, 'Cancel')));
  const proof = {};
  const send = () => attempt(box, button, async () => {
    const body = { type, ...filled(form) };
    const factor = await confirmed((grant) => create(body, grant), proof);
    unfinished.set(factor.id, { factor, proof });
    refresh().catch(() => {});
    prove(dialog, factor.id);
  });
  dialog.body.append(form);
  form.querySelector('input').focus();
}

/** Takes up an enrollment that was left before its code was entered. */
export function finishEnrollment(factorId) {
  const { type } = unfinished.get(factorId).factor;
  prove(openDialog({ title: FORMS[type].title, testid: `enroll-dialog-${type}`, fallbackFocus: FALLBACK }), factorId);
}

function prove(dialog, factorId) {
  const { factor } = unfinished.get(factorId);
  if (factor.type === 'webauthn') {
    fill(dialog.body, passkeyProof({ dialog, factor, submit: (credential) => proven(dialog, factorId, { credential }) }));
  } else {
    proveByCode(dialog, factorId);
  }
}

async function proven(dialog, factorId, answer) {
  const { factor, proof } = unfinished.get(factorId);
  await confirmed((grant) => activate(factorId, answer, grant), proof);
  markUsed(factorId);
  unfinished.delete(factorId);
  await refresh();
  dialog.close();
  toast(`${factor.label || KINDS[factor.type].name} is ready to use.`);
}

function proveByCode(dialog, factorId) {
  const { factor } = unfinished.get(factorId);
  const box = problemBox();
  const field = codeField({
    length: codeLength(factor),
    label: `Enter ${KINDS[factor.type].ask}`,
    onFull: (code) => attempt(box, field.input, () => submit(code)),
  });
  async function submit(code) {
    field.invalid(false);
    try {
      await proven(dialog, factorId, { code });
    } catch (problem) {
      field.invalid(problem.code === 'code_incorrect');
      field.retry();
      problem.answeredWith = factor.type;
      throw problem;
    }
  }
  const draw = factor.type === 'totp' ? totpProof : messageProof;
  fill(dialog.body, draw({ dialog, factor, field, box }));
  // The QR code comes first: on a small screen the focus must not scroll it away.
  field.input.focus({ preventScroll: factor.type === 'totp' });
}

function labelField(placeholder) {
  return field('label', 'Name', { placeholder, maxlength: 60, autocomplete: 'off' }, 'Optional; helps you tell your factors apart.');
}

function totpFields() {
  return h('details', { class: 'more' },
    h('summary', null, 'Algorithm, digits, period'),
    h('p', { class: 'hint' }, 'The defaults work with every app.'),
    h('div', { class: 'trio' },
      choice('algorithm', 'Algorithm', ['SHA1', 'SHA256', 'SHA512']),
      choice('digits', 'Digits', ['6', '8']),
      choice('period', 'Seconds', ['30', '60'])));
}

function passkeyHint() {
  return h('p', null, 'Your device, your phone or a security key makes a key for this address alone. Nobody can phish it or read it out, and nothing has to be typed.');
}

function phoneFields() {
  return field('phone', 'Phone number', { type: 'tel', required: true, placeholder: '+41 79 123 45 67', autocomplete: 'tel' },
    'With the country code. Nothing leaves this machine: the message appears in the phone on this page.');
}

function emailFields() {
  return field('email', 'E-mail address', { type: 'email', required: true, placeholder: 'alice@example.org', autocomplete: 'email' },
    'Nothing leaves this machine: the message appears in the phone on this page.');
}

function field(name, label, attributes, hint) {
  return h('div', { class: 'field' },
    h('label', { for: `enroll-${name}-field` }, label),
    h('input', { id: `enroll-${name}-field`, name, testid: `enroll-${name}`, 'aria-describedby': `enroll-${name}-hint`, ...attributes }),
    h('p', { class: 'hint', id: `enroll-${name}-hint` }, hint));
}

function choice(name, label, values) {
  return h('div', { class: 'field' },
    h('label', { for: `enroll-${name}-field` }, label),
    h('select', { id: `enroll-${name}-field`, name, testid: `enroll-${name}` }, values.map((value) => h('option', { value }, value))));
}

/** Only what was filled in; a phone number without the spaces people type. */
function filled(form) {
  const body = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
  for (const name of ['digits', 'period']) {
    if (body[name]) body[name] = Number(body[name]);
  }
  if (body.phone) {
    body.phone = body.phone.replace(/[\s()./-]/g, '');
  }
  return body;
}
