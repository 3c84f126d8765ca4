import { h } from './dom.js';
import { markup } from './markup.js';
import { typeOf } from './openapi.js';

const DEEPEST = 4;

/** The members of a body; where it is one of several, one block for each. */
export function members(api, schema, depth = 0) {
  const arms = api.arms(schema);
  if (arms.length === 1) {
    return list(api, arms[0], depth);
  }
  return h('div', { class: 'arms' }, arms.map((arm, index) =>
    h('details', { class: 'arm', open: index === 0 && depth === 0 },
      h('summary', null, nameOf(api, arm)),
      list(api, arm, depth))));
}

/** `"totp"`, or the description where no member tells the arms apart. */
function nameOf(api, arm) {
  const whole = api.merged(arm);
  const told = ['type', 'status', 'code', 'kty'].map((name) => [name, api.follow(whole.properties?.[name])]).find(([, node]) => node?.const ?? node?.enum);
  return told ? `${told[0]}: ${typeOf(api, told[1])}` : whole.description ?? 'One form';
}

function list(api, schema, depth) {
  const whole = api.merged(schema);
  const names = Object.keys(whole.properties ?? {});
  if (names.length === 0) {
    return h('p', { class: 'member-type' }, typeOf(api, whole), extra(api, whole));
  }
  return h('dl', { class: 'members' }, names.map((name) =>
    member(api, name, whole.properties[name], whole.required?.includes(name), depth)));
}

const extra = (api, { additionalProperties }) =>
  (additionalProperties && typeof additionalProperties === 'object' ? `, each member ${typeOf(api, additionalProperties)}` : '');

function member(api, name, node, required, depth) {
  const schema = api.follow(node);
  const inner = schema.type === 'array' ? api.follow(schema.items) : schema;
  const nested = depth < DEEPEST && (inner.properties || inner.oneOf || inner.allOf);
  return h('div', { class: 'member' },
    h('dt', null, h('code', null, name), required && h('span', { class: 'required' }, 'required')),
    h('dd', null,
      h('p', { class: 'member-type' }, typeOf(api, schema), extra(api, schema)),
      schema.description && h('div', { class: 'prose' }, markup(schema.description)),
      nested && h('details', { class: 'more' }, h('summary', null, `Members of ${name}`), members(api, inner, depth + 1))));
}
